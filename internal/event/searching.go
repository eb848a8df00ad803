package event

import (
	"context"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/fault"
)

// MaxSearch is the longest search, in characters.
const MaxSearch = 200

// The bounds of a match in what the store highlights: characters that Unicode
// keeps out of texts. The store takes them out of texts that have them all the
// same, so that nothing typed is taken for one.
const (
	MatchStart = "\uFDD0"
	MatchEnd   = "\uFDD1"
)

// FragmentBreak stands between the fragments of a highlight.
const FragmentBreak = " … "

func (l *Listing) checkSearch() error {
	search := l.Filter.Search
	switch {
	case search == nil && l.Order.Field == ByRelevance:
		return fault.New(fault.BadUserInput, "orderBy RELEVANCE needs filter.search: give words, or another order.")
	case search == nil:
		return nil
	case utf8.RuneCountInString(*search) > MaxSearch:
		return fault.New(fault.BadUserInput, "filter.search takes at most "+strconv.Itoa(MaxSearch)+" characters.")
	case strings.ContainsRune(*search, 0) || !utf8.ValidString(*search):
		return fault.New(fault.BadUserInput, "filter.search has characters that are not text; type it again.")
	}
	return nil
}

// Highlights answers, for each edge, the words around what its page was searched
// for, as HTML; nil without a search, or where the reader is shown no text. They are of the
// anonymised text for every reader.
func (s *Service) Highlights(ctx context.Context, edges []*Edge) ([]*string, error) {
	highlights := make([]*string, len(edges))
	together := map[string][]int{}
	for i, edge := range edges {
		if search := edge.of.listing.Filter.Search; search != nil {
			together[*search] = append(together[*search], i)
		}
	}
	if len(together) == 0 {
		return highlights, nil
	}
	scope, err := s.scope(ctx)
	if err != nil {
		return nil, err
	}
	for search, members := range together {
		ids := make([]uuid.UUID, len(members))
		for n, i := range members {
			ids[n] = edges[i].Node.Key()
		}
		found, err := s.store.Highlights(ctx, scope, search, ids)
		if err != nil {
			return nil, fmt.Errorf("highlighting matches: %w", err)
		}
		for n, i := range members {
			if text, ok := found[ids[n]]; ok {
				marked := markMatches(text)
				highlights[i] = &marked
			}
		}
	}
	return highlights, nil
}

// markMatches makes HTML of the fragments that the store highlights.
func markMatches(text string) string {
	fragments := strings.Split(text, FragmentBreak)
	for i, fragment := range fragments {
		fragments[i] = withoutStumps(fragment)
	}
	marks := strings.NewReplacer(MatchStart, "<mark>", MatchEnd, "</mark>")
	return marks.Replace(html.EscapeString(strings.Join(fragments, FragmentBreak)))
}

// withoutStumps leaves out what the edges of a fragment leave of a placeholder.
func withoutStumps(fragment string) string {
	if end := strings.IndexByte(fragment, ']'); end >= 0 && !strings.Contains(fragment[:end], "[") {
		fragment = strings.TrimLeft(fragment[end+1:], " ,.;:")
	}
	if start := strings.LastIndexByte(fragment, '['); start >= 0 && !strings.Contains(fragment[start:], "]") {
		fragment = strings.TrimRight(fragment[:start], " ")
	}
	return fragment
}
