package organisation

import (
	"slices"
	"testing"

	"lfpse/internal/authz"
)

// What events are kept by is what areas hold: the pairs of every area are its members, and its digest stands for them.
func TestPlacementIsWithinTheOtherWayRound(t *testing.T) {
	m := newMap(t, fixture(t))
	for _, on := range []string{"2026-03-31", "2026-04-01"} {
		at := day(t, on).Start()
		placement := m.Placement(at)
		members := map[string][]string{}
		for i, area := range placement.Areas {
			members[area] = append(members[area], placement.Organisations[i])
		}
		for _, area := range areasOf(m) {
			key, digest, held := m.Indexed(area, at)
			want := m.Within(area, at)
			if !slices.Equal(held, want) {
				t.Errorf("%s: %s is said to hold %v, and holds %v", on, key, held, want)
			}
			got := members[key]
			slices.Sort(got)
			if !slices.Equal(got, want) || digest != Digest(want) || placement.Digests[key] != digest {
				t.Errorf("%s: %v is placed in %s, which holds %v", on, got, key, want)
			}
			delete(members, key)
		}
		if len(members) > 0 {
			t.Errorf("%s: nobody asked for %v", on, members)
		}
	}
}

// areasOf lists every area of a map, whether or not somebody lies in it.
func areasOf(m *Map) []authz.Area {
	areas := []authz.Area{{Type: authz.AreaNational}}
	for _, o := range m.Organisations() {
		areas = append(areas, authz.Area{Type: authz.AreaOrganisation, Code: string(o.ODSCode)})
	}
	for _, icb := range m.AllICBs() {
		areas = append(areas, authz.Area{Type: authz.AreaICB, Code: string(icb.ODSCode)})
	}
	for _, region := range m.Regions() {
		areas = append(areas, authz.Area{Type: authz.AreaRegion, Code: string(region.ODSCode)})
	}
	return areas
}
