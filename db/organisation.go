package db

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/organisation"
)

// Organisations keeps the map of the health service. It implements
// organisation.Store.
type Organisations struct {
	db *bun.DB
}

var _ organisation.Store = (*Organisations)(nil)

// NewOrganisations makes the store of the map in a database.
func NewOrganisations(db *bun.DB) *Organisations { return &Organisations{db: db} }

// Edition answers the version of the map, which rises with every change of it, and the day in England.
func (s *Organisations) Edition(ctx context.Context) (organisation.Edition, error) {
	return geographyEdition(ctx, s.db)
}

// Records reads all of the map as it was at one moment.
func (s *Organisations) Records(ctx context.Context) (organisation.Records, error) {
	var records organisation.Records
	moment := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	err := s.db.RunInTx(ctx, moment, func(ctx context.Context, tx bun.Tx) (err error) {
		records, err = readGeography(ctx, tx)
		return err
	})
	if err != nil {
		return organisation.Records{}, err
	}
	return records, nil
}

// Merge writes a merger of two ICBs and raises the version, in one transaction. before is given the map as it
// is, after as it would then be; the refusal of either undoes everything.
func (s *Organisations) Merge(ctx context.Context, merger organisation.Merger, before, after func(organisation.Records) error) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		// Raising the version first makes mergers and loads wait for each other.
		if err := raiseGeographyVersion(ctx, tx); err != nil {
			return err
		}
		if err := checkGeography(ctx, tx, before); err != nil {
			return err
		}
		if err := mergeICB(ctx, tx, merger); err != nil {
			return err
		}
		return checkGeography(ctx, tx, after)
	})
}

func checkGeography(ctx context.Context, tx bun.Tx, check func(organisation.Records) error) error {
	records, err := readGeography(ctx, tx)
	if err != nil {
		return err
	}
	return check(records)
}

func geographyEdition(ctx context.Context, q bun.IDB) (organisation.Edition, error) {
	var version int64
	var day int32
	const query = "SELECT version, (now() AT TIME ZONE 'Europe/London')::date - DATE '1970-01-01' FROM geography_version"
	if err := q.NewRaw(query).Scan(ctx, &version, &day); err != nil {
		return organisation.Edition{}, fmt.Errorf("reading the version of the map: %w", err)
	}
	return organisation.Edition{Version: version, Day: organisation.Day(day)}, nil
}

func raiseGeographyVersion(ctx context.Context, q bun.IDB) error {
	if _, err := q.NewRaw("UPDATE geography_version SET version = version + 1").Exec(ctx); err != nil {
		return fmt.Errorf("raising the version of the map: %w", err)
	}
	return nil
}

// mergeICB ends one ICB on the eve of a day and passes what it holds from that day on to another. The
// membership that ends is written before the one that begins, whose own end is the old one's.
func mergeICB(ctx context.Context, q bun.IDB, merger organisation.Merger) error {
	from, into := string(merger.From), string(merger.Into)
	eve, on := (merger.On - 1).String(), merger.On.String()
	steps := []struct {
		doing, query string
		args         []any
	}{
		{"ending the ICB", "UPDATE icb SET valid_until = ?::date, successor = ? WHERE ods_code = ?", []any{eve, into, from}},
		{"passing on memberships", `
			WITH ended AS (
				UPDATE organisation_icb m SET valid_until = ?::date
				FROM organisation_icb was
				WHERE was.organisation = m.organisation AND was.valid_from = m.valid_from
				  AND m.icb = ? AND m.valid_from < ?::date AND (m.valid_until IS NULL OR m.valid_until >= ?::date)
				RETURNING m.organisation, was.valid_until
			)
			INSERT INTO organisation_icb (organisation, icb, valid_from, valid_until)
			SELECT organisation, ?, ?::date, valid_until FROM ended`, []any{eve, from, on, on, into, on}},
		{"passing on memberships to come", "UPDATE organisation_icb SET icb = ? WHERE icb = ? AND valid_from >= ?::date", []any{into, from, on}},
		{"forgetting regions to come", "DELETE FROM icb_region WHERE icb = ? AND valid_from >= ?::date", []any{from, on}},
		{"leaving the region", `
			UPDATE icb_region SET valid_until = ?::date
			WHERE icb = ? AND (valid_until IS NULL OR valid_until >= ?::date)`, []any{eve, from, on}},
	}
	for _, step := range steps {
		if _, err := q.NewRaw(step.query, step.args...).Exec(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.doing, err)
		}
	}
	return nil
}

// Dates are read as days since 1970; null where open. '-infinity' is open too.

