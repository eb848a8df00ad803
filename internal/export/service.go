package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// What is kept about exports in the audit trail.
const (
	auditCreated audit.Action = "export.created"
	auditFetched audit.Action = "export.fetched"
)

// Store keeps what is asked for until it is fetched.
type Store interface {
	// Add keeps a request under the hash of its link, with the entry. Those that
	// expired before it go.
	Add(ctx context.Context, r Request, hash Hash, entry audit.Entry) error
	// Take answers the request of a link that is still good, and forgets it: whoever comes
	// second finds none. Given an account, it is found only where it is that account's. The entry of a request
	// that was found is kept with that.
	Take(ctx context.Context, hash Hash, by *uuid.UUID, at time.Time, entry func(Request) audit.Entry) (r Request, found bool, err error)
}

// Events is what an export asks of events.
type Events interface {
	Table(columns []string) (*event.Table, fault.Problems)
	// CheckExport answers what is wrong with a filter.
	CheckExport(filter *event.Filter) error
	Export(ctx context.Context, table *event.Table, filter *event.Filter, row func(cells [][]byte) error) error
	ExportCount(ctx context.Context, filter *event.Filter) (int, error)
}

// Sealer seals what is asked for.
type Sealer interface {
	Seal(plaintext, associatedData []byte) ([]byte, error)
	Open(sealed, associatedData []byte) ([]byte, error)
}

// Options are what a Service is made of.
type Options struct {
	Store  Store
	Events Events
	Policy authz.Authorizer
	Sealer Sealer
	// Present answers whom a session stands for now; found is false for one that is over.
	Present func(ctx context.Context, account, family uuid.UUID) (p authz.Principal, found bool, err error)
	// While answers a context that ends once the principal has lost something of what it has.
	While func(ctx context.Context, p authz.Principal, family uuid.UUID) (context.Context, context.CancelFunc)
	Now   func() time.Time
}

// Service makes links and answers what they lead to.
type Service struct{ o Options }

// NewService makes a service.
func NewService(o Options) *Service { return &Service{o} }

// Create makes a link to a file of events for the principal, in the session that it came with. The URL is the base
// with a secret after it.
func (s *Service) Create(ctx context.Context, family uuid.UUID, base string, filter *event.Filter, columns []string) (*Export, fault.Problems, error) {
	p := authz.FromContext(ctx)
	if err := s.may(ctx, p); err != nil {
		return nil, nil, err
	}
	if _, problems := s.o.Events.Table(columns); len(problems) > 0 {
		return nil, problems, nil
	}
	if err := s.o.Events.CheckExport(filter); err != nil {
		return nil, nil, err
	}
	secret, hash, err := newSecret()
	if err != nil {
		return nil, nil, err
	}
	now := s.o.Now().UTC().Truncate(time.Microsecond)
	r := Request{Key: gid.New(), Account: p.ID, Family: family, CreatedAt: now, ExpiresAt: now.Add(Lifetime)}
	plain, err := json.Marshal(asked{Filter: filter, Columns: columns})
	if err != nil {
		return nil, nil, fmt.Errorf("writing what is to be exported: %w", err)
	}
	if r.Sealed, err = s.o.Sealer.Seal(plain, r.binding()); err != nil {
		return nil, nil, fmt.Errorf("sealing what is to be exported: %w", err)
	}
	if err := s.o.Store.Add(ctx, r, hash, entry(r, auditCreated, now)); err != nil {
		return nil, nil, fmt.Errorf("keeping an export: %w", err)
	}
	return &Export{Key: r.Key, URL: base + secret, ExpiresAt: r.ExpiresAt, Filter: filter}, nil, nil
}

func (s *Service) may(ctx context.Context, p authz.Principal) error {
	may, err := s.o.Policy.May(ctx, p, authz.ExportEvents)
	switch {
	case err != nil:
		return fmt.Errorf("deciding whether events may be exported: %w", err)
	case may:
		return nil
	case p.Kind == authz.Anonymous:
		return fault.New(fault.Unauthenticated, "Sign in to take events away.")
	}
	return fault.New(fault.Forbidden, "Events are taken away by people, with an account.")
}

// Rows answers how many events an export would hold now.
func (s *Service) Rows(ctx context.Context, e *Export) (int, error) {
	return s.o.Events.ExportCount(ctx, e.Filter)
}

func entry(r Request, action audit.Action, at time.Time) audit.Entry {
	return audit.Entry{
		At: at, ActorKind: audit.Account, ActorID: r.Account, Action: action, Subject: gid.Format(gid.Export, r.Key),
	}
}

// File is what a link led to.
type File struct {
	// Name is what to call it.
	Name string

	ctx     context.Context
	events  Events
	table   *event.Table
	filter  *event.Filter
	release context.CancelFunc
}

// ErrNone is the answer to a link that has been used, has expired or never was, and to one whose
// session is over.
var ErrNone = fault.New(fault.NotFound, "This link has been used or has expired, or there never was one. Ask for another by createEventExport.")

// Fetch uses up a link. by is the account of whoever comes with a token as well; another's link is
// none to them. The context of the file ends, with access.ErrEnded as its cause, when the access that it rests on
// does. The caller closes the file.
func (s *Service) Fetch(ctx context.Context, secret string, by *uuid.UUID) (*File, error) {
	now := s.o.Now()
	r, found, err := s.o.Store.Take(ctx, hashOf(secret), by, now, func(r Request) audit.Entry { return entry(r, auditFetched, now) })
	if err != nil {
		return nil, fmt.Errorf("reading an export: %w", err)
	}
	if !found {
		return nil, ErrNone
	}
	p, found, err := s.o.Present(ctx, r.Account, r.Family)
	if err != nil {
		return nil, fmt.Errorf("reading whose an export is: %w", err)
	}
	if !found {
		return nil, ErrNone
	}
	if err := s.may(ctx, p); err != nil {
		return nil, err
	}
	plain, err := s.o.Sealer.Open(r.Sealed, r.binding())
	if err != nil {
		return nil, fmt.Errorf("opening what is to be exported: %w", err)
	}
	var a asked
	if err := json.Unmarshal(plain, &a); err != nil {
		return nil, fmt.Errorf("reading what is to be exported: %w", err)
	}
	table, problems := s.o.Events.Table(a.Columns)
	if len(problems) > 0 {
		return nil, ErrNone // it was asked of another version of the service
	}
	f := &File{Name: "patient-safety-events-" + now.UTC().Format("2006-01-02-150405") + ".csv", events: s.o.Events, table: table, filter: a.Filter}
	f.ctx, f.release = s.o.While(authz.NewContext(ctx, p), p, r.Family)
	return f, nil
}

// Context is the file's own: it ends with the access that the file rests on.
func (f *File) Context() context.Context { return f.ctx }

// Close ends what the file rests on.
func (f *File) Close() { f.release() }

// WriteCSV writes the file as it is read: the header, then a row for each event. Nothing stands
// below the last: a file that was cut off is one whose transfer did not end as it should.
func (f *File) WriteCSV(out io.Writer) error {
	w := NewWriter(out)
	var header [][]byte
	for _, name := range f.table.Header() {
		header = append(header, []byte(name))
	}
	if err := w.Write(header); err != nil {
		return fmt.Errorf("writing a header: %w", err)
	}
	if err := f.events.Export(f.ctx, f.table, f.filter, w.Write); err != nil {
		if cause := context.Cause(f.ctx); cause != nil {
			return cause
		}
		return err
	}
	return nil
}
