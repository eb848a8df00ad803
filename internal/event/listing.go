package event

import (
	"errors"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/page"
)

// Filter says which events: the graph's EventFilter. Fields given together all
// have to match; a list matches any of its values.
type Filter struct {
	Kind              []Kind
	Status            []Status
	Source            []Source
	Organisation      []string
	Icb               []string
	Region            []string
	OccurredFrom      *time.Time
	OccurredTo        *time.Time
	RecordedFrom      *time.Time
	RecordedTo        *time.Time
	PhysicalHarm      []PhysicalHarm
	PsychologicalHarm []PsychologicalHarm
	ServiceArea       []ServiceArea
	Specialty         []string
	InvolvedAgents    []AgentType
	SafetyChallenges  []SafetyChallenge
	Search            *string
	NeverEvent        *bool
	RecordedElsewhere *bool
	// RequirementDueBefore asks for a requirement that still has to be answered and
	// is due before this day.
	RequirementDueBefore *time.Time
}

// AsksContent tells whether the filter asks what a record holds, rather than that it is
// there: of a withdrawn event nothing is left to be asked.
func (f *Filter) AsksContent() bool {
	return f.OccurredFrom != nil || f.OccurredTo != nil || f.PhysicalHarm != nil || f.PsychologicalHarm != nil ||
		f.ServiceArea != nil || f.Specialty != nil || f.InvolvedAgents != nil || f.SafetyChallenges != nil ||
		f.RecordedElsewhere != nil
}

// Order says in which order events are listed; equal ones follow by when they were recorded, and then in the order of
// their ids.
type Order struct {
	Field     OrderField
	Direction Direction
}

// Listing is a question for pages of events: one page for each area, all with
// the same filter, order and size.
type Listing struct {
	Filter Filter
	// Areas holds the ODS codes of each area's organisations. A nil entry is no
	// restriction, an empty one an area without organisations.
	Areas [][]string
	// Indexed holds, for each area, how the store finds its events without their organisations; empty where
	// it cannot.
	Indexed []Indexed
	// Within further restricts every area: the filter's organisations, ICBs and regions as ODS codes, one list for each of the three that
	// was given.
	Within [][]string
	// Own restricts to events recorded by this account.
	Own *uuid.UUID
	// Drafts asks for drafts in place of what was submitted.
	Drafts bool
	// Anonymised asks for the anonymised texts, also of a reader who is shown
	// what was typed.
	Anonymised bool
	Order      Order
	Page       page.Request
	// Parts are those of each record that are wanted; what the order compares
	// comes along.
	Parts Parts
	// Texts are the fields whose texts are wanted; nil for all.
	Texts []string
	// Alone says that nobody asks what lies beyond a page: no record more than
	// its size is wanted.
	Alone bool
	// After and Before are the page's cursors, read.
	After, Before *Position
}

// Indexed is an area as the store keeps its events together.
type Indexed struct {
	// Key is what the store calls the area, and Digest stands for the
	// organisations that it holds now: where the store's rows are by others, it
	// does not use them.
	Key, Digest string
	// Members are those organisations; of the whole country, which Everywhere
	// says it is, they are not listed.
	Members    []string
	Everywhere bool
	// Within says that the area is the filter's own, so that Listing.Within asks
	// for nothing more.
	Within bool
}

// Position is where an event stands in an order: its rank, where the order has one, its
// time and its id. A nil time is an event without one.
type Position struct {
	Field OrderField `json:"f"`
	Rank  float64    `json:"r,omitempty"`
	Value *time.Time `json:"v"`
	ID    uuid.UUID  `json:"id"`
}

// Connection is a page of events. Its cursors are made when they are asked for.
type Connection struct {
	Nodes []*View

	info    page.Info   // without cursors
	scope   authz.Scope // that the page was read by
	listing *Listing    // shared by all pages of one List
	members []string    // of this page's area; nil for no restriction
	indexed *Indexed    // this page's area; nil where the store does not keep its events together
}

// Edge is one event in a page.
type Edge struct {
	Node *View

	of *Connection
}

// Shows tells whether the reader is shown a class of field of the edge's event.
func (e *Edge) Shows(class authz.Class) bool { return e.Node.Shows(class) }

// Loaded tells whether what a field of the graph's EventEdge rests on was read.
func (e *Edge) Loaded(field string) bool { return field != "highlight" || e.Node.Loaded("textView") }

// ListArgs are the arguments of a connection of events.
type ListArgs struct {
	Filter *Filter
	Order  *Order
	Page   page.Args
	Parts  Parts // of each event that are wanted
	Alone  bool  // nobody asks for PageInfo
}

// listing turns arguments into a question, without areas.
func (s *Service) listing(args ListArgs, now time.Time) (Listing, error) {
	request, err := args.Page.Request()
	if err != nil {
		return Listing{}, err
	}
	listing := Listing{Page: request, Parts: args.Parts, Alone: args.Alone, Order: Order{ByRecordedAt, Descending}}
	if args.Order != nil {
		listing.Order = *args.Order
	}
	if args.Filter != nil {
		listing.Filter = *args.Filter
	}
	if err := listing.checkSearch(); err != nil {
		return Listing{}, err
	}
	listing.Within = s.within(listing.Filter, now)
	if listing.After, err = positionOf(request.After, listing.Order); err != nil {
		return Listing{}, err
	}
	listing.Before, err = positionOf(request.Before, listing.Order)
	return listing, err
}

