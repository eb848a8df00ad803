// Package event is the service's first noun: patient safety events, recorded
// and read.
//
// There is one door: every way to an event (by id, by reference, node, nodes,
// federation, every connection) ends in Service.Find or Service.List, which
// ask policy for a scope, and every record becomes a View in one place.
package event

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/page"
	"lfpse/internal/redaction"
	"lfpse/internal/taxonomy"
)

// Store keeps events. Everything that reads for a reader takes the reader's scope.
type Store interface {
	// Find answers the events with any of the ids or references, in any order, with
	// what is asked for beside them, in one statement.
	Find(ctx context.Context, scope authz.Scope, ids []uuid.UUID, references []string, with Beside) ([]Record, error)
	// List answers, for each area of the listing, one record more than the
	// page's size, or none more where it asks for the page alone, in the page's direction.
	List(ctx context.Context, scope authz.Scope, listing Listing) ([][]Record, error)
	// Page answers what List does of a listing of one area. It may use the room of records that nobody needs any more.
	Page(ctx context.Context, scope authz.Scope, listing Listing, room []Record) ([]Record, error)
	// Count answers how many events each area of the listing has, cursors and
	// size apart.
	Count(ctx context.Context, scope authz.Scope, listing Listing) ([]int, error)
	// Statistics answers how many events each area has, in all and by the counting's dimensions; of more groups
	// than are wanted, one more than that.
	Statistics(ctx context.Context, scope authz.Scope, counting Counting) ([]Counted, error)
	// Highlights answers the words of anonymised texts around what a search finds, each match between
	// MatchStart and MatchEnd, for those of the events that it finds and whose anonymised text the scope shows.
	Highlights(ctx context.Context, scope authz.Scope, search string, events []uuid.UUID) (map[uuid.UUID]string, error)
	// Patients answers the patients of events, by event and sequence.
	Patients(ctx context.Context, scope authz.Scope, events []uuid.UUID) ([]PatientRecord, error)
	// Revisions answers the history of events, the latest first.
	Revisions(ctx context.Context, scope authz.Scope, events []uuid.UUID) ([]RevisionRecord, error)
	// Originals answers sealed texts, of events whose original the scope shows. It
	// keeps an audit entry of each that the scope's principal did not type.
	Originals(ctx context.Context, scope authz.Scope, keys []TextKey, at time.Time) ([]Sealed, error)
	// Colleagues answers the author and the people with accounts at the
	// organisations, for redaction to know their names.
	Colleagues(ctx context.Context, author uuid.UUID, organisations []string) ([]redaction.Known, error)
	// Insert writes a submission in one transaction, or answers what was
	// recorded under its key. ErrReferenceTaken means that nothing was written.
	Insert(ctx context.Context, s Submission) (Inserted, error)
	// RecordedUnder answers what was recorded under an idempotency key; known is false where nothing was.
	RecordedUnder(ctx context.Context, key IdempotencyKey) (first Inserted, known bool, err error)
	// InsertAnonymous writes an anonymous submission and what is kept of its key, if any. Where the digest is known
	// already, nothing is written and the first try's key is answered.
	InsertAnonymous(ctx context.Context, s Submission, keep *AnonymousKey) (first *AnonymousKey, err error)
	// ForgetReceipts deletes what is kept of anonymous keys that expired by then.
	ForgetReceipts(ctx context.Context, now time.Time) error
	LocalStore
	Changer
	Comparer
}

// Geography is what the service asks of the map.
type Geography interface {
	// Version tells maps apart.
	Version() int64
	Within(area authz.Area, at time.Time) []string
	// Around answers the areas that hold an organisation at an instant: itself, its
	// parents from the nearest on, its ICB and its region.
	Around(odsCode string, at time.Time) []authz.Area
	// Exists tells whether an active organisation has the ODS code.
	Exists(odsCode string) bool
	// Name answers the name of the organisation with the ODS code, or else the code.
	Name(odsCode string) string
	// AreaName answers the name of an area, or else its code.
	AreaName(area authz.Area) string
	// Indexed answers what the store calls an area, the organisations that it holds at an instant, and what
	// stands for them: all by one map, whichever is the newest.
	Indexed(area authz.Area, at time.Time) (key, digest string, members []string)
	// Homes lists organisations beside the ICB and the region that each belongs to at an instant, "" for
	// none. The lists are shared, and not to be changed.
	Homes(at time.Time) (organisations, icbs, regions []string)
}

// Sealer seals texts under a key that is not in the database.
type Sealer interface {
	Seal(plaintext, associatedData []byte) ([]byte, error)
	Open(sealed, associatedData []byte) ([]byte, error)
}

// Service records and reads events.
type Service struct {
	store     Store
	policy    authz.Authorizer
	geography Geography
	taxonomy  *taxonomy.Registry
	redactor  *redaction.Redactor
	sealer    Sealer
	secret    []byte // keys the hashes of anonymous idempotency keys
	zone      *time.Location
	now       func() time.Time
}

// Options are what a Service stands on; all are needed.
type Options struct {
	Store     Store
	Policy    authz.Authorizer
	Geography Geography
	Taxonomy  *taxonomy.Registry
	Redactor  *redaction.Redactor
	Sealer    Sealer
	// Secret keys the hashes under which anonymous idempotency keys are kept.
	Secret []byte
	// Zone is the time zone of the wall clocks by which things happen.
	Zone *time.Location
	Now  func() time.Time
}

// NewService makes a service.
func NewService(o Options) *Service {
	return &Service{
		store: o.Store, policy: o.Policy, geography: o.Geography, taxonomy: o.Taxonomy,
		redactor: o.Redactor, sealer: o.Sealer, secret: o.Secret, zone: o.Zone, now: o.Now,
	}
}

