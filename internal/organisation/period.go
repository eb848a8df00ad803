package organisation

import (
	"slices"
	"sort"
	"time"

	"lfpse/internal/authz"
)

// ICBOf answers the ICB that an organisation belongs to on a day, nil for none. A site
// belongs to its parent's unless it has a membership of its own on that day; an
// ICB that has been abolished by then stands for its successor.
func (m *Map) ICBOf(code ODSCode, on Day) *ICB {
	for o := m.ByCode(code); o != nil; o = m.ParentOf(o.ODSCode) {
		if icb := m.memberships.on(o.ODSCode, on); icb != "" {
			return m.heir(icb, on)
		}
	}
	return nil
}

// heir follows successors to the ICB that stands for one on a day.
func (m *Map) heir(code ODSCode, on Day) *ICB {
	for icb := m.icbByCode[code]; icb != nil; icb = m.icbByCode[icb.SuccessorCode] {
		life := icb.lifetime()
		if on < life.from {
			return nil
		}
		if on <= life.until {
			return icb
		}
	}
	return nil
}

// RegionOf answers the region that an organisation lies in on a day: its ICB's;
// nil for none.
func (m *Map) RegionOf(code ODSCode, on Day) *Region {
	icb := m.ICBOf(code, on)
	if icb == nil {
		return nil
	}
	return m.regionByCode[m.regional.on(icb.ODSCode, on)]
}

// RegionOfICB answers the region that an ICB lies in on a day. For a day that is not
// one of the ICB's it is the region that it was last in, or will first be, so
// that every ICB has one.
func (m *Map) RegionOfICB(code ODSCode, on Day) *Region {
	return m.regionByCode[m.regional.near(code, on)]
}

// ICBsOf lists the ICBs that exist in a region on a day, by name.
func (m *Map) ICBsOf(region ODSCode, on Day) []*ICB {
	var found []*ICB
	for _, icb := range m.icbs {
		if icb.Exists(on) && m.regional.on(icb.ODSCode, on) == region {
			found = append(found, icb)
		}
	}
	return found
}

// Within lists the codes of the organisations that an area holds at an instant,
// sorted: an organisation and its sites at any depth; all that belongs to an
// ICB, or to an ICB of a region, on that day. It is empty for an area that does
// not exist then, and nil for the national area, which holds all and is never
// to be listed.
func (m *Map) Within(area authz.Area, at time.Time) []string {
	switch area.Type {
	case authz.AreaOrganisation:
		return m.family(ODSCode(area.Code))
	case authz.AreaICB:
		return slices.Clone(m.period(DayOf(at)).inICB[ODSCode(area.Code)])
	case authz.AreaRegion:
		return slices.Clone(m.period(DayOf(at)).inRegion[ODSCode(area.Code)])
	}
	return nil
}

// Around answers the areas that hold an organisation at an instant: itself, its
// parents from the nearest on, its ICB and its region; none for a code that is
// nobody's. It is Within the other way round.
func (m *Map) Around(code ODSCode, at time.Time) []authz.Area {
	var areas []authz.Area
	for o := m.ByCode(code); o != nil; o = m.ParentOf(o.ODSCode) {
		areas = append(areas, authz.Area{Type: authz.AreaOrganisation, Code: string(o.ODSCode)})
	}
	if len(areas) == 0 {
		return nil
	}
	on := DayOf(at)
	if icb := m.ICBOf(code, on); icb != nil {
		areas = append(areas, authz.Area{Type: authz.AreaICB, Code: string(icb.ODSCode)})
	}
	if region := m.RegionOf(code, on); region != nil {
		areas = append(areas, authz.Area{Type: authz.AreaRegion, Code: string(region.ODSCode)})
	}
	return areas
}

// Homes lists the organisations that belong to an ICB at an instant, beside that ICB
// and its region, "" for none. The lists are shared, and not to be changed.
func (m *Map) Homes(at time.Time) (organisations, icbs, regions []string) {
	p := m.period(DayOf(at))
	return p.placed, p.icbs, p.regions
}

func (m *Map) family(code ODSCode) []string {
	if m.ByCode(code) == nil {
		return nil
	}
	found := []string{string(code)}
	for i := 0; i < len(found); i++ {
		for _, site := range m.sites[ODSCode(found[i])] {
			found = append(found, string(site.ODSCode))
		}
	}
	slices.Sort(found)
	return found
}

// NextChange is the first instant after at at which the map may change: midnight in
// London; the zero time where no change is known.
func (m *Map) NextChange(at time.Time) time.Time {
	i := m.changesUntil(DayOf(at))
	if i == len(m.changes) {
		return time.Time{}
	}
	return m.changes[i].Start()
}

// changesUntil counts the changes that have happened by a day, that day
// included.
func (m *Map) changesUntil(on Day) int {
	return sort.Search(len(m.changes), func(i int) bool { return m.changes[i] > on })
}

// period is a run of days on which nothing changes, with what belongs where.
type period struct {
	span
	inICB          map[ODSCode][]string // codes, sorted
	inRegion       map[ODSCode][]string
	placesInICB    map[ODSCode]places
	placesInRegion map[ODSCode]places

	// Every organisation that belongs to an ICB, beside the ICB and its region.
	placed, icbs, regions []string
	// What stands for the members of ICBs and regions, by AreaKey.
	digests map[string]string
}

// period answers the one that a day falls in. Only the last is kept: decisions
// and searches ask for today, and what happens once a day may be worked out again.
func (m *Map) period(on Day) *period {
	if p := m.today.Load(); p != nil && p.contains(on) {
		return p
	}
	p := m.newPeriod(on)
	m.today.Store(p)
	return p
}

func (m *Map) newPeriod(on Day) *period {
	p := &period{
		span:           m.spanAround(on),
		inICB:          map[ODSCode][]string{},
		inRegion:       map[ODSCode][]string{},
		placesInICB:    map[ODSCode]places{},
		placesInRegion: map[ODSCode]places{},
		digests:        map[string]string{},
	}
	for _, place := range m.names.codePlaces { // by code, so that the lists are sorted
		o := m.organisations[place]
		icb := m.ICBOf(o.ODSCode, on)
		if icb == nil {
			continue
		}
		m.place(p.inICB, p.placesInICB, icb.ODSCode, int(place))
		region := m.regional.on(icb.ODSCode, on)
		if region != "" {
			m.place(p.inRegion, p.placesInRegion, region, int(place))
		}
		p.placed = append(p.placed, string(o.ODSCode))
		p.icbs, p.regions = append(p.icbs, string(icb.ODSCode)), append(p.regions, string(region))
	}
	for code, members := range p.inICB {
		p.digests[AreaKey(authz.Area{Type: authz.AreaICB, Code: string(code)})] = Digest(members)
	}
	for code, members := range p.inRegion {
		p.digests[AreaKey(authz.Area{Type: authz.AreaRegion, Code: string(code)})] = Digest(members)
	}
	return p
}

// place puts an organisation in an area.
func (m *Map) place(listed map[ODSCode][]string, placed map[ODSCode]places, area ODSCode, place int) {
	listed[area] = append(listed[area], string(m.organisations[place].ODSCode))
	if placed[area] == nil {
		placed[area] = noPlaces(len(m.organisations))
	}
	placed[area].put(place)
}

func (m *Map) spanAround(on Day) span {
	s := span{from: Always, until: Forever}
	i := m.changesUntil(on)
	if i > 0 {
		s.from = m.changes[i-1]
	}
	if i < len(m.changes) {
		s.until = m.changes[i] - 1
	}
	return s
}
