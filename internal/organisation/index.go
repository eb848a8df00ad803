package organisation

import (
	"slices"
	"sort"
	"strings"
)

// nameIndex finds organisations by the beginnings of the words of their names and by the
// beginnings of their codes. A place is where an organisation stands in
// Map.organisations.
type nameIndex struct {
	size       int
	vocabulary []string  // every word of every name, sorted
	letters    [][]rune  // the same as letters
	places     [][]int32 // who has it in the name
	codes      []string  // every code in small letters, sorted
	codePlaces []int32
}

// shortestCodePrefix is from how many letters on a word is tried as the
// beginning of a code: every third code begins with the same letter.
const shortestCodePrefix = 2

func newNameIndex(organisations []*Organisation) *nameIndex {
	x := &nameIndex{size: len(organisations)}
	byWord := map[string][]int32{}
	order := make([]int32, len(organisations))
	for i, o := range organisations {
		order[i] = int32(i)
		for _, word := range words(o.Name) {
			if list := byWord[word]; len(list) == 0 || list[len(list)-1] != int32(i) {
				byWord[word] = append(list, int32(i))
			}
		}
	}
	for word := range byWord {
		x.vocabulary = append(x.vocabulary, word)
	}
	slices.Sort(x.vocabulary)
	for _, word := range x.vocabulary {
		x.letters = append(x.letters, []rune(word))
		x.places = append(x.places, byWord[word])
	}
	slices.SortFunc(order, func(a, b int32) int {
		return strings.Compare(string(organisations[a].ODSCode), string(organisations[b].ODSCode))
	})
	for _, place := range order {
		x.codes = append(x.codes, strings.ToLower(string(organisations[place].ODSCode)))
	}
	x.codePlaces = order
	return x
}

// find answers who matches every word by a prefix, and who does so only if slips are forgiven.
func (x *nameIndex) find(search []string) (exact, forgiven places) {
	exact, forgiven = allPlaces(x.size), allPlaces(x.size)
	for _, word := range search {
		matched := x.withPrefix(word)
		exact.keep(matched)
		slipped([]rune(word), x.letters, func(i int) { matched.add(x.places[i]) })
		forgiven.keep(matched)
	}
	forgiven.remove(exact)
	return exact, forgiven
}

func (x *nameIndex) withPrefix(word string) places {
	matched := noPlaces(x.size)
	from, to := prefixRange(x.vocabulary, word)
	for _, list := range x.places[from:to] {
		matched.add(list)
	}
	if len(word) >= shortestCodePrefix {
		from, to = prefixRange(x.codes, word)
		matched.add(x.codePlaces[from:to])
	}
	return matched
}

// prefixRange answers the half-open range of a sorted list that begins with
// prefix.
func prefixRange(sorted []string, prefix string) (from, to int) {
	from = sort.SearchStrings(sorted, prefix)
	to = from + sort.Search(len(sorted)-from, func(i int) bool {
		return !strings.HasPrefix(sorted[from+i], prefix)
	})
	return from, to
}
