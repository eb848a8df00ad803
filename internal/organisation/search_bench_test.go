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

// country makes a map of practices, pharmacies and trusts.
func country(tb testing.TB, size int) *Map {
	tb.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	syllables := []string{"ash", "bur", "ches", "dal", "el", "ford", "gar", "ham", "ing", "ley", "mar", "nor", "ox", "pen", "ton", "wick", "wor", "thorpe"}
	kinds := []string{"Medical Centre", "Surgery", "Pharmacy", "Dental Practice", "Health Centre", "Hospital", "NHS Foundation Trust", "University Hospitals"}
	word := func() string {
		var b strings.Builder
		for range 2 + random.IntN(2) {
			b.WriteString(syllables[random.IntN(len(syllables))])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	records := Records{
		Regions:  []Region{{UUID: uuid.New(), ODSCode: north, Name: "North"}},
		ICBs:     []ICB{{UUID: uuid.New(), ODSCode: oldBoard, Name: "Board"}},
		Regional: []Relation{{Of: oldBoard, In: north, From: Always, Until: Forever}},
	}
	for i := range size {
		code := ODSCode(fmt.Sprintf("V%05d", i))
		name := word() + " " + word() + " " + kinds[random.IntN(len(kinds))]
		records.Organisations = append(records.Organisations, Organisation{UUID: uuid.New(), ODSCode: code, Name: name, Type: GPPractice, Active: true})
		records.Memberships = append(records.Memberships, Relation{Of: code, In: oldBoard, From: Always, Until: Forever})
	}
	return newMap(tb, records)
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

// Each benchmark reports, beside its own time, how many times as long a scan of
// all takes.
func BenchmarkSearch(b *testing.B) {
	m := country(b, englandsSize)
	for _, search := range []string{"m", "marton", "uni hosp", "pharmcay norham", "burlye health", "V0012"} {
		b.Run(strings.ReplaceAll(search, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Search(Filter{Search: search}, 0, page.Request{Size: 25}); err != nil {
					b.Fatal(err)
				}
			}
			started := time.Now()
			scan(m, search)
			b.ReportMetric(float64(time.Since(started).Nanoseconds())/(float64(b.Elapsed().Nanoseconds())/float64(b.N)), "×scan")
		})
	}
}

func BenchmarkNewMap(b *testing.B) {
	m := country(b, englandsSize)
	records := Records{Regions: []Region{*m.regions[0]}, ICBs: []ICB{*m.icbs[0]}, Regional: m.regional[oldBoard]}
	for _, o := range m.organisations {
		records.Organisations = append(records.Organisations, *o)
		records.Memberships = append(records.Memberships, m.memberships[o.ODSCode]...)
	}
	for b.Loop() {
		newMap(b, records)
	}
}

func TestSearchFindsInACountryWhatAScanFinds(t *testing.T) {
	m := country(t, 3000)
	for _, search := range []string{"marton", "uni hosp", "pharmcay norham", "burlye health", "oxt wick"} {
		connection, err := m.Search(Filter{Search: search}, 0, page.Request{Size: 1})
		if err != nil {
			t.Fatal(err)
		}
		if want := scan(m, search); connection.TotalCount != want || want == 0 {
			t.Errorf("%q: got %d, want %d", search, connection.TotalCount, want)
		}
	}
}
