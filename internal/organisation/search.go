package organisation

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"lfpse/internal/page"
)

// Filter says which organisations to list. Its zero value lists all.
type Filter struct {
	// Search holds beginnings of words of the name, in any order, or the
	// beginning of a code. Case, accents and punctuation do not matter; small
	// typing slips are forgiven.
	Search string
	// Types are those wanted; empty for all.
	Types []Type
	// ICB and Region narrow the list to what belongs to them on the day of the
	// search; empty for no such narrowing.
	ICB, Region ODSCode
	// Active asks for those open (true) or closed (false); nil for both.
	Active *bool
}

// Connection is one page of organisations, as the graph's
// OrganisationConnection.
type Connection struct {
	Edges []*Edge
	Nodes []*Organisation
	// PageInfo tells what lies before and after the page.
	PageInfo *page.Info
	// TotalCount counts what the filter lets through, on whatever page.
	TotalCount int
}

// Edge is an organisation on a page, with its cursor.
type Edge struct {
	Cursor string
	Node   *Organisation
}

// The ranks of a match, best first.
const (
	rankCode   = iota // the search is its code
	rankPrefix        // every word matches as typed
	rankSlip          // every word matches if slips are forgiven
)

// match is an organisation found. Places are in order of name, so rank and
// place are the order of a list.
type match struct {
	rank  int
	place int
}

// position is where a list stands, and what a cursor holds: nothing that the
// reader of the page does not see.
type position struct {
	Rank int     `json:"r"`
	Name string  `json:"n"`
	Code ODSCode `json:"c"`
}

// Search lists organisations by the map of a day: those whose code is the search, then those
// that match as typed, then those that match if slips are forgiven; by name within each. The error is a
// BAD_USER_INPUT fault for a cursor that is not one of ours.
func (m *Map) Search(filter Filter, on Day, request page.Request) (*Connection, error) {
	matches := m.matches(filter, on)
	from, to, err := m.bounds(matches, request)
	if err != nil {
		return nil, err
	}
	rows := ahead(matches[from:to], request)
	rows, info, err := page.Cut(request, rows, m.cursor)
	if err != nil {
		return nil, err
	}
	connection := &Connection{
		Edges:      make([]*Edge, 0, len(rows)),
		Nodes:      make([]*Organisation, 0, len(rows)),
		PageInfo:   &info,
		TotalCount: len(matches),
	}
	for _, row := range rows {
		cursor, err := m.cursor(row)
		if err != nil {
			return nil, err
		}
		node := m.organisations[row.place]
		connection.Edges = append(connection.Edges, &Edge{Cursor: cursor, Node: node})
		connection.Nodes = append(connection.Nodes, node)
	}
	return connection, nil
}

// matches lists who is found, best first.
func (m *Map) matches(filter Filter, on Day) []match {
	accepts := m.accepts(filter, on)
	search := words(filter.Search)
	if len(search) == 0 && strings.TrimSpace(filter.Search) != "" {
		return nil // something was asked for that no name or code holds
	}
	exact, forgiven := m.names.find(search)
	found := make([]match, 0, exact.count()+forgiven.count())
	coded := m.coded(filter.Search)
	if coded >= 0 && accepts(coded) {
		found = append(found, match{rank: rankCode, place: coded})
	}
	exact.each(func(place int) {
		if place != coded && accepts(place) {
			found = append(found, match{rank: rankPrefix, place: place})
		}
	})
	forgiven.each(func(place int) {
		if place != coded && accepts(place) {
			found = append(found, match{rank: rankSlip, place: place})
		}
	})
	return found
}

// coded answers the place of the organisation whose code the search is, -1 for
// none.
func (m *Map) coded(search string) int {
	code, err := ParseODSCode(search)
	if err != nil {
		return -1
	}
	if place, ok := m.places[code]; ok {
		return place
	}
	return -1
}

// accepts makes the test of a filter's other parts.
func (m *Map) accepts(filter Filter, on Day) func(place int) bool {
	p := m.period(on)
	return func(place int) bool {
		o := m.organisations[place]
		if filter.Active != nil && o.Active != *filter.Active {
			return false
		}
		if len(filter.Types) > 0 && !slices.Contains(filter.Types, o.Type) {
			return false
		}
		if filter.ICB == "" && filter.Region == "" {
			return true
		}
		icb := p.icb[place]
		if icb == nowhere {
			return false
		}
		return (filter.ICB == "" || m.icbs[icb].ODSCode == filter.ICB) &&
			(filter.Region == "" || p.region[icb] == filter.Region)
	}
}

// bounds answers the half-open range of matches that lies between a request's
// cursors.
func (m *Map) bounds(matches []match, request page.Request) (from, to int, err error) {
	from, to = 0, len(matches)
	if request.After != nil {
		if from, err = m.placeOf(matches, *request.After, 1); err != nil {
			return 0, 0, err
		}
	}
	if request.Before != nil {
		if to, err = m.placeOf(matches, *request.Before, 0); err != nil {
			return 0, 0, err
		}
	}
	return from, max(from, to), nil
}

// placeOf answers the first match that compares with a cursor's position as order or
// more: 1 for after it, 0 for it or after it.
func (m *Map) placeOf(matches []match, cursor string, order int) (int, error) {
	var at position
	if err := page.DecodeCursor(cursor, &at); err != nil {
		return 0, err
	}
	return sort.Search(len(matches), func(i int) bool {
		p := m.position(matches[i])
		return cmp.Or(cmp.Compare(p.Rank, at.Rank), cmp.Compare(p.Name, at.Name), cmp.Compare(p.Code, at.Code)) >= order
	}), nil
}

// ahead answers one row more than the request's size, in the request's own
// direction, as page.Cut wants them.
func ahead(matches []match, request page.Request) []match {
	count := min(len(matches), request.Size+1)
	if !request.Backward {
		return slices.Clone(matches[:count])
	}
	rows := slices.Clone(matches[len(matches)-count:])
	slices.Reverse(rows)
	return rows
}

func (m *Map) position(found match) position {
	o := m.organisations[found.place]
	return position{Rank: found.rank, Name: sortKey(o.Name), Code: o.ODSCode}
}

func (m *Map) cursor(found match) (string, error) {
	cursor, err := page.EncodeCursor(m.position(found))
	if err != nil {
		return "", fmt.Errorf("listing organisations: %w", err)
	}
	return cursor, nil
}