// byOneMap answers the reader's scope and has a question put together, both by one
// map: of two, an organisation that moves from one to the other would be in an area
// that its readers have nothing to do with.
func (s *Service) byOneMap(ctx context.Context, put func() error) (authz.Scope, error) {
	for {
		version := s.geography.Version()
		scope, err := s.scope(ctx)
		if err == nil {
			err = put()
		}
		if err != nil || s.geography.Version() == version {
			return scope, err
		}
	}
}

func (s *Service) scope(ctx context.Context) (authz.Scope, error) {
	scope, err := s.policy.Scope(ctx, authz.FromContext(ctx), authz.Events)
	if err != nil {
		return authz.Scope{}, fmt.Errorf("deciding what events a reader may see: %w", err)
	}
	return scope, nil
}

// FindByID answers the events with the ids, in their order; nil for each that
// does not exist for the reader.
func (s *Service) FindByID(ctx context.Context, ids []uuid.UUID) ([]*View, error) {
	return s.OpenByID(ctx, ids, Beside{})
}

// FindByReference answers the events with the references, as people write
// them, in their order; nil for each that does not exist for the reader.
func (s *Service) FindByReference(ctx context.Context, references []string) ([]*View, error) {
	return s.OpenByReference(ctx, references, Beside{})
}

func (s *Service) find(ctx context.Context, ids []uuid.UUID, references []string, with Beside) ([]*View, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.store.Find(ctx, scope, ids, references, with)
	if err != nil {
		return nil, fmt.Errorf("finding events: %w", err)
	}
	if !with.Parts.Has(PartDraft) && slices.ContainsFunc(records, func(r Record) bool { return r.Status == StatusDraft }) {
		with.Parts = Everything // what a draft says is all in one place
		return s.find(ctx, ids, references, with)
	}
	for i := range records {
		records[i].Companions = with.Companions
	}
	return s.views(records), nil
}

// List answers a page of events for each area, in their order, in one
// statement whatever their number. A nil area is no restriction.
func (s *Service) List(ctx context.Context, areas []*authz.Area, args ListArgs) ([]*Connection, error) {
	return s.list(ctx, areas, nil, args)
}

// All answers a page of all events that the reader may see.
func (s *Service) All(ctx context.Context, args ListArgs) (*Connection, error) {
	pages, err := s.list(ctx, []*authz.Area{nil}, nil, args)
	if err != nil {
		return nil, err
	}
	return pages[0], nil
}

// Own answers a page of the events that the reader recorded.
func (s *Service) Own(ctx context.Context, args ListArgs) (*Connection, error) {
	self := authz.FromContext(ctx).ID
	pages, err := s.list(ctx, []*authz.Area{nil}, &self, args)
	if err != nil {
		return nil, err
	}
	return pages[0], nil
}

// Drafts answers a page of the reader's drafts, the latest saved first.
func (s *Service) Drafts(ctx context.Context, args page.Args) (*Connection, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return nil, err
	}
	listing, err := s.listing(ListArgs{Page: args, Order: &Order{ByUpdatedAt, Descending}}, s.now())
	if err != nil {
		return nil, err
	}
	self := authz.FromContext(ctx).ID
	listing.Own, listing.Drafts, listing.Areas = &self, true, [][]string{nil}
	pages, err := s.store.List(ctx, scope, listing)
	if err != nil {
		return nil, fmt.Errorf("listing drafts: %w", err)
	}
	drafts := s.connection(&listing, 0, pages[0])
	drafts.scope = scope
	return drafts, nil
}

func (s *Service) list(ctx context.Context, areas []*authz.Area, own *uuid.UUID, args ListArgs) ([]*Connection, error) {
	now := s.now()
	var listing Listing
	scope, err := s.byOneMap(ctx, func() (err error) {
		if listing, err = s.listing(args, now); err != nil {
			return err
		}
		listing.Own = own
		listing.Areas = s.members(areas, now)
		listing.Indexed = s.indexed(areas, listing, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	pages, err := s.store.List(ctx, scope, listing)
	if err != nil {
		return nil, fmt.Errorf("listing events: %w", err)
	}
	connections := make([]*Connection, len(areas))
	for i, records := range pages {
		connections[i] = s.connection(&listing, i, records)
		connections[i].scope = scope
	}
	return connections, nil
}

// members answers the organisations of each area by today's map; nil for a nil area,
// and for no other.
func (s *Service) members(areas []*authz.Area, now time.Time) [][]string {
	all := make([][]string, len(areas))
	for i, area := range areas {
		if area != nil {
			all[i] = append([]string{}, s.geography.Within(*area, now)...)
		}
	}
	return all
}

// Counts answers how many events each connection has in all, as far as the
// reader may see them: one statement for all connections of one List.
func (s *Service) Counts(ctx context.Context, connections []*Connection) ([]int, error) {
	together := map[*Listing][]int{}
	for i, c := range connections {
		together[c.listing] = append(together[c.listing], i)
	}
	counts := make([]int, len(connections))
	for listing, members := range together {
		asked := *listing
		asked.Areas, asked.Indexed = nil, nil
		for _, i := range members {
			asked.Areas = append(asked.Areas, connections[i].members)
			if connections[i].indexed != nil {
				asked.Indexed = append(asked.Indexed, *connections[i].indexed)
			}
		}
		answered, err := s.store.Count(ctx, connections[members[0]].scope, asked)
		if err != nil {
			return nil, fmt.Errorf("counting events: %w", err)
		}
		for n, i := range members {
			counts[i] = answered[n]
		}
	}
	return counts, nil
}
