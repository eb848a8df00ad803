package organisation

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"lfpse/internal/fault"
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

// Edge is an organisation on a page.
type Edge struct {
	Node *Organisation

	of *Map
	at match
}

// Cursor is where it stands: made when it is asked for.
func (e *Edge) Cursor() (string, error) { return e.of.cursor(e.at) }

// The ranks of a match, best first.
const (
	rankCode   = iota // the search is its code
	rankPrefix        // every word matches as typed
	rankSlip          // every word matches if slips are forgiven
	ranks
)

// position is where a list stands, and what a cursor holds: nothing that the
// reader of the page does not see.
type position struct {
	Rank int     `json:"r"`
	Name string  `json:"n"`
	Code ODSCode `json:"c"`
}

// Search lists organisations by the map of a day: those whose code is the search, then those
// that match as typed, then those that match if slips are forgiven; by name within each. The error is a
// BAD_USER_INPUT fault for a search longer than any name, or a cursor that is not one of ours.
func (m *Map) Search(filter Filter, on Day, request page.Request) (*Connection, error) {
	if utf8.RuneCountInString(filter.Search) > longestName {
		return nil, fault.New(fault.BadUserInput, fmt.Sprintf("A search is at most %d letters long.", longestName))
	}
	matches := m.matches(filter, on)
	from, to, err := m.bounds(matches, request)
	if err != nil {
		return nil, err
	}
	rows, info, err := page.Cut(request, ahead(matches, from, to, request), m.cursor)
	if err != nil {
		return nil, err
	}
	connection := &Connection{
		Edges:      make([]*Edge, 0, len(rows)),
		Nodes:      make([]*Organisation, 0, len(rows)),
		PageInfo:   &info,
		TotalCount: matches.count(),
	}
	for _, row := range rows {
		node := m.organisations[row.place]
		connection.Edges = append(connection.Edges, &Edge{Node: node, of: m, at: row})
		connection.Nodes = append(connection.Nodes, node)
	}
	return connection, nil
}

// matches finds who passes a filter.
func (m *Map) matches(filter Filter, on Day) matches {
	search := words(filter.Search)
	if len(search) == 0 && strings.TrimSpace(filter.Search) != "" {
		return nothing(len(m.organisations)) // something was asked for that no name or code holds
	}
	exact, forgiven := m.names.find(search)
	found := matches{rankCode: m.coded(filter.Search), rankPrefix: exact, rankSlip: forgiven}
	accepted := m.accepted(filter, on)
	for rank := range found {
		found[rank].keep(accepted)
		for _, better := range found[:rank] {
			found[rank].remove(better)
		}
	}
	return found
}

// coded answers the organisation whose code the search is, if there is one.
func (m *Map) coded(search string) places {
	found := noPlaces(len(m.organisations))
	code, err := ParseODSCode(search)
	if err != nil {
		return found
	}
	if place, ok := m.places[code]; ok {
		found.put(place)
	}
	return found
}

// accepted answers who passes the parts of a filter that are no search.
func (m *Map) accepted(filter Filter, on Day) places {
	accepted := allPlaces(len(m.organisations))
	if filter.Active != nil && *filter.Active {
		accepted.keep(m.open)
	}
	if filter.Active != nil && !*filter.Active {
		accepted.remove(m.open)
	}
	if len(filter.Types) > 0 {
		wanted := noPlaces(len(m.organisations))
		for _, t := range filter.Types {
			wanted.join(m.ofType[t])
		}
		accepted.keep(wanted)
	}
	if filter.ICB != "" {
		accepted.keep(m.period(on).placesInICB[filter.ICB])
	}
	if filter.Region != "" {
		accepted.keep(m.period(on).placesInRegion[filter.Region])
	}
	return accepted
}

// bounds answers the half-open range of matches that lies between a request's
// cursors.
func (m *Map) bounds(found matches, request page.Request) (from, to int, err error) {
	from, to = 0, found.count()
	if request.After != nil {
		if from, err = m.indexOf(found, *request.After, 1); err != nil {
			return 0, 0, err
		}
	}
	if request.Before != nil {
		if to, err = m.indexOf(found, *request.Before, 0); err != nil {
			return 0, 0, err
		}
	}
	return from, max(from, to), nil
}

// indexOf answers the first match that compares with a cursor's position as order or
// more: 1 for after it, 0 for it or after it.
func (m *Map) indexOf(found matches, cursor string, order int) (int, error) {
	var at position
	if err := page.DecodeCursor(cursor, &at); err != nil {
		return 0, err
	}
	place := sort.Search(len(m.organisations), func(i int) bool {
		o := m.organisations[i]
		return cmp.Or(cmp.Compare(sortKey(o.Name), at.Name), cmp.Compare(o.ODSCode, at.Code)) >= order
	})
	return found.before(match{rank: at.Rank, place: place}), nil
}

// ahead answers one row more than the request's size of a range, in the request's own
// direction, as page.Cut wants them.
func ahead(found matches, from, to int, request page.Request) []match {
	if !request.Backward {
		return found.rows(from, min(to, from+request.Size+1))
	}
	rows := found.rows(max(from, to-request.Size-1), to)
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
