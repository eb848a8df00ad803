package organisation

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/internal/fault"
	"lfpse/internal/page"
)

// searchable is a map of organisations by code and name, all in one ICB.
func searchable(t testing.TB, names map[ODSCode]string) *Map {
	records := Records{
		Regions:  []Region{{UUID: uuid.New(), ODSCode: north, Name: "North"}},
		ICBs:     []ICB{{UUID: uuid.New(), ODSCode: oldBoard, Name: "Board"}},
		Regional: []Relation{{Of: oldBoard, In: north, From: Always, Until: Forever}},
	}
	for code, name := range names {
		records.Organisations = append(records.Organisations, Organisation{UUID: uuid.New(), ODSCode: code, Name: name, Type: NHSTrust, Active: true})
		records.Memberships = append(records.Memberships, Relation{Of: code, In: oldBoard, From: Always, Until: Forever})
	}
	return newMap(t, records)
}

func found(t testing.TB, m *Map, filter Filter, on Day) []ODSCode {
	t.Helper()
	connection, err := m.Search(filter, on, page.Request{Size: page.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	if connection.TotalCount != len(connection.Nodes) {
		t.Errorf("counted %d, listed %d", connection.TotalCount, len(connection.Nodes))
	}
	var codes []ODSCode
	for _, o := range connection.Nodes {
		codes = append(codes, o.ODSCode)
	}
	return codes
}

func TestSearch(t *testing.T) {
	m := searchable(t, map[ODSCode]string{
		"R0A":   "Manchester University NHS Foundation Trust",
		"RXV":   "Greater Manchester Mental Health NHS Foundation Trust",
		"RGT01": "Addenbrooke's Hospital",
		"RGT":   "Cambridge University Hospitals NHS Foundation Trust",
		"RJZ":   "King's College Hospital NHS Foundation Trust",
		"RC971": "Luton & Dunstable Hospital",
		"RR8":   "Leeds Teaching Hospitals NHS Trust",
		"W01":   "Ysbyty Glân-yr-Afon",
		"RWE":   "University Hospitals of Leicester NHS Trust",
	})
	tests := []struct {
		name, search string
		want         []ODSCode
	}{
		{"beginnings of words in any order", "man uni", []ODSCode{"R0A"}},
		{"the other way round", "uni man", []ODSCode{"R0A"}},
		{"every word must match", "man uni leeds", nil},
		{"by name", "manch", []ODSCode{"RXV", "R0A"}},
		{"not the middle of a word", "chester", nil},
		{"whatever the case", "MANCHESTER univ", []ODSCode{"R0A"}},
		{"without the accents", "glan yr afon", []ODSCode{"W01"}},
		{"with them", "Glân", []ODSCode{"W01"}},
		{"without the apostrophe", "kings", []ODSCode{"RJZ"}},
		{"with it", "king's col", []ODSCode{"RJZ"}},
		{"with another one", "King’s", []ODSCode{"RJZ"}},
		{"an ampersand for and", "luton and dun", []ODSCode{"RC971"}},
		{"and for an ampersand", "Luton & Dun", []ODSCode{"RC971"}},
		{"a letter missing", "mancester", []ODSCode{"RXV", "R0A"}},
		{"a letter too many", "leedds", []ODSCode{"RR8"}},
		{"a letter wrong", "laeds", []ODSCode{"RR8"}},
		{"two neighbours in each other's place count as one slip", "ledes", []ODSCode{"RR8"}},
		{"two slips in a long word", "maanchestr", []ODSCode{"RXV", "R0A"}},
		{"not three", "maanchsetr", nil},
		{"not two in a short one", "laedz", nil},
		{"none in a very short one", "nhz", nil},
		{"a slip at the beginning of a word half typed", "adenbro", []ODSCode{"RGT01"}},
		{"a slip in one word, not in the other", "cambrigde uni", []ODSCode{"RGT"}},
		{"the code first, then what begins with it", "RGT", []ODSCode{"RGT", "RGT01"}},
		{"the code in small letters", "rgt01", []ODSCode{"RGT01"}},
		{"the beginning of a code", "rc9", []ODSCode{"RC971"}},
		{"a code and a word", "rgt adden", []ODSCode{"RGT01"}},
		{"a code is never guessed at", "rgt02", nil},
		{"as typed comes before slips", "leeds", []ODSCode{"RR8"}},
		{"punctuation alone finds nothing", "'-.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, found(t, m, Filter{Search: test.search}, 0)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if all := found(t, m, Filter{Search: "  "}, 0); len(all) != 9 {
		t.Errorf("blanks find %d, want all", len(all))
	}
}

func TestMatchesAsTypedComeBeforeSlips(t *testing.T) {
	m := searchable(t, map[ODSCode]string{"RA1": "Aston Hall", "RA2": "Zeal Hill", "RA3": "Moss Hillside", "HILL": "Nowhere"})
	if diff := cmp.Diff([]ODSCode{"HILL", "RA3", "RA2", "RA1"}, found(t, m, Filter{Search: "hill"}, 0)); diff != "" {
		t.Error(diff)
	}
}

func TestSearchIsNarrowedByTheOtherFilters(t *testing.T) {
	records := fixture(t)
	records.Organisations[6].Active = false // the island
	m := newMap(t, records)
	open, closed := true, false
	before, after := day(t, "2026-03-31"), day(t, "2026-04-01")
	tests := []struct {
		name   string
		filter Filter
		on     Day
		want   []ODSCode
	}{
		{"open", Filter{Active: &open, Types: []Type{IndependentProvider}}, before, nil},
		{"closed", Filter{Active: &closed}, before, []ODSCode{island}},
		{"either", Filter{Types: []Type{IndependentProvider}}, before, []ODSCode{island}},
		{"several types", Filter{Types: []Type{IndependentProvider, NHSTrust}}, before, []ODSCode{trust, northTrust, southTrust, island}},
		{"an ICB", Filter{ICB: oldBoard}, before, []ODSCode{ward, hospital, trust}},
		{"an ICB after its last day", Filter{ICB: oldBoard}, after, nil},
		{"the ICB that took over", Filter{ICB: newBoard}, after, []ODSCode{ward, hospital, trust, northTrust}},
		{"a region", Filter{Region: south}, before, []ODSCode{southTrust, lentSite}},
		{"a region and an ICB of another", Filter{Region: south, ICB: oldBoard}, before, nil},
		{"words and an ICB", Filter{Search: "aire gen", ICB: oldBoard}, before, []ODSCode{hospital}},
		{"an ICB that is not there", Filter{ICB: "QZZ"}, before, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, found(t, m, test.filter, test.on)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPagesPutTogetherAreTheList(t *testing.T) {
	m := searchable(t, map[ODSCode]string{
		"HILL": "Nowhere", "RA1": "Hill Farm", "RA2": "Hill Farm", "RA3": "Hill House", "RA4": "Hall Green", "RA5": "Hull Royal", "RA6": "Dale",
	})
	filter := Filter{Search: "hill"}
	want := found(t, m, filter, 0)
	if len(want) != 6 {
		t.Fatalf("the list is %v", want)
	}
	for size := 1; size <= 7; size++ {
		if got := walk(t, m, filter, page.Request{Size: size}); !slices.Equal(got, want) {
			t.Errorf("forwards by %d: got %v, want %v", size, got, want)
		}
		got := walk(t, m, filter, page.Request{Size: size, Backward: true})
		if !slices.Equal(got, want) {
			t.Errorf("backwards by %d: got %v, want %v", size, got, want)
		}
	}
}

// A page is cut out of a whole country as it is out of a list.
func TestPagesOfACountryAreItsListCutUp(t *testing.T) {
	m := country(t, 3000)
	open := true
	for _, filter := range []Filter{{}, {Search: "s"}, {Search: "surgery"}, {Search: "chruch"}, {Types: []Type{Pharmacy}, Region: "Y01", Active: &open}} {
		matches := m.matches(filter, 0)
		all := matches.rows(0, matches.count())
		if len(all) != matches.count() || len(all) < 30 {
			t.Fatalf("%d are listed, %d counted", len(all), matches.count())
		}
		for i, each := range all {
			if matches.before(each) != i {
				t.Fatalf("before number %d there are %d", i, matches.before(each))
			}
		}
		for from := 0; from < len(all); from += 17 {
			to := min(from+29, len(all))
			if got := matches.rows(from, to); !slices.Equal(got, all[from:to]) {
				t.Fatalf("from %d to %d: got %v", from, to, got)
			}
		}
	}
}

// A page costs some bits for each organisation: less than a list of them would.
func TestAPageOfACountryIsNotACopyOfIt(t *testing.T) {
	const few, many, reference = 100, 5000, 8
	allocated := func(size int) uint64 {
		m := country(t, size)
		const runs = 10
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range runs {
			if _, err := m.Search(Filter{}, 0, page.Request{Size: 25}); err != nil {
				t.Fatal(err)
			}
		}
		runtime.ReadMemStats(&after)
		return (after.TotalAlloc - before.TotalAlloc) / runs
	}
	if less, more := allocated(few), allocated(many); more > less+many*reference/2 {
		t.Errorf("a page of %d takes %d bytes, one of %d takes %d", many, more, few, less)
	}
}

// walk gathers a list page by page, in reading order.
func walk(t testing.TB, m *Map, filter Filter, request page.Request) []ODSCode {
	t.Helper()
	var all []ODSCode
	for {
		connection, err := m.Search(filter, 0, request)
		if err != nil {
			t.Fatal(err)
		}
		var codes []ODSCode
		for _, edge := range connection.Edges {
			codes = append(codes, edge.Node.ODSCode)
		}
		info := connection.PageInfo
		if request.Backward {
			all, request.Before = append(codes, all...), info.StartCursor
			if !info.HasPreviousPage {
				return all
			}
			continue
		}
		all, request.After = append(all, codes...), info.EndCursor
		if !info.HasNextPage {
			return all
		}
	}
}

func TestACursorHoldsItsPlaceWhileOrganisationsComeAndGo(t *testing.T) {
	names := map[ODSCode]string{"RA1": "Alder", "RA3": "Cedar", "RA5": "Elm"}
	first, err := searchable(t, names).Search(Filter{}, 0, page.Request{Size: 2})
	if err != nil {
		t.Fatal(err)
	}
	delete(names, "RA3") // the one that the cursor names
	names["RA2"], names["RA4"] = "Beech", "Dogwood"
	second, err := searchable(t, names).Search(Filter{}, 0, page.Request{Size: 2, After: first.PageInfo.EndCursor})
	if err != nil {
		t.Fatal(err)
	}
	if len(second.Nodes) != 2 || second.Nodes[0].Name != "Dogwood" || second.Nodes[1].Name != "Elm" {
		t.Errorf("the second page holds %d", len(second.Nodes))
	}
}

func TestSearchRefusesACursorThatIsNotOurs(t *testing.T) {
	cursor := "bm90IGpzb24"
	_, err := searchable(t, map[ODSCode]string{"RA1": "Alder"}).Search(Filter{}, 0, page.Request{Size: 1, After: &cursor})
	if fault.KindOf(err) != fault.BadUserInput || strings.Contains(err.Error(), cursor) {
		t.Errorf("got %v", err)
	}
}

func TestASearchLongerThanAnyNameIsRefused(t *testing.T) {
	m := searchable(t, map[ODSCode]string{"RA1": strings.Repeat("é", longestName)})
	longest := strings.Repeat("é", longestName)
	if all := found(t, m, Filter{Search: longest}, 0); len(all) != 1 {
		t.Errorf("one that is just short enough finds %d", len(all))
	}
	if _, err := m.Search(Filter{Search: longest + "e"}, 0, page.Request{Size: 1}); fault.KindOf(err) != fault.BadUserInput {
		t.Errorf("got %v", err)
	}
}

func TestACursorOfARankThatIsNoneHasAPlaceAllTheSame(t *testing.T) {
	m := searchable(t, map[ODSCode]string{"RA1": "Alder", "RA2": "Beech"})
	for rank, want := range map[int]int{-1: 2, 0: 2, 1: 1, 2: 0, 99: 0} {
		cursor, err := page.EncodeCursor(position{Rank: rank, Name: "alder", Code: "RA1"})
		if err != nil {
			t.Fatal(err)
		}
		connection, err := m.Search(Filter{}, 0, page.Request{Size: 5, After: &cursor})
		if err != nil || len(connection.Nodes) != want {
			t.Errorf("after rank %d there are %d, want %d; %v", rank, len(connection.Nodes), want, err)
		}
	}
}

func TestAPageOfNothingStillCounts(t *testing.T) {
	connection, err := searchable(t, map[ODSCode]string{"RA1": "Alder"}).Search(Filter{}, 0, page.Request{})
	if err != nil || len(connection.Nodes) != 0 || connection.TotalCount != 1 || !connection.PageInfo.HasNextPage {
		t.Errorf("got %+v, %v", connection, err)
	}
}

func TestNothingLiesBetweenCursorsThatCross(t *testing.T) {
	m := searchable(t, map[ODSCode]string{"RA1": "Alder", "RA2": "Beech", "RA3": "Cedar"})
	whole, err := m.Search(Filter{}, 0, page.Request{Size: 3})
	if err != nil {
		t.Fatal(err)
	}
	first, last := whole.PageInfo.StartCursor, whole.PageInfo.EndCursor
	between, err := m.Search(Filter{}, 0, page.Request{Size: 3, After: first, Before: last})
	if err != nil || len(between.Nodes) != 1 || between.Nodes[0].Name != "Beech" {
		t.Errorf("between the first and the last: got %+v, %v", between, err)
	}
	crossed, err := m.Search(Filter{}, 0, page.Request{Size: 3, After: last, Before: first})
	if err != nil || len(crossed.Nodes) != 0 {
		t.Errorf("after the last and before the first: got %+v, %v", crossed, err)
	}
}
