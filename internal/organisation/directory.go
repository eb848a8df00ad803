package organisation

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"lfpse/internal/authz"
)

// Store keeps the map; the db package implements it.
type Store interface {
	// Edition answers the version of the map that is stored and today's date, cheaply.
	Edition(ctx context.Context) (Edition, error)
	// Records reads all of the map, at one edition.
	Records(ctx context.Context) (Records, error)
	// Merge carries out a merger in one transaction, alone. before is given the
	// records as they are, after as they would then be; where either refuses,
	// nothing is changed and its error is answered.
	Merge(ctx context.Context, merger Merger, before, after func(Records) error) error
}

// Directory holds the newest Map. It implements authz.Geography.
type Directory struct {
	store   Store
	current atomic.Pointer[Map]
	reading sync.Mutex
}

var _ authz.Geography = (*Directory)(nil)

// NewDirectory reads the map from its store.
func NewDirectory(ctx context.Context, store Store) (*Directory, error) {
	d := &Directory{store: store}
	if err := d.read(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// Map answers the newest map. Whoever asks several questions that must agree
// asks them of one Map.
func (d *Directory) Map() *Map { return d.current.Load() }

// Version is the version of the map that is held. To keep an answer by version,
// ask for the version before the answer.
func (d *Directory) Version() int64 { return d.Map().Version() }

// Within is Map.Within of the newest map.
func (d *Directory) Within(area authz.Area, at time.Time) []string { return d.Map().Within(area, at) }

// ICBs lists the codes of the ICBs that lie in a region at an instant, by the newest map.
func (d *Directory) ICBs(area authz.Area, at time.Time) []string {
	if area.Type != authz.AreaRegion {
		return nil
	}
	var codes []string
	for _, icb := range d.Map().ICBsOf(ODSCode(area.Code), DayOf(at)) {
		codes = append(codes, string(icb.ODSCode))
	}
	return codes
}

// AreaOf answers the area that an ODS code names at an instant: all of a region
// or of an ICB, rather than the body's own office, or else an organisation that
// is open. ok is false for any other code.
func (d *Directory) AreaOf(code string, at time.Time) (area authz.Area, ok bool) {
	m, ods := d.Map(), ODSCode(code)
	if m.RegionByCode(ods) != nil {
		return authz.Area{Type: authz.AreaRegion, Code: code}, true
	}
	if icb := m.ICBByCode(ods); icb != nil {
		return authz.Area{Type: authz.AreaICB, Code: code}, icb.Exists(DayOf(at))
	}
	return authz.Area{Type: authz.AreaOrganisation, Code: code}, d.Exists(code)
}

// NextChange is Map.NextChange of the newest map.
func (d *Directory) NextChange(at time.Time) time.Time { return d.Map().NextChange(at) }

// Exists tells whether an open organisation has the ODS code.
func (d *Directory) Exists(odsCode string) bool {
	o := d.Map().ByCode(ODSCode(odsCode))
	return o != nil && o.Active
}

// Name answers the name of the organisation with the ODS code, open or not; the code where
// there is none.
func (d *Directory) Name(odsCode string) string {
	if o := d.Map().ByCode(ODSCode(odsCode)); o != nil {
		return o.Name
	}
	return odsCode
}

// TypeOf answers the type of the organisation with the ODS code; empty for one
// that is not on the map.
func (d *Directory) TypeOf(odsCode string) string {
	if o := d.Map().ByCode(ODSCode(odsCode)); o != nil {
		return string(o.Type)
	}
	return ""
}

// Around is Map.Around of the newest map.
func (d *Directory) Around(odsCode string, at time.Time) []authz.Area {
	return d.Map().Around(ODSCode(odsCode), at)
}

// Homes is Map.Homes of the newest map.
func (d *Directory) Homes(at time.Time) (organisations, icbs, regions []string) {
	return d.Map().Homes(at)
}

// AreaName answers the name of an organisation, an ICB or a region; the code where
// there is none.
func (d *Directory) AreaName(area authz.Area) string {
	m, code := d.Map(), ODSCode(area.Code)
	if icb := m.ICBByCode(code); area.Type == authz.AreaICB && icb != nil {
		return icb.Name
	}
	if region := m.RegionByCode(code); area.Type == authz.AreaRegion && region != nil {
		return region.Name
	}
	return d.Name(area.Code)
}

// Zone is the time zone of the map's days: Europe/London.
func (d *Directory) Zone() *time.Location { return london() }

// Refresh reads the map again if its version has changed, or the day: some
// organisation may have had its last. After an error the map that was held stays.
func (d *Directory) Refresh(ctx context.Context) error {
	edition, err := d.store.Edition(ctx)
	if err != nil {
		return fmt.Errorf("reading the map's version: %w", err)
	}
	if edition == d.Map().edition {
		return nil
	}
	return d.read(ctx)
}

// Reach answers once the map that is held is at least of a version, which the
// caller has found in the database. Several who find the same wait for one reading.
func (d *Directory) Reach(ctx context.Context, version int64) error {
	if d.Version() >= version {
		return nil
	}
	d.reading.Lock()
	defer d.reading.Unlock()
	if d.Version() >= version {
		return nil
	}
	return d.load(ctx)
}

// read takes turns, so that a slow reader never puts an older map in a newer's
// place.
func (d *Directory) read(ctx context.Context) error {
	d.reading.Lock()
	defer d.reading.Unlock()
	return d.load(ctx)
}

func (d *Directory) load(ctx context.Context) error {
	records, err := d.store.Records(ctx)
	if err != nil {
		return fmt.Errorf("reading the map: %w", err)
	}
	m, err := NewMap(records)
	if err != nil {
		return err
	}
	d.current.Store(m)
	return nil
}

// Watch refreshes the map every interval until the context ends. Other
// processes change the map too: the interval is how long they may go
// unheard. Decisions do not wait for it: see Reach.
func (d *Directory) Watch(ctx context.Context, interval time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := d.Refresh(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the map could not be refreshed; the one before stays", "version", d.Version(), "error", err)
		}
	}
}
