package audit_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/gid"
)

func entry(change func(*audit.Entry)) audit.Entry {
	e := audit.Entry{
		At:        time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		ActorKind: audit.Account,
		ActorID:   uuid.New(),
		Action:    "session.opened",
		Subject:   gid.Format(gid.Account, uuid.New()),
		Detail:    map[string]string{"until": "2026-12-24T09:00:00+00:00", "role": "NATIONAL_LEAD"},
	}
	change(&e)
	return e
}

func TestEntriesThatAreKept(t *testing.T) {
	kept := map[string]func(*audit.Entry){
		"codes, ids and dates":      func(*audit.Entry) {},
		"nobody signed in":          func(e *audit.Entry) { e.ActorKind, e.ActorID = audit.Anonymous, uuid.Nil },
		"the service":               func(e *audit.Entry) { e.ActorKind, e.ActorID = audit.System, uuid.Nil },
		"a machine":                 func(e *audit.Entry) { e.ActorKind = audit.Client },
		"no subject and no details": func(e *audit.Entry) { e.Subject, e.Detail = "", nil },
	}
	for name, change := range kept {
		t.Run(name, func(t *testing.T) {
			if err := entry(change).Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEntriesThatAreRefused(t *testing.T) {
	detail := func(value string) func(*audit.Entry) {
		return func(e *audit.Entry) { e.Detail = map[string]string{"why": value} }
	}
	refused := map[string]func(*audit.Entry){
		"no time":                     func(e *audit.Entry) { e.At = time.Time{} },
		"no action":                   func(e *audit.Entry) { e.Action = "" },
		"an action in words":          func(e *audit.Entry) { e.Action = "signed in from home" },
		"an unknown kind of actor":    func(e *audit.Entry) { e.ActorKind = "robot" },
		"an account without an id":    func(e *audit.Entry) { e.ActorID = uuid.Nil },
		"nobody with an id":           func(e *audit.Entry) { e.ActorKind = audit.Anonymous },
		"a subject that is no id":     func(e *audit.Entry) { e.Subject = "Secretname" },
		"an e-mail address":           detail("secretname@nhs.test"),
		"words":                       detail("Secretname fell"),
		"a text however it is joined": detail(strings.Repeat("secretname_", 10)),
		"a key in words":              func(e *audit.Entry) { e.Detail = map[string]string{"Secretname fell": "X"} },
	}
	for name, change := range refused {
		t.Run(name, func(t *testing.T) {
			err := entry(change).Validate()
			if err == nil {
				t.Fatal("kept")
			}
			if strings.Contains(strings.ToLower(err.Error()), "secretname") {
				t.Errorf("the error repeats the value: %v", err)
			}
		})
	}
}
