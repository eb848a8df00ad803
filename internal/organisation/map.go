package organisation

import (
	"cmp"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/google/uuid"
)

// Map is an immutable picture of the whole map at one edition. It may be used
// by any number of goroutines; what it points at must not be changed.
type Map struct {
	edition       Edition
	organisations []*Organisation // by name, then code
	places        map[ODSCode]int // where an organisation stands in organisations
	sites         map[ODSCode][]*Organisation
	icbs          []*ICB // by name, then code
	regions       []*Region
	icbByCode     map[ODSCode]*ICB
	regionByCode  map[ODSCode]*Region
	areas         map[uuid.UUID]any // *Organisation, *ICB or *Region
	memberships   relations
	regional      relations
	changes       []Day // every first day of a changed map, in order
	names         *nameIndex
	open          places
	ofType        map[Type]places

	today atomic.Pointer[period] // the period last asked for: nearly always today's
}

// NewMap makes a map of records. Records that contradict themselves are refused by name: parents or
// successors that form a circle, codes that stand for nothing, two memberships
// on one day, an ICB without a region.
func NewMap(records Records) (*Map, error) {
	if err := records.check(); err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	memberships, err := newRelations(records.Memberships, "organisation")
	if err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	regional, err := newRelations(records.Regional, "ICB")
	if err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	m := &Map{
		edition:      records.Edition,
		places:       make(map[ODSCode]int, len(records.Organisations)),
		sites:        map[ODSCode][]*Organisation{},
		icbByCode:    map[ODSCode]*ICB{},
		regionByCode: map[ODSCode]*Region{},
		areas:        make(map[uuid.UUID]any, len(records.Organisations)),
		memberships:  memberships,
		regional:     regional,
		changes:      changes(records),
	}
	m.addOrganisations(records.Organisations)
	m.addICBs(records.ICBs)
	m.addRegions(records.Regions)
	m.names = newNameIndex(m.organisations)
	m.sortOut()
	m.period(records.Day) // made now, so that nobody's question waits for it
	return m, nil
}

func (m *Map) addOrganisations(all []Organisation) {
	sorted := make([]named[Organisation], len(all))
	for i, o := range all {
		sorted[i] = named[Organisation]{key: sortKey(o.Name), code: o.ODSCode, of: &o}
	}
	m.organisations = byName(sorted)
	for i, o := range m.organisations {
		m.places[o.ODSCode] = i
		m.areas[o.UUID] = o
		if o.ParentCode != "" {
			m.sites[o.ParentCode] = append(m.sites[o.ParentCode], o)
		}
	}
}

// sortOut notes who is open and who is of which type.
func (m *Map) sortOut() {
	m.open, m.ofType = noPlaces(len(m.organisations)), map[Type]places{}
	for i, o := range m.organisations {
		if o.Active {
			m.open.put(i)
		}
		if m.ofType[o.Type] == nil {
			m.ofType[o.Type] = noPlaces(len(m.organisations))
		}
		m.ofType[o.Type].put(i)
	}
}

func (m *Map) addICBs(all []ICB) {
	sorted := make([]named[ICB], len(all))
	for i, icb := range all {
		sorted[i] = named[ICB]{key: sortKey(icb.Name), code: icb.ODSCode, of: &icb}
	}
	m.icbs = byName(sorted)
	for _, icb := range m.icbs {
		m.icbByCode[icb.ODSCode] = icb
		m.areas[icb.UUID] = icb
	}
}

func (m *Map) addRegions(all []Region) {
	sorted := make([]named[Region], len(all))
	for i, region := range all {
		sorted[i] = named[Region]{key: sortKey(region.Name), code: region.ODSCode, of: &region}
	}
	m.regions = byName(sorted)
	for _, region := range m.regions {
		m.regionByCode[region.ODSCode] = region
		m.areas[region.UUID] = region
	}
}

// named is something with the key that it is sorted by.
type named[T any] struct {
	key  string
	code ODSCode
	of   *T
}

func byName[T any](all []named[T]) []*T {
	slices.SortFunc(all, func(a, b named[T]) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.code, b.code))
	})
	sorted := make([]*T, len(all))
	for i, x := range all {
		sorted[i] = x.of
	}
	return sorted
}

// changes are the days on which a relation or an ICB begins, and those after
// which one has ended.
func changes(records Records) []Day {
	var days []Day
	add := func(s span) {
		if s.from != Always {
			days = append(days, s.from)
		}
		if s.until != Forever {
			days = append(days, s.until+1)
		}
	}
	for _, r := range records.Memberships {
		add(r.span())
	}
	for _, r := range records.Regional {
		add(r.span())
	}
	for _, icb := range records.ICBs {
		add(icb.lifetime())
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// Version is the version of the records that the map was made of.
func (m *Map) Version() int64 { return m.edition.Version }

// ByCode answers the organisation with a code, nil for none.
func (m *Map) ByCode(code ODSCode) *Organisation {
	place, ok := m.places[code]
	if !ok {
		return nil
	}
	return m.organisations[place]
}

// Organisations lists all organisations, open and closed, by name.
func (m *Map) Organisations() []*Organisation { return slices.Clone(m.organisations) }

// ByID answers the organisation with an id, nil for none.
func (m *Map) ByID(id uuid.UUID) *Organisation {
	o, _ := m.areas[id].(*Organisation)
	return o
}

// ParentOf answers the organisation that another is a site of, nil for none.
func (m *Map) ParentOf(code ODSCode) *Organisation {
	o := m.ByCode(code)
	if o == nil || o.ParentCode == "" {
		return nil
	}
	return m.ByCode(o.ParentCode)
}

// Sites lists an organisation's own sites by name, not those of its sites.
func (m *Map) Sites(code ODSCode) []*Organisation { return slices.Clone(m.sites[code]) }

// ICBByCode answers the ICB with a code, abolished or not; nil for none.
func (m *Map) ICBByCode(code ODSCode) *ICB { return m.icbByCode[code] }

// ICBByID answers the ICB with an id, nil for none.
func (m *Map) ICBByID(id uuid.UUID) *ICB {
	icb, _ := m.areas[id].(*ICB)
	return icb
}

// ICBs lists the ICBs that exist on a day, by name.
func (m *Map) ICBs(on Day) []*ICB {
	var found []*ICB
	for _, icb := range m.icbs {
		if icb.Exists(on) {
			found = append(found, icb)
		}
	}
	return found
}

// AllICBs lists every ICB that is, was or will be, by name.
func (m *Map) AllICBs() []*ICB { return slices.Clone(m.icbs) }

// RegionByCode answers the region with a code, nil for none.
func (m *Map) RegionByCode(code ODSCode) *Region { return m.regionByCode[code] }

// RegionByID answers the region with an id, nil for none.
func (m *Map) RegionByID(id uuid.UUID) *Region {
	region, _ := m.areas[id].(*Region)
	return region
}

// Regions lists the regions by name.
func (m *Map) Regions() []*Region { return slices.Clone(m.regions) }
