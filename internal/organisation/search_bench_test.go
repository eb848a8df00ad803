package organisation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/page"
)

// englandsSize is about how many organisations and sites there are in England.
const englandsSize = 50_000

// kindOf is a kind of organisation: how its code begins and what its names end in.
type kindOf struct {
	of      Type
	code    string
	endings []string
}

var kinds = []kindOf{
	{GPPractice, "%c8%04d", []string{"Surgery", "Medical Centre", "Health Centre", "Medical Practice", "Group Practice", "Family Practice", "Surgery Branch"}},
	{Pharmacy, "F%c%03d", []string{"Pharmacy", "Chemist", "Late Night Pharmacy", "Dispensing Chemist"}},
	{DentalPractice, "V%c%04d", []string{"Dental Practice", "Dental Surgery", "Dental Care", "Orthodontics", "Smile Clinic"}},
	{Optometry, "TP%c%02d", []string{"Opticians", "Eye Care", "Optometrists"}},
	{CareHome, "VL%c%02d", []string{"House", "Lodge", "Nursing Home", "Care Home", "Court"}},
	{NHSTrustSite, "R%c%03d", []string{"Hospital", "Community Hospital", "General Hospital", "Birth Centre"}},
}

// country makes a map of practices, pharmacies, dentists and others: named after where they are or whose they are, in three regions of
// fourteen ICBs each.
func country(tb testing.TB, size int) *Map {
	tb.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	syllables := []string{"ash", "bur", "ches", "dal", "el", "ford", "gar", "ham", "ing", "ley", "mar", "nor", "ox", "pen", "ton", "wick", "wor", "thorpe"}
	capital := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
	place := func() string { return capital(pick(syllables) + pick(syllables)) }
	person := func() string { return capital(pick(syllables) + pick(syllables) + pick(syllables)) }
	street := func() string {
		return pick([]string{"Church", "High", "Station", "Mill", "Park", "Victoria", "Queen's", "King's", "St John's", "Manor"}) + " " + pick([]string{"Road", "Street", "Lane", "Hill", "Green"})
	}
	records := boards()
	taken := map[ODSCode]bool{}
	for len(records.Organisations) < size {
		kind := kinds[random.IntN(len(kinds))]
		code := ODSCode(fmt.Sprintf(kind.code, 'A'+random.IntN(26), random.IntN(10_000)))
		if len(code) > 6 || taken[code] {
			code = ODSCode(fmt.Sprintf("%c%c%05d", 'A'+random.IntN(26), 'A'+random.IntN(26), len(records.Organisations)))
		}
		taken[code] = true
		name := pick([]string{place() + " " + street(), street(), place(), "The " + place(), "Dr " + person() + " & Partners,", person() + "'s " + place()}) + " " + pick(kind.endings)
		records.Organisations = append(records.Organisations, Organisation{UUID: uuid.New(), ODSCode: code, Name: name, Type: kind.of, Active: random.IntN(20) > 0})
		board := records.ICBs[random.IntN(len(records.ICBs))].ODSCode
		records.Memberships = append(records.Memberships, Relation{Of: code, In: board, From: Always, Until: Forever})
	}
	return newMap(tb, records)
}

func boards() Records {
	var records Records
	for r := range 3 {
		region := ODSCode(fmt.Sprintf("Y%02d", r))
		records.Regions = append(records.Regions, Region{UUID: uuid.New(), ODSCode: region, Name: "Region"})
		for b := range 14 {
			board := ODSCode(fmt.Sprintf("Q%d%c", r, 'A'+b))
			records.ICBs = append(records.ICBs, ICB{UUID: uuid.New(), ODSCode: board, Name: "Board"})
			records.Regional = append(records.Regional, Relation{Of: board, In: region, From: Always, Until: Forever})
		}
	}
	return records
}

// scan is the search as one would first write it: every organisation, every
// word, every time.
func scan(m *Map, search string) int {
	wanted := words(search)
	count := 0
	for _, o := range m.organisations {
		own := words(o.Name)
		all := true
		for _, w := range wanted {
			all = all && slices.ContainsFunc(own, func(candidate string) bool {
				return strings.HasPrefix(candidate, w) || meantByDefinition([]rune(w), []rune(candidate))
			})
		}
		if all {
			count++
		}
	}
	return count
}

// plain is the least that a search can do by going through all: small letters made beforehand, no slips forgiven, no order,
// a page of those that hold every word.
func plain(names []string, search string) (found []string, count int) {
	wanted := strings.Fields(strings.ToLower(search))
	for _, name := range names {
		if slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(name, w) }) {
			continue
		}
		if count++; count <= page.DefaultSize {
			found = append(found, name)
		}
	}
	return found, count
}

