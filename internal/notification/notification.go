// Package notification is what the service tells people by e-mail: which mails
// there are, and what each says. It sends none: a mail is a value, which a
// store keeps in the transaction of the change that it tells of, and which is
// put into words when it is sent. Whoever has an account finds it in a list
// there, too: every kind of mail says how (ListedAs).
//
// No mail to a person holds anything that somebody typed, of an event or of an
// account: anybody may register with another's address, and would have the service
// carry their words there. A mail says what happened, and where to read on. What
// people write to the help desk goes there and nowhere else.
package notification

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"text/template"

	"github.com/google/uuid"
)

// Kind is what a mail is about; each has a template of that name.
type Kind string

// The kinds of mail.
const (
	Activation            Kind = "activation"              // to whoever registered: choose a password
	AddressKnown          Kind = "address_known"           // to an account's owner: somebody registered with the address
	AwaitingApproval      Kind = "awaiting_approval"       // to whoever registered: a national lead looks at it
	RegistrationToApprove Kind = "registration_to_approve" // to national leads
	RegistrationRejected  Kind = "registration_rejected"   // to whoever registered
	EventsElsewhere       Kind = "events_elsewhere"        // to those who look after where events occurred that others recorded
	Welcome               Kind = "welcome"                 // the account is active
	PasswordReset         Kind = "password_reset"          // a link to choose a new password
	PasswordChanged       Kind = "password_changed"        // it was changed or reset
	AccountLocked         Kind = "account_locked"          // too many wrong passwords
	Unlock                Kind = "unlock"                  // a link to unlock the account
	AccountClosed         Kind = "account_closed"          // its owner closed it
	AccessRequested       Kind = "access_requested"        // to those who decide
	AccessApproved        Kind = "access_approved"         // to whoever asked
	AccessRejected        Kind = "access_rejected"         // to whoever asked
	AccessRevoked         Kind = "access_revoked"          // to whoever held the grant
	AccessEnded           Kind = "access_ended"            // to whoever held or asked for one on an ICB that is over
	Feedback              Kind = "feedback"                // to the help desk, in the words of whoever sent it
	RequirementDue        Kind = "requirement_due"         // to admins: law or policy asks for an answer soon
)

// Mail is one mail to one person.
type Mail struct {
	Kind Kind   `json:"kind"`
	To   string `json:"to"`
	// Token goes into the mail's link: whoever has it can do what the link is
	// for. Empty for a mail whose link needs none.
	Token string `json:"token,omitempty"`
	// About is the graph id of what the mail tells of, for the list of what its
	// receiver was told (ListedAs); empty for nothing, or for the receiver's own account.
	About string `json:"about,omitempty"`
	// Details are codes, references and dates that the template names.
	Details map[string]string `json:"details,omitempty"`
}

// Message is a mail in words.
type Message struct {
	ID      string // Message-ID, the same at every try, so that a duplicate can be known for one
	To      string
	Subject string
	Text    string
}

// pages are where the link of a mail leads, below the service's address.
var pages = map[Kind]string{
	Activation:            "/activate",
	AddressKnown:          "/reset",
	RegistrationToApprove: "/",
	AccessRequested:       "/requests",
	AccessApproved:        "/requests",
	AccessRejected:        "/requests",
	AccessRevoked:         "/",
	AccessEnded:           "/",
	Welcome:               "/",
	EventsElsewhere:       "/",
	PasswordReset:         "/reset",
	PasswordChanged:       "/reset",
	AccountLocked:         "/unlock",
	Unlock:                "/unlock",
	RequirementDue:        "/",
}

//go:embed templates/*.txt
var files embed.FS

// Writer puts mails into words.
type Writer struct {
	base      *url.URL
	templates *template.Template
}

// NewWriter makes a writer whose links lead to pages below an address, which
// must be an absolute URL of HTTP.
func NewWriter(base string) (*Writer, error) {
	parsed, err := url.Parse(base)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.RawQuery != "" || parsed.Fragment != "" {
		return nil, errors.New("the address that links in mails lead to must look like https://lfpse.example")
	}
	templates, err := parse()
	if err != nil {
		return nil, err
	}
	return &Writer{base: parsed, templates: templates}, nil
}

func parse() (*template.Template, error) {
	templates, err := template.New("mails").Option("missingkey=error").ParseFS(files, "templates/*.txt")
	if err != nil {
		return nil, fmt.Errorf("reading the mails' templates: %w", err)
	}
	return templates, nil
}

// Kinds lists the kinds of mail that have words.
func Kinds() ([]Kind, error) {
	names, err := fs.Glob(files, "templates/*.txt")
	if err != nil {
		return nil, fmt.Errorf("listing the mails' templates: %w", err)
	}
	kinds := make([]Kind, len(names))
	for i, name := range names {
		kinds[i] = Kind(strings.TrimSuffix(path.Base(name), ".txt"))
	}
	return kinds, nil
}

// Write puts a mail into words. The id is the mail's own, and becomes part of
// its Message-ID. An error repeats nothing of the mail but its kind.
func (w *Writer) Write(id uuid.UUID, m Mail) (Message, error) {
	var text bytes.Buffer
	data := map[string]any{"Link": w.link(m), "Details": m.Details}
	if err := w.templates.ExecuteTemplate(&text, string(m.Kind)+".txt", data); err != nil {
		return Message{}, fmt.Errorf("there are no words for a mail of kind %q with these details", m.Kind)
	}
	subject, body, found := strings.Cut(text.String(), "\n\n")
	subject, isSubject := strings.CutPrefix(subject, "Subject: ")
	if !found || !isSubject || strings.ContainsAny(subject, "\r\n") {
		return Message{}, fmt.Errorf("the template of mails of kind %q does not begin with a subject", m.Kind)
	}
	return Message{ID: id.String() + "@" + w.base.Hostname(), To: m.To, Subject: subject, Text: body}, nil
}

// link is the address that a mail leads to. The token is in the query, which
// the service does not log and whose pages send no referrer.
func (w *Writer) link(m Mail) string {
	at := w.base.JoinPath(pages[m.Kind], m.Details["path"])
	if m.Token != "" {
		at.RawQuery = url.Values{"token": {m.Token}}.Encode()
	}
	return at.String()
}
