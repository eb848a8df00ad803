package main

import (
	"context"
	"embed"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"lfpse/internal/event"
)

//go:embed sql documents
var files embed.FS

// statement answers an SQL file.
func statement(name string) string { return text("sql/" + name + ".sql") }

// text answers a file of the program's.
func text(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is built in
	}
	return string(b)
}

const (
	// templates are events as the service makes them, of which the others are
	// copies with places and days of their own.
	templates = 4000
	// fewestEvents are enough for every organisation that is asked for to have some.
	fewestEvents  = 2 * templates
	organisations = 1500
	years         = 3
	chunk         = 20_000

	reviewed = 0.3 // of all events, a third of them still open
	revised  = 0.2
	happened = 0.04 // elsewhere
)

// seed fills the database, unless an earlier run has.
func (l *lab) seed(ctx context.Context) error {
	var seeded bool
	err := l.pool.QueryRow(ctx, "SELECT to_regclass('bench.month_own') IS NOT NULL").Scan(&seeded)
	if err != nil {
		return fmt.Errorf("looking for what an earlier run left: %w", err)
	}
	if !seeded {
		if err := l.fill(ctx); err != nil {
			return err
		}
	}
	l.people, err = l.meetPeople(ctx)
	return err
}

func (l *lab) fill(ctx context.Context) error {
	begun := time.Now()
	for _, step := range []struct {
		says string
		do   func(context.Context) error
	}{
		{"organisations are brought in", l.importOrganisations},
		{"the service makes sample events", l.makeTemplates},
		{"people are hired", l.hire},
		{"events are made", l.multiply},
		{"counts by month are added up", l.awaitCounts},
		{"tables of the yardsticks are made", l.makeYardsticks},
	} {
		l.log.InfoContext(ctx, step.says)
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.says, err)
		}
	}
	l.log.InfoContext(ctx, "the database is full", "events", l.o.events, "seconds", int(time.Since(begun).Seconds()))
	return nil
}

