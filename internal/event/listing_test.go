package event

import (
	"slices"
	"testing"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/page"
)

// turning is a map that is another one after its first answer: an ICB has won an
// organisation.
type turning struct{ Geography }

func (turning) Within(authz.Area, time.Time) []string { return []string{"RGT"} }

func (turning) Indexed(authz.Area, time.Time) (key, digest string, members []string) {
	return "I:QUE", "RGM and RGT", []string{"RGM", "RGT"}
}

// Whether a reader sees all of an area is asked of the organisations that its rows are of, though the map
// changes while the question is put: never of fewer.
func TestAnAreaIsSeenWholeByItsDigestsMembers(t *testing.T) {
	s := &Service{geography: turning{}}
	icb := authz.Area{Type: authz.AreaICB, Code: "QUE"}
	for name, asked := range map[string]struct {
		area   *authz.Area
		filter Filter
	}{
		"the area's own":  {&icb, Filter{}},
		"of a filter":     {nil, Filter{Icb: []string{"QUE"}}},
		"of both at once": {&icb, Filter{Icb: []string{"QUE"}}},
	} {
		t.Run(name, func(t *testing.T) {
			listing := Listing{Filter: asked.filter, Within: s.within(asked.filter, time.Now())}
			listing.Areas = s.members([]*authz.Area{asked.area}, time.Now())
			indexed := s.indexed([]*authz.Area{asked.area}, listing, time.Now())
			if len(indexed) != 1 || !slices.Equal(indexed[0].Members, []string{"RGM", "RGT"}) {
				t.Errorf("%+v", indexed)
			}
		})
	}
}

// What lies beyond a page is an error where it was not read, and never "nothing".
func TestWhatLiesBeyondAPageIsNotGuessed(t *testing.T) {
	asked := page.Request{Size: 1}
	for name, alone := range map[string]bool{"a page and one more": false, "a page alone": true} {
		records := []Record{{Parts: PartIdentity}, {Parts: PartIdentity}}
		if alone {
			records = records[:1]
		}
		listing := &Listing{Page: asked, Alone: alone, Areas: [][]string{nil}}
		info, err := (&Service{}).connection(listing, 0, records).PageInfo()
		if alone != (err != nil) || !alone && !info.HasNextPage {
			t.Errorf("%s: answered %v, %v", name, info, err)
		}
	}
}

func TestADraftIsNotLoadedWithoutWhatItSays(t *testing.T) {
	for status, want := range map[Status]bool{StatusSubmitted: true, StatusDraft: false} {
		v := View{Status: status, record: &Record{Parts: PartIdentity | PartKind}}
		if v.Loaded("kind") != want || v.Loaded("source") || v.Loaded("no such field") {
			t.Errorf("%s: of what was read kind is loaded: %v", status, v.Loaded("kind"))
		}
	}
}

// What a page was not read for is an error, and never taken for hidden: of an event nothing beside its answers is known to
// be shown without PartShown, nor its people without that or PartPeople.
func TestWhatIsShownBesideAnswersIsReadWhereItIsAskedFor(t *testing.T) {
	const read = PartIdentity | PartReference | PartReporter | PartTexts | PartRevision | PartDetails | PartKind | PartTaxonomyVersion | PartWithdrawal
	answers := map[string]bool{"id": true, "reference": true, "kind": true, "revision": true}
	beside := map[string]bool{
		"textView": true, "description": true, "details": true, "patients": true, "reporterContact": true, "withdrawal": true, "revisions": true,
	}
	for more, loaded := range map[Parts]map[string]bool{0: {}, PartPeople: {"reporter": true}, PartShown: beside} {
		v := View{Status: StatusSubmitted, record: &Record{Parts: read | more}}
		for _, fields := range []map[string]bool{answers, beside, {"reporter": true}} {
			for field := range fields {
				if want := answers[field] || loaded[field]; v.Loaded(field) != want {
					t.Errorf("with parts %b, %s is loaded: %v", more, field, !want)
				}
			}
		}
	}
}
