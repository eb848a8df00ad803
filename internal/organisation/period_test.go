package organisation

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lfpse/internal/authz"
)

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestWithin(t *testing.T) {
	m := newMap(t, fixture(t))
	organisation := func(code ODSCode) authz.Area { return authz.Area{Type: authz.AreaOrganisation, Code: string(code)} }
	icb := func(code ODSCode) authz.Area { return authz.Area{Type: authz.AreaICB, Code: string(code)} }
	region := func(code ODSCode) authz.Area { return authz.Area{Type: authz.AreaRegion, Code: string(code)} }
	const (
		before = "2026-03-31T22:59:59Z" // a second to midnight in London, where summer time has begun
		merged = "2026-03-31T23:00:00Z"
		eve    = "2026-12-31T23:59:59Z"
		handed = "2027-01-01T00:00:00Z"
	)
	tests := []struct {
		name string
		area authz.Area
		at   string
		want []string
	}{
		{"an organisation holds its sites at any depth", organisation(trust), before, []string{"RAA", "RAA01", "RAA0101", "RAA02"}},
		{"a site holds what is under it, not its parent", organisation(hospital), before, []string{"RAA01", "RAA0101"}},
		{"an unknown organisation holds nothing", organisation("RZZ"), before, nil},
		{"an ICB's code names no organisation", organisation(oldBoard), before, nil},
		{"an ICB holds its organisations and their sites", icb(oldBoard), before, []string{"RAA", "RAA01", "RAA0101"}},
		{"a site with a membership of its own follows that", icb(endingBoard), before, []string{"RAA02", "RCC"}},
		{"an ICB yet to come holds nothing", icb(newBoard), before, nil},
		{"a merged ICB's organisations pass to the new one", icb(newBoard), merged, []string{"RAA", "RAA01", "RAA0101", "RBB"}},
		{"an abolished ICB holds nothing", icb(oldBoard), merged, nil},
		{"an ICB still holds its organisations on its last day", icb(endingBoard), eve, []string{"RAA02", "RCC"}},
		{"a successor does not hold them a day sooner", icb(succeedingBoard), eve, nil},
		{"a successor holds them without a row for each", icb(succeedingBoard), handed, []string{"RAA02", "RCC"}},
		{"one that has handed over holds nothing", icb(endingBoard), handed, nil},
		{"a region holds what its ICBs hold", region(north), before, []string{"RAA", "RAA01", "RAA0101"}},
		{"a region holds what joins an ICB of it", region(north), merged, []string{"RAA", "RAA01", "RAA0101", "RBB"}},
		{"a region keeps what a successor of it takes over", region(south), handed, []string{"RAA02", "RCC"}},
		{"an unknown region holds nothing", region("Y99"), merged, nil},
		{"the national area is not listed", authz.Area{Type: authz.AreaNational}, merged, nil},
		{"an unknown type of area holds nothing", authz.Area{Type: "PLANET", Code: "RAA"}, merged, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, m.Within(test.area, instant(t, test.at))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Around is Within the other way round: an area is around an organisation where,
// and only where, the organisation is within it.
func TestAroundIsWithinTheOtherWayRound(t *testing.T) {
	m := newMap(t, fixture(t))
	var areas []authz.Area
	for _, o := range m.Organisations() {
		areas = append(areas, authz.Area{Type: authz.AreaOrganisation, Code: string(o.ODSCode)})
	}
	for _, icb := range m.AllICBs() {
		areas = append(areas, authz.Area{Type: authz.AreaICB, Code: string(icb.ODSCode)})
	}
	for _, region := range m.Regions() {
		areas = append(areas, authz.Area{Type: authz.AreaRegion, Code: string(region.ODSCode)})
	}
	found := 0
	for _, at := range []string{"2026-03-31T22:59:59Z", "2026-03-31T23:00:00Z", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"} {
		for _, o := range m.Organisations() {
			around := m.Around(o.ODSCode, instant(t, at))
			if len(around) == 0 || around[0].Code != string(o.ODSCode) {
				t.Errorf("around %s are %v, not itself first", o.ODSCode, around)
			}
			for _, area := range areas {
				within := slices.Contains(m.Within(area, instant(t, at)), string(o.ODSCode))
				if slices.Contains(around, area) != within {
					t.Errorf("at %s %s lies within %v: %v", at, o.ODSCode, area, within)
				}
				if within {
					found++
				}
			}
		}
	}
	if found < 20 || m.Around("RZZ", instant(t, "2027-01-01T00:00:00Z")) != nil {
		t.Errorf("%d were found", found)
	}
}

func TestWithinAnswersTheSameWhateverWasAskedBefore(t *testing.T) {
	shared := newMap(t, fixture(t))
	areas := []authz.Area{{Type: authz.AreaICB, Code: "QA1"}, {Type: authz.AreaICB, Code: "QA2"}, {Type: authz.AreaRegion, Code: "Y02"}}
	var wait sync.WaitGroup
	for _, s := range []string{"2025-01-01T00:00:00Z", "2026-05-01T00:00:00Z", "2028-01-01T00:00:00Z", "2026-03-31T12:00:00Z"} {
		at := instant(t, s)
		wait.Go(func() {
			for range 50 {
				for _, area := range areas {
					want := newMap(t, fixture(t)).Within(area, at)
					if got := shared.Within(area, at); !slices.Equal(got, want) {
						t.Errorf("%v at %s: got %v, want %v", area, at, got, want)
					}
				}
			}
		})
	}
	wait.Wait()
}

func TestWithinIsTheCallersToChange(t *testing.T) {
	m := newMap(t, fixture(t))
	area, at := authz.Area{Type: authz.AreaICB, Code: "QA1"}, instant(t, "2026-01-01T00:00:00Z")
	m.Within(area, at)[0] = "changed"
	if got := m.Within(area, at)[0]; got != "RAA" {
		t.Errorf("a caller's change reached the map: %s", got)
	}
}

func TestNextChangeIsMidnightInLondon(t *testing.T) {
	m := newMap(t, fixture(t))
	tests := []struct{ name, at, want string }{
		{"in summer time an hour before midnight in Greenwich", "2026-02-01T12:00:00Z", "2026-03-31T23:00:00Z"},
		{"a moment before", "2026-03-31T22:59:59Z", "2026-03-31T23:00:00Z"},
		{"after the change, never the change itself", "2026-03-31T23:00:00Z", "2027-01-01T00:00:00Z"},
		{"in winter midnight in Greenwich", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := m.NextChange(instant(t, test.at)); !got.Equal(instant(t, test.want)) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	if got := m.NextChange(instant(t, "2027-01-01T00:00:00Z")); !got.IsZero() {
		t.Errorf("after the last change: got %s, want the zero time", got)
	}
}

// Whoever keeps an answer until NextChange never keeps a wrong one.
func TestNothingChangesBetweenChanges(t *testing.T) {
	m := newMap(t, fixture(t))
	areas := []authz.Area{
		{Type: authz.AreaICB, Code: "QA1"}, {Type: authz.AreaICB, Code: "QA2"}, {Type: authz.AreaICB, Code: "QB1"},
		{Type: authz.AreaICB, Code: "QB2"}, {Type: authz.AreaRegion, Code: "Y01"}, {Type: authz.AreaRegion, Code: "Y02"},
	}
	changed := 0
	for at := instant(t, "2026-01-01T00:30:00Z"); at.Year() < 2028; at = at.Add(time.Hour) {
		next, later := m.NextChange(at), at.Add(time.Hour)
		for _, area := range areas {
			if slices.Equal(m.Within(area, at), m.Within(area, later)) {
				continue
			}
			changed++
			if next.IsZero() || !next.After(at) || next.After(later) {
				t.Fatalf("%v changed between %s and %s, which NextChange did not tell: %s", area, at, later, next)
			}
		}
	}
	if changed == 0 {
		t.Fatal("the fixture never changed")
	}
}

func TestICBAndRegionOfADay(t *testing.T) {
	m := newMap(t, fixture(t))
	tests := []struct {
		name, on    string
		code        ODSCode
		icb, region ODSCode
	}{
		{"before a merger", "2026-03-31", trust, oldBoard, north},
		{"on the day of a merger", "2026-04-01", trust, newBoard, north},
		{"a site deep down follows its trust", "2026-04-01", ward, newBoard, north},
		{"a site with a membership of its own", "2026-04-01", lentSite, endingBoard, south},
		{"a successor", "2027-01-01", southTrust, succeedingBoard, south},
		{"before it belonged anywhere", "2026-03-31", northTrust, "", ""},
		{"one that belongs nowhere", "2026-03-31", island, "", ""},
		{"an unknown one", "2026-03-31", "RZZ", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var icb, region ODSCode
			if found := m.ICBOf(test.code, day(t, test.on)); found != nil {
				icb = found.ODSCode
			}
			if found := m.RegionOf(test.code, day(t, test.on)); found != nil {
				region = found.ODSCode
			}
			if icb != test.icb || region != test.region {
				t.Errorf("got %q in %q, want %q in %q", icb, region, test.icb, test.region)
			}
		})
	}
}

func TestEveryICBHasARegionOnEveryDay(t *testing.T) {
	m := newMap(t, fixture(t))
	for _, on := range []string{"1999-01-01", "2026-04-01", "2099-01-01"} {
		for _, icb := range m.AllICBs() {
			if m.RegionOfICB(icb.ODSCode, day(t, on)) == nil {
				t.Errorf("%s has none on %s", icb.ODSCode, on)
			}
		}
	}
}

func TestAnICBMovesToAnotherRegionOnItsDay(t *testing.T) {
	records := fixture(t)
	move := day(t, "2026-07-01")
	records.Regional[1].Until = move - 1
	records.Regional = append(records.Regional, Relation{Of: newBoard, In: south, From: move, Until: Forever})
	m := newMap(t, records)
	for _, test := range []struct {
		on   Day
		want ODSCode
	}{{move - 1, north}, {move, south}, {day(t, "2026-01-01"), north}} {
		if got := m.RegionOfICB(newBoard, test.on); got.ODSCode != test.want {
			t.Errorf("on %s: got %s, want %s", test.on, got.ODSCode, test.want)
		}
	}
	if got := m.RegionOf(trust, move); got == nil || got.ODSCode != south {
		t.Errorf("its organisations did not move with it: %v", got)
	}
}

func TestICBsOfADay(t *testing.T) {
	m := newMap(t, fixture(t))
	list := func(icbs []*ICB) (codes []ODSCode) {
		for _, icb := range icbs {
			codes = append(codes, icb.ODSCode)
		}
		return codes
	}
	tests := []struct {
		name string
		got  []*ICB
		want []ODSCode
	}{
		{"before the merger", m.ICBs(day(t, "2026-03-31")), []ODSCode{endingBoard, oldBoard, succeedingBoard}},
		{"after it", m.ICBs(day(t, "2026-04-01")), []ODSCode{endingBoard, newBoard, succeedingBoard}},
		{"all there ever were", m.AllICBs(), []ODSCode{endingBoard, newBoard, oldBoard, succeedingBoard}},
		{"of a region", m.ICBsOf(north, day(t, "2026-04-01")), []ODSCode{newBoard}},
		{"of a region after a succession", m.ICBsOf(south, day(t, "2027-01-01")), []ODSCode{succeedingBoard}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, list(test.got)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestAnICBHoldsNothingBeforeItsFirstDay(t *testing.T) {
	records := fixture(t)
	records.Memberships[2].From = Always // a trust put in the new board before there was one
	later := day(t, "2028-01-01")
	records.ICBs[3].From = &later // a successor that begins a year after what it succeeds
	m := newMap(t, records)
	if icb := m.ICBOf(northTrust, day(t, "2026-03-31")); icb != nil {
		t.Errorf("before its ICB began it belongs to %s", icb.ODSCode)
	}
	if icb := m.ICBOf(southTrust, day(t, "2027-06-01")); icb != nil {
		t.Errorf("between two ICBs it belongs to %s", icb.ODSCode)
	}
	if icb := m.ICBOf(southTrust, later); icb == nil || icb.ODSCode != succeedingBoard {
		t.Errorf("when the successor has begun it belongs to %v", icb)
	}
}

func TestAnICBsOwnDaysAreChangesToo(t *testing.T) {
	records := fixture(t)
	for i := range records.Regional {
		records.Regional[i].From, records.Regional[i].Until = Always, Forever
	}
	m := newMap(t, records)
	handover := instant(t, "2027-01-01T00:00:00Z")
	if got := m.NextChange(handover.Add(-time.Hour)); !got.Equal(handover) {
		t.Errorf("got %s, want %s, when one ICB hands over to another", got, handover)
	}
	area := authz.Area{Type: authz.AreaICB, Code: string(endingBoard)}
	if m.Within(area, handover.Add(-time.Second)) == nil || m.Within(area, handover) != nil {
		t.Error("the ICB does not end on its last day")
	}
}