// importOrganisations adds practices to the trusts that the service comes with.
func (l *lab) importOrganisations(ctx context.Context) error {
	var trusts int
	var icbs []string
	err := l.pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM organisation_icb), (SELECT array_agg(ods_code ORDER BY ods_code) FROM icb WHERE valid_until IS NULL)`).Scan(&trusts, &icbs)
	if err != nil {
		return err
	}
	var file strings.Builder
	file.WriteString("ods_code,name,type,parent,icb,from,until\n")
	for i := range organisations - trusts {
		fmt.Fprintf(&file, "Q%05d,Practice %d,GP_PRACTICE,,%s,,\n", i, i, icbs[i%len(icbs)])
	}
	path := filepath.Join(l.data, "organisations.csv")
	if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
		return err
	}
	return l.tell(ctx, "import", "organisations", path)
}

// makeTemplates has the service make sample events, and waits until it has
// worked out what policy requires of each.
func (l *lab) makeTemplates(ctx context.Context) error {
	if err := l.tell(ctx, "seed", "--events", fmt.Sprint(templates)); err != nil {
		return err
	}
	if err := l.restartService(ctx); err != nil { // it judges what waits when it starts
		return err
	}
	return l.awaitNone(ctx, "SELECT count(*) FROM event WHERE rules_version IS NULL AND status <> 'DRAFT'")
}

func (l *lab) restartService(ctx context.Context) error {
	if err := l.service.stop(); err != nil {
		return err
	}
	return l.startService(ctx)
}

// multiply copies the templates until there are as many events as are asked
// for. Indexes are made when all are there.
func (l *lab) multiply(ctx context.Context) error {
	conn, err := l.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	var already, of int
	if err := conn.QueryRow(ctx, "SELECT count(*) FROM event").Scan(&already); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, statement("templates")); err != nil {
		return err
	}
	if err := conn.QueryRow(ctx, "SELECT count(*) FROM template").Scan(&of); err != nil {
		return err
	}
	s, err := newSower(ctx, conn.Conn(), of, l.o.events-already)
	if err != nil {
		return err
	}
	rebuild, err := dropIndexes(ctx, conn.Conn())
	if err != nil {
		return err
	}
	for start := 0; start < s.events; start += chunk {
		if err := s.sow(ctx, conn.Conn(), start, min(start+chunk, s.events)); err != nil {
			return err
		}
		if start%(10*chunk) == 0 {
			l.log.InfoContext(ctx, "events are made", "made", start, "of", s.events)
		}
	}
	if err := rebuild(ctx); err != nil {
		return err
	}
	for _, table := range []string{"event", "event_revision", "event_original", "event_patient", "event_requirement", "review"} {
		if _, err := conn.Exec(ctx, "VACUUM ANALYZE "+table); err != nil {
			return err
		}
	}
	_, err = conn.Exec(ctx, "ANALYZE")
	return err
}

// dropIndexes drops the indexes of events that hold nothing together, and
// answers what makes them again.
func dropIndexes(ctx context.Context, conn *pgx.Conn) (rebuild func(context.Context) error, err error) {
	rows, err := conn.Query(ctx, `SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
		WHERE indrelid = 'event'::regclass AND NOT indisunique`)
	if err != nil {
		return nil, err
	}
	type index struct{ Name, Definition string }
	indexes, err := pgx.CollectRows(rows, pgx.RowToStructByPos[index])
	if err != nil {
		return nil, err
	}
	for _, i := range indexes {
		if _, err := conn.Exec(ctx, "DROP INDEX "+i.Name); err != nil {
			return nil, err
		}
	}
	return func(ctx context.Context) error {
		for _, i := range indexes {
			if _, err := conn.Exec(ctx, i.Definition); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// sower draws what tells an event from its template.
type sower struct {
	chance        *rand.Rand
	events        int
	templates     int
	organisations []string // the busiest first
	reviewers     []uuid.UUID
	from          time.Time
}

func newSower(ctx context.Context, conn *pgx.Conn, templates, events int) (*sower, error) {
	if templates == 0 {
		return nil, fmt.Errorf("there are no templates")
	}
	s := &sower{chance: rand.New(rand.NewPCG(1, 2)), events: events, templates: templates, from: time.Now().UTC().AddDate(-years, 0, 0)}
	err := conn.QueryRow(ctx, busiest).Scan(&s.organisations)
	if err != nil {
		return nil, err
	}
	rows, err := conn.Query(ctx, "SELECT id FROM account WHERE email LIKE 'trust.%@bench.example' ORDER BY email")
	if err != nil {
		return nil, err
	}
	s.reviewers, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return s, err
}

// busiest lists organisations in the order of how many events they have.
const busiest = `SELECT array_agg(m.organisation ORDER BY o.type <> 'NHS_TRUST', md5(m.organisation))
	FROM organisation_icb AS m JOIN organisation AS o ON o.ods_code = m.organisation WHERE m.valid_until IS NULL AND o.valid_until IS NULL`

// organisation draws one: trusts have many events, practices few.
func (s *sower) organisation() int {
	return int(math.Pow(s.chance.Float64(), 3) * float64(len(s.organisations)))
}

// sow makes the events from one number to another.
func (s *sower) sow(ctx context.Context, conn *pgx.Conn, from, to int) error {
	rows := make([][]any, 0, to-from)
	for n := from; n < to; n++ {
		row, err := s.draw(n)
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	columns := []string{"n", "id", "reference", "template", "organisation", "places", "status", "revision", "occurred", "recorded_at", "reviewer"}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"seeded"}, columns, pgx.CopyFromRows(rows)); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, statement("seed"))
	return err
}

func (s *sower) draw(n int) ([]any, error) {
	reference, err := event.DrawReference(source{s.chance})
	if err != nil {
		return nil, err
	}
	at := s.organisation()
	place := at
	if s.chance.Float64() < happened {
		place = s.organisation()
	}
	revision := 1
	if s.chance.Float64() < revised {
		revision = 2
	}
	status := "SUBMITTED"
	switch drawn := s.chance.Float64(); {
	case drawn < reviewed/3:
		status = "UNDER_REVIEW"
	case drawn < reviewed:
		status = "REVIEWED"
	}
	recorded := s.from.Add(time.Duration(float64(n) / float64(s.events) * float64(years*365*24*time.Hour))).Truncate(time.Millisecond)
	occurred := recorded.AddDate(0, 0, -s.chance.IntN(14))
	return []any{
		n, uuid.UUID(draw16(s.chance)), reference, s.chance.IntN(s.templates), s.organisations[at], []string{s.organisations[place]},
		status, revision, occurred, recorded, s.reviewers[at%len(s.reviewers)],
	}, nil
}

// source makes bytes of a chance.
type source struct{ chance *rand.Rand }

func (s source) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s.chance.Uint32())
	}
	return len(p), nil
}

// draw16 draws an id as version 4 has them.
func draw16(chance *rand.Rand) (id [16]byte) {
	binary.LittleEndian.PutUint64(id[:], chance.Uint64())
	binary.LittleEndian.PutUint64(id[8:], chance.Uint64())
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id
}

// awaitCounts waits until the service has added up what it counts by month: it
// would go on with that while others are measured.
func (l *lab) awaitCounts(ctx context.Context) error {
	return l.awaitNone(ctx, "SELECT count(*) FROM area_month_change")
}

// awaitNone waits until a statement counts none.
func (l *lab) awaitNone(ctx context.Context, sql string) error {
	for {
		var left int
		if err := l.pool.QueryRow(ctx, sql).Scan(&left); err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// makeYardsticks makes the tables of the yardsticks, all or none.
func (l *lab) makeYardsticks(ctx context.Context) error {
	if _, err := l.pool.Exec(ctx, statement("yardsticks")); err != nil {
		return err
	}
	for _, table := range []string{"bench.event_own", "bench.month_own"} {
		if _, err := l.pool.Exec(ctx, "VACUUM ANALYZE "+table); err != nil {
			return err
		}
	}
	return nil
}
