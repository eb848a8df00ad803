package organisation

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"lfpse/internal/authz"
)

// Placement is which areas hold which organisations, by one map on one day: what the
// store keeps events by.
type Placement struct {
	// Organisations and Areas lie beside each other: a pair for each area that an
	// organisation lies in.
	Organisations, Areas []string
	// Digests tells the areas' members apart, by area.
	Digests map[string]string
}

// AreaKey is how the store writes an area: O:, I: or R: and its code; N for the whole
// country.
func AreaKey(area authz.Area) string {
	switch area.Type {
	case authz.AreaOrganisation:
		return "O:" + area.Code
	case authz.AreaICB:
		return "I:" + area.Code
	case authz.AreaRegion:
		return "R:" + area.Code
	}
	return "N"
}

// Digest stands for the organisations that an area holds, as Within lists them.
func Digest(members []string) string {
	hash := sha256.New()
	for _, code := range members {
		hash.Write([]byte(code)) //nolint:errcheck // it never fails
		hash.Write([]byte{0})    //nolint:errcheck // see above
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// Placement answers where every organisation lies at an instant.
func (m *Map) Placement(at time.Time) Placement {
	p := Placement{Digests: map[string]string{}}
	add := func(area authz.Area, members []string) {
		key := AreaKey(area)
		p.Digests[key] = Digest(members)
		for _, code := range members {
			p.Organisations, p.Areas = append(p.Organisations, code), append(p.Areas, key)
		}
	}
	for _, o := range m.organisations {
		code := string(o.ODSCode)
		add(authz.Area{Type: authz.AreaOrganisation, Code: code}, m.family(o.ODSCode))
	}
	period := m.period(DayOf(at))
	for _, icb := range m.icbs { // one without organisations, too
		add(authz.Area{Type: authz.AreaICB, Code: string(icb.ODSCode)}, period.inICB[icb.ODSCode])
	}
	for _, region := range m.regions {
		add(authz.Area{Type: authz.AreaRegion, Code: string(region.ODSCode)}, period.inRegion[region.ODSCode])
	}
	add(authz.Area{Type: authz.AreaNational}, nil)
	return p
}

// Indexed answers how the store writes an area, which organisations it holds at an
// instant, as Within does, and what stands for them.
func (m *Map) Indexed(area authz.Area, at time.Time) (key, digest string, members []string) {
	key, members = AreaKey(area), m.Within(area, at)
	if digest, ok := m.period(DayOf(at)).digests[key]; ok {
		return key, digest, members
	}
	return key, Digest(members), members
}

// Period tells times apart at which the placements differ.
func (d *Directory) Period(at time.Time) string {
	m := d.Map()
	return fmt.Sprint(m.Version(), " from ", m.period(DayOf(at)).from)
}

// Placement is Map.Placement of the newest map.
func (d *Directory) Placement(at time.Time) Placement { return d.Map().Placement(at) }

// Indexed is Map.Indexed of the newest map.
func (d *Directory) Indexed(area authz.Area, at time.Time) (key, digest string, members []string) {
	return d.Map().Indexed(area, at)
}