type regionRow struct {
	ODSCode string `bun:"ods_code"`
	ID      uuid.UUID
	Name    string
}

type icbRow struct {
	ODSCode   string
	ID        uuid.UUID
	Name      string
	FirstDay  *int32
	LastDay   *int32
	Successor string
}

type organisationRow struct {
	ODSCode string `bun:"ods_code"`
	ID      uuid.UUID
	Name    string
	Type    string
	Parent  string
	LastDay *int32
}

type relationRow struct {
	Child    string
	Parent   string
	FirstDay *int32
	LastDay  *int32
}

func readGeography(ctx context.Context, q bun.IDB) (organisation.Records, error) {
	var (
		regions       []regionRow
		icbs          []icbRow
		organisations []organisationRow
		regional      []relationRow
		memberships   []relationRow
	)
	reads := []struct {
		noun, query string
		into        any
	}{
		{"regions", "SELECT ods_code, id, name FROM region", &regions},
		{"ICBs", `SELECT ods_code, id, name, nullif(valid_from, '-infinity') - DATE '1970-01-01' AS first_day,
			nullif(valid_until, 'infinity') - DATE '1970-01-01' AS last_day, coalesce(successor, '') AS successor FROM icb`, &icbs},
		{"organisations", `SELECT ods_code, id, name, type, coalesce(parent, '') AS parent,
			CASE valid_until WHEN '-infinity' THEN DATE '0001-01-01' ELSE valid_until END - DATE '1970-01-01' AS last_day FROM organisation`, &organisations},
		{"regions of ICBs", `SELECT icb AS child, region AS parent, nullif(valid_from, '-infinity') - DATE '1970-01-01' AS first_day,
			nullif(valid_until, 'infinity') - DATE '1970-01-01' AS last_day FROM icb_region`, &regional},
		{"ICBs of organisations", `SELECT organisation AS child, icb AS parent, nullif(valid_from, '-infinity') - DATE '1970-01-01' AS first_day,
			nullif(valid_until, 'infinity') - DATE '1970-01-01' AS last_day FROM organisation_icb`, &memberships},
	}
	edition, err := geographyEdition(ctx, q)
	if err != nil {
		return organisation.Records{}, err
	}
	for _, read := range reads {
		if err := q.NewRaw(read.query).Scan(ctx, read.into); err != nil {
			return organisation.Records{}, fmt.Errorf("reading %s: %w", read.noun, err)
		}
	}
	return organisation.Records{
		Edition:       edition,
		Regions:       mapped(regions, regionRow.region),
		ICBs:          mapped(icbs, icbRow.icb),
		Organisations: mapped(organisations, func(r organisationRow) organisation.Organisation { return r.organisation(edition.Day) }),
		Regional:      mapped(regional, relationRow.relation),
		Memberships:   mapped(memberships, relationRow.relation),
	}, nil
}

func mapped[Row, T any](rows []Row, each func(Row) T) []T {
	all := make([]T, len(rows))
	for i, row := range rows {
		all[i] = each(row)
	}
	return all
}

func (r regionRow) region() organisation.Region {
	return organisation.Region{UUID: r.ID, ODSCode: organisation.ODSCode(r.ODSCode), Name: r.Name}
}

func (r icbRow) icb() organisation.ICB {
	return organisation.ICB{
		UUID:          r.ID,
		ODSCode:       organisation.ODSCode(r.ODSCode),
		Name:          r.Name,
		From:          (*organisation.Day)(r.FirstDay),
		Until:         (*organisation.Day)(r.LastDay),
		SuccessorCode: organisation.ODSCode(r.Successor),
	}
}

func (r organisationRow) organisation(today organisation.Day) organisation.Organisation {
	until := (*organisation.Day)(r.LastDay)
	return organisation.Organisation{
		UUID:       r.ID,
		ODSCode:    organisation.ODSCode(r.ODSCode),
		Name:       r.Name,
		Type:       organisation.Type(r.Type),
		Active:     until == nil || *until >= today,
		Until:      until,
		ParentCode: organisation.ODSCode(r.Parent),
	}
}

func (r relationRow) relation() organisation.Relation {
	relation := organisation.Relation{
		Of: organisation.ODSCode(r.Child), In: organisation.ODSCode(r.Parent),
		From: organisation.Always, Until: organisation.Forever,
	}
	if r.FirstDay != nil {
		relation.From = organisation.Day(*r.FirstDay)
	}
	if r.LastDay != nil {
		relation.Until = organisation.Day(*r.LastDay)
	}
	return relation
}
