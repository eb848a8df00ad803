// Package audit says what is kept about who did what: ids, kinds and codes,
// never people and never anything that somebody typed. Entries are written in
// the transaction of the change that they speak of, so that neither is kept
// without the other.
//
// Recording an event anonymously is not audited: an entry would tie the event
// to an instant and to a request.
package audit

import (
	"fmt"
	"regexp"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/gid"
)

// ActorKind is what sort of actor did something.
type ActorKind string

// The kinds of actor.
const (
	Anonymous ActorKind = "anonymous" // nobody signed in
	Account   ActorKind = "account"
	Client    ActorKind = "client"
	System    ActorKind = "system" // the service itself, or somebody at its command line
)

// Action is what was done, as a code: a noun, a dot, a verb.
type Action string

// Entry is one thing that somebody did.
type Entry struct {
	At        time.Time
	ActorKind ActorKind
	ActorID   uuid.UUID // the account's or the client's; zero for the other kinds
	Action    Action
	// Subject is the graph id of what it was done to; empty where there is no
	// such thing, as when somebody fails to sign in to an account that does not
	// exist.
	Subject string
	// Detail are codes, ids and dates that tell more. Validate refuses anything
	// else.
	Detail map[string]string
}

// maxDetail is how long a value of Detail may be: an id, an instant or the name
// of a field fits, a sentence does not.
const maxDetail = 96

var (
	actionForm = regexp.MustCompile(`^[a-z_]+\.[a-z_]+$`)
	keyForm    = regexp.MustCompile(`^[a-z_]{1,32}$`)
	// codeForm has no space, no @ and no punctuation that words need, so that
	// neither an address nor a phrase passes for a code.
	codeForm = regexp.MustCompile(`^[A-Za-z0-9_:+.-]*$`)
)

// Validate refuses an entry that is incomplete, or whose detail could be more
// than a code. Its error does not repeat the value.
func (e Entry) Validate() error {
	if e.At.IsZero() {
		return fmt.Errorf("audit entry has no time")
	}
	if !actionForm.MatchString(string(e.Action)) {
		return fmt.Errorf("audit entry's action is no code")
	}
	if err := e.validateActor(); err != nil {
		return fmt.Errorf("audit entry %s: %w", e.Action, err)
	}
	if e.Subject != "" {
		if _, _, ok := gid.Parse(e.Subject); !ok {
			return fmt.Errorf("audit entry %s: the subject is no graph id", e.Action)
		}
	}
	for key, value := range e.Detail {
		if !keyForm.MatchString(key) {
			return fmt.Errorf("audit entry %s: a key of the detail is no code", e.Action)
		}
		if len(value) > maxDetail || !codeForm.MatchString(value) {
			return fmt.Errorf("audit entry %s: detail %s is no code", e.Action, key)
		}
	}
	return nil
}

func (e Entry) validateActor() error {
	switch e.ActorKind {
	case Account, Client:
		if e.ActorID == uuid.Nil {
			return fmt.Errorf("the actor has no id")
		}
	case Anonymous, System:
		if e.ActorID != uuid.Nil {
			return fmt.Errorf("an actor of kind %s has no id", e.ActorKind)
		}
	default:
		return fmt.Errorf("the kind of actor is unknown")
	}
	return nil
}