// within answers the organisations that each geographical field of a filter
// means, by today's map.
func (s *Service) within(f Filter, now time.Time) [][]string {
	var all [][]string
	add := func(t authz.AreaType, codes []string) {
		if codes == nil {
			return
		}
		members := []string{}
		for _, code := range codes {
			members = append(members, s.geography.Within(authz.Area{Type: t, Code: code}, now)...)
		}
		all = append(all, members)
	}
	add(authz.AreaOrganisation, f.Organisation)
	add(authz.AreaICB, f.Icb)
	add(authz.AreaRegion, f.Region)
	return all
}

// indexed answers how the store keeps the events of areas: of a nil one, those of
// the one area that the filter names, or of the whole country.
func (s *Service) indexed(areas []*authz.Area, listing Listing, now time.Time) []Indexed {
	if listing.Own != nil || listing.Drafts || listing.Filter.Search != nil {
		return nil
	}
	all := make([]Indexed, len(areas))
	for i, area := range areas {
		one := Indexed{}
		switch named, only := onlyArea(listing.Filter); {
		case area != nil:
		case only:
			area, one.Within = &named, true
		case len(listing.Within) > 0:
			return nil
		default:
			area, one.Everywhere = &authz.Area{Type: authz.AreaNational}, true
		}
		// The members are the digest's, rather than the listing's, which a map that was read meanwhile may not be of.
		one.Key, one.Digest, one.Members = s.geography.Indexed(*area, now)
		all[i] = one
	}
	return all
}

// onlyArea answers the one area that a filter names, where it names one.
func onlyArea(f Filter) (area authz.Area, only bool) {
	if len(f.Organisation)+len(f.Icb)+len(f.Region) != 1 {
		return authz.Area{}, false
	}
	switch {
	case len(f.Organisation) == 1 && f.Icb == nil && f.Region == nil:
		return authz.Area{Type: authz.AreaOrganisation, Code: f.Organisation[0]}, true
	case len(f.Icb) == 1 && f.Organisation == nil && f.Region == nil:
		return authz.Area{Type: authz.AreaICB, Code: f.Icb[0]}, true
	case len(f.Region) == 1 && f.Organisation == nil && f.Icb == nil:
		return authz.Area{Type: authz.AreaRegion, Code: f.Region[0]}, true
	}
	return authz.Area{}, false
}

func positionOf(cursor *string, order Order) (*Position, error) {
	if cursor == nil {
		return nil, nil
	}
	position := &Position{}
	if err := page.DecodeCursor(*cursor, position); err != nil {
		return nil, err
	}
	if v := position.Value; v != nil && v.UTC().Year() < 1 { // no event is as old, and PostgreSQL knows no such year
		return nil, fault.New(fault.BadUserInput, "The cursor is not one of ours; take endCursor or startCursor of a page, unchanged.")
	}
	if position.Field != order.Field {
		return nil, fault.New(fault.BadUserInput, "The cursor belongs to another orderBy; begin without a cursor, or keep the order.")
	}
	return position, nil
}

// position answers where a record stands in an order.
func position(r *Record, order Order) Position {
	p := Position{Field: order.Field, Rank: r.Rank, ID: r.ID}
	switch order.Field {
	case ByOccurredOn:
		p.Value = r.OccurredFrom
	case ByUpdatedAt:
		p.Value = &r.UpdatedAt
	default:
		p.Value = r.RecordedAt
	}
	return p
}

// connection makes a page of what a listing answered for one of its areas.
func (s *Service) connection(listing *Listing, area int, records []Record) *Connection {
	records, info := page.Trim(listing.Page, records)
	c := &Connection{Nodes: s.views(records), info: info, listing: listing, members: listing.Areas[area]}
	if len(listing.Indexed) > 0 {
		c.indexed = &listing.Indexed[area]
	}
	return c
}

// cursor is where an event of the page stands.
func (c *Connection) cursor(v *View) (string, error) {
	return page.EncodeCursor(position(v.record, c.listing.Order))
}

// PageInfo is where the page stands.
func (c *Connection) PageInfo() (*page.Info, error) {
	if c.listing.Alone {
		return nil, errors.New("what lies beyond a page is asked for and was not read")
	}
	info := c.info
	if len(c.Nodes) == 0 {
		return &info, nil
	}
	start, err := c.cursor(c.Nodes[0])
	if err != nil {
		return nil, err
	}
	end, err := c.cursor(c.Nodes[len(c.Nodes)-1])
	if err != nil {
		return nil, err
	}
	info.StartCursor, info.EndCursor = &start, &end
	return &info, nil
}

// Edges are the page's events with their cursors.
func (c *Connection) Edges() []*Edge {
	edges := make([]*Edge, len(c.Nodes))
	for i, v := range c.Nodes {
		edges[i] = &Edge{Node: v, of: c}
	}
	return edges
}

// Cursor is where the event stands, for after and before.
func (e *Edge) Cursor() (string, error) { return e.of.cursor(e.Node) }