// Each benchmark reports, beside its own time, how many times as long it takes to go through all: with everything that
// the search does, and as plainly as can be.
func BenchmarkSearch(b *testing.B) {
	m := country(b, englandsSize)
	names := make([]string, len(m.organisations))
	for i, o := range m.organisations {
		names[i] = strings.ToLower(o.Name + " " + string(o.ODSCode))
	}
	open := true
	for _, c := range []struct {
		name   string
		filter Filter
	}{
		{"everything", Filter{}},
		{"one letter", Filter{Search: "m"}},
		{"the commonest letter", Filter{Search: "s"}},
		{"two letters", Filter{Search: "ch"}},
		{"a common word", Filter{Search: "surgery"}},
		{"another", Filter{Search: "pharmacy"}},
		{"half of one", Filter{Search: "prac"}},
		{"common words", Filter{Search: "surgery road church"}},
		{"parts in any order", Filter{Search: "surg marton mill"}},
		{"a person", Filter{Search: "partners thorpewick"}},
		{"a code's beginning", Filter{Search: "f1"}},
		{"a code", Filter{Search: "FA123"}},
		{"a common word misspelt", Filter{Search: "pharmcay"}},
		{"a long word misspelt", Filter{Search: "orthodonitcs"}},
		{"two words misspelt", Filter{Search: "sugrery chruch"}},
		{"a short word misspelt", Filter{Search: "mlil"}},
		{"nothing", Filter{Search: "zzzzzz"}},
		{"many words", Filter{Search: "dr the st mill church surgery practice house road lane"}},
		{"as many words as may be", Filter{Search: strings.Repeat("s m ", longestName/4)}},
		{"as many slips as may be", Filter{Search: strings.Repeat("surgary ", longestName/8)}},
		{"a word as long as may be", Filter{Search: strings.Repeat("surgery", longestName/7)}},
		{"open ones of a type in a region", Filter{Search: "s", Types: []Type{GPPractice, Pharmacy}, Region: "Y01", Active: &open}},
		{"all of an ICB", Filter{ICB: "Q1C", Active: &open}},
	} {
		b.Run(strings.ReplaceAll(c.name, " ", "_"), func(b *testing.B) {
			ratio(b, func() { search(b, m, c.filter, page.Request{Size: page.DefaultSize}) }, map[string]func(){
				"×scan":  func() { scan(m, c.filter.Search) },
				"×plain": func() { plain(names, c.filter.Search) },
			})
		})
	}
}

func BenchmarkPage(b *testing.B) {
	m := country(b, englandsSize)
	filter := Filter{Search: "s"}
	middle, err := m.cursorAt(filter, 12_000)
	if err != nil {
		b.Fatal(err)
	}
	for name, request := range map[string]page.Request{
		"the first":         {Size: page.MaxSize},
		"the last":          {Size: page.MaxSize, Backward: true},
		"after the middle":  {Size: page.MaxSize, After: &middle},
		"before the middle": {Size: page.MaxSize, Before: &middle, Backward: true},
	} {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			ratio(b, func() { search(b, m, filter, request) }, map[string]func(){"×scan": func() { scan(m, filter.Search) }})
		})
	}
}

// cursorAt is the cursor of a place in a list.
func (m *Map) cursorAt(filter Filter, place int) (string, error) {
	connection, err := m.Search(filter, 0, page.Request{Size: place})
	if err != nil {
		return "", err
	}
	return *connection.PageInfo.EndCursor, nil
}

func search(b *testing.B, m *Map, filter Filter, request page.Request) {
	if _, err := m.Search(filter, 0, request); err != nil {
		b.Fatal(err)
	}
}

// ratio runs one thing as a benchmark and others beside it, and reports how many times as long they take.
func ratio(b *testing.B, run func(), others map[string]func()) {
	b.ReportAllocs()
	for b.Loop() {
		run()
	}
	own := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	for name, other := range others {
		started := time.Now()
		other()
		b.ReportMetric(float64(time.Since(started).Nanoseconds())/own, name)
	}
}

func BenchmarkNewMap(b *testing.B) {
	m := country(b, englandsSize)
	records := boards()
	for _, o := range m.organisations {
		records.Organisations = append(records.Organisations, *o)
		records.Memberships = append(records.Memberships, m.memberships[o.ODSCode]...)
	}
	for b.Loop() {
		newMap(b, records)
	}
}

// The first question about a day costs more than those after it.
func BenchmarkTheFirstSearchOfADay(b *testing.B) {
	m := country(b, englandsSize)
	for b.Loop() {
		m.today.Store(nil)
		search(b, m, Filter{ICB: "Q1C"}, page.Request{Size: page.DefaultSize})
	}
}

func TestSearchFindsInACountryWhatAScanFinds(t *testing.T) {
	m := country(t, 3000)
	for _, search := range []string{"marton", "surg mill", "pharmcay norham", "burlye", "oxt road", "chruch road"} {
		connection, err := m.Search(Filter{Search: search}, 0, page.Request{Size: 1})
		if err != nil {
			t.Fatal(err)
		}
		if want := scan(m, search); connection.TotalCount != want || want == 0 {
			t.Errorf("%q: got %d, want %d", search, connection.TotalCount, want)
		}
	}
}
