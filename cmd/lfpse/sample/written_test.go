package sample

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lfpse/db"
	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// tables are those that events are kept in, each with the order of its rows.
var tables = []struct{ name, order string }{
	{"event", "id"}, {"event_revision", "event_id, revision"}, {"event_original", "event_id, revision"},
	{"event_patient", "event_id, sequence"}, {"withdrawal_original", "event_id"}, {"audit_entry", "subject, at, action, detail::text"},
}

// rowsOf answers every row of the tables of events, as JSON.
func rowsOf(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	for _, table := range tables {
		var found []string
		query := fmt.Sprintf(`SELECT (to_jsonb(x) - CASE WHEN '%[1]s' = 'audit_entry' THEN 'id' ELSE '' END)::text
			FROM %[1]s AS x %[2]s ORDER BY %[3]s`, table.name, onlyOfEvents(table.name), table.order)
		if err := d.NewRaw(query).Scan(t.Context(), &found); err != nil {
			t.Fatal(err)
		}
		rows[table.name] = found
	}
	return rows
}

func onlyOfEvents(table string) string {
	if table == "audit_entry" {
		return "WHERE action LIKE 'event.%'"
	}
	return ""
}

// Sample data must be what the service would have written: each event of a batch is also written the
// way that the service writes it, and the rows are compared.
func TestCopyingLeavesTheRowsThatTheServiceWouldHaveLeft(t *testing.T) {
	m := hired(t, options(t))
	b := must[*batch](t)(m.batch(source(4), m.showcase(), 400))
	if err := db.CopyEvents(t.Context(), m.o.DB, b.lives, b.drafts); err != nil {
		t.Fatal(err)
	}
	copied := rowsOf(t, m.o.DB)
	for _, table := range tables {
		if len(copied[table.name]) == 0 {
			t.Errorf("there is nothing in %s", table.name)
		}
	}
	// The audit trail keeps its owner from removing entries by mistake; this is none.
	const forget = "TRUNCATE event CASCADE; SET session_replication_role = replica; DELETE FROM audit_entry WHERE action LIKE 'event.%'; RESET session_replication_role"
	if _, err := m.o.DB.ExecContext(t.Context(), forget); err != nil {
		t.Fatal(err)
	}
	store := db.NewEvents(m.o.DB.DB, nil)
	for i := range b.lives {
		live(t, store, &b.lives[i])
	}
	for _, d := range b.drafts {
		if err := store.InsertDraft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(rowsOf(t, m.o.DB), copied); diff != "" {
		t.Errorf("copied rows differ from those of the service (-service +copied):\n%s", diff)
	}
}

// live writes an event and what became of it, one change after the other.
func live(t *testing.T, store *db.Events, l *event.Life) {
	t.Helper()
	var err error
	if l.Row.Source == event.SourceAnonymous {
		_, err = store.InsertAnonymous(t.Context(), l.Submission, nil)
	} else {
		_, err = store.Insert(t.Context(), l.Submission)
	}
	if err != nil {
		t.Fatal(err)
	}
	expected := event.Expected{
		Scope: anything(), Action: authz.UpdateEvent, ID: l.Row.ID, Status: l.Row.Status, Revision: 1,
	}
	for _, r := range l.Revisions {
		if err := store.Revise(t.Context(), expected, r); err != nil {
			t.Fatal(err)
		}
		expected.Revision++
	}
	if l.Withdrawn == nil {
		return
	}
	expected.Action = authz.WithdrawEvent
	if err := store.Withdraw(t.Context(), expected, *l.Withdrawn); err != nil {
		t.Fatal(err)
	}
}

// anything is the right to change any event, in a test.
func anything() authz.Scope {
	all := authz.NewFilter("TRUE")
	return authz.NewScope(authz.Principal{}, authz.Events, all, nil,
		map[authz.Action]authz.Filter{authz.UpdateEvent: all, authz.WithdrawEvent: all}, time.Time{})
}

func TestATakenReferenceIsDrawnAgain(t *testing.T) {
	m := hired(t, options(t))
	r := source(8)
	first := must[*batch](t)(m.batch(r, nil, 20))
	if err := m.write(t.Context(), r, first); err != nil {
		t.Fatal(err)
	}
	second := must[*batch](t)(m.batch(r, nil, 20))
	second.lives[3].Row.Reference = first.lives[5].Row.Reference
	if err := m.write(t.Context(), r, second); err != nil {
		t.Fatal(err)
	}
	if n := count(t, m.o.DB, "event"); n != 40 {
		t.Errorf("there are %d events", n)
	}
}

func count(t *testing.T, d *db.DB, from string) int {
	t.Helper()
	var n int
	if err := d.NewRaw("SELECT count(*) FROM "+from).Scan(t.Context(), &n); err != nil {
		t.Fatalf("%s: %v", from, err)
	}
	return n
}

const sampled = 3000

func TestAFilledDatabase(t *testing.T) {
	o := options(t)
	o.Count = sampled
	if err := Fill(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	t.Run("has the mix of the service", func(t *testing.T) { mixIsThatOfTheService(t, o.DB) })
	t.Run("shows weekdays, handovers and delays", func(t *testing.T) { timesArePlausible(t, o.DB) })
	t.Run("shows nobody doing what they may not", func(t *testing.T) { nobodyDoesWhatTheyMayNot(t, o.DB) })
}

func mixIsThatOfTheService(t *testing.T, d *db.DB) {
	incidents := "event AS e WHERE e.kind = 'INCIDENT' AND e.status = 'SUBMITTED'"
	for _, c := range []struct {
		what, of  string
		low, high int // in thousandths of all
	}{
		{"all", "event", 1000, 1000},
		{"incidents", "event WHERE kind = 'INCIDENT'", 900, 980},
		{"outcomes", "event WHERE kind = 'OUTCOME'", 5, 40},
		{"risks", "event WHERE kind = 'RISK'", 5, 40},
		{"good care", "event WHERE kind = 'GOOD_CARE'", 3, 30},
		{"drafts", "event WHERE status = 'DRAFT'", 10, 40},
		{"withdrawn events", "event WHERE status = 'WITHDRAWN'", 2, 20},
		{"anonymous events", "event WHERE source = 'ANONYMOUS'", 5, 30},
		{"further revisions", "event_revision WHERE revision > 1", 350, 800},
		{"revisions by others than the reporter", "event_revision AS r JOIN event AS e ON e.id = r.event_id WHERE r.revision > 1 AND r.recorded_by IS DISTINCT FROM e.recorded_by", 100, 500},
		{"six revisions", "event_revision WHERE revision = 6", 1, 30},
		{"events elsewhere", "event WHERE organisation IS NOT NULL AND occurred_at_organisations <> '{}' AND NOT EXISTS (SELECT 1 FROM unnest(occurred_at_organisations) AS o WHERE o LIKE organisation || '%')", 15, 80},
		{"events in two organisations", "event WHERE cardinality(occurred_at_organisations) > 1", 3, 40},
		{"incidents without patients", incidents + " AND NOT EXISTS (SELECT 1 FROM event_patient WHERE event_id = e.id)", 40, 120},
		{"incidents with more than one", incidents + " AND (SELECT count(*) FROM event_patient WHERE event_id = e.id) > 1", 8, 40},
		{"months", "event WHERE occurred_on LIKE '____-__'", 15, 80},
		{"years", "event WHERE occurred_on LIKE '____'", 1, 20},
		{"days without a time", "event WHERE occurred_on LIKE '____-__-__' AND occurred_at IS NULL", 100, 250},
		{"answers of the long tail", "event WHERE details ? 'answers'", 400, 900},
		{"other texts", "event WHERE texts::text LIKE '%Other\"%'", 2, 150},
		{"low or no harm", incidents + " AND e.physical_harm IN ('NONE', 'LOW')", 750, 920},
		{"worse", incidents + " AND e.physical_harm IN ('MODERATE', 'SEVERE', 'FATAL')", 30, 90},
	} {
		if share := count(t, d, c.of) * 1000 / sampled; share < c.low || share > c.high {
			t.Errorf("%s: %d in a thousand, want %d to %d", c.what, share, c.low, c.high)
		}
	}
}

func timesArePlausible(t *testing.T, d *db.DB) {
	share := func(of, all string) float64 { return float64(count(t, d, of)) / float64(count(t, d, all)) }
	if weekend := share("event WHERE extract(isodow FROM recorded_at) > 5", "event WHERE recorded_at IS NOT NULL"); weekend < 0.15 || weekend > 0.26 {
		t.Errorf("%.2f are recorded at weekends", weekend)
	}
	if handover := share("event WHERE extract(hour FROM occurred_at) IN (7, 8, 19, 20)", "event WHERE occurred_at IS NOT NULL"); handover < 0.2 {
		t.Errorf("%.2f happen around handovers, no more than at other times", handover)
	}
	days := "event WHERE occurred_on LIKE '____-__-__' AND recorded_at IS NOT NULL"
	if soon := share(days+" AND recorded_at::date - occurred_from <= 1", days); soon < 0.4 || soon > 0.8 {
		t.Errorf("%.2f are recorded within a day", soon)
	}
	if late := share(days+" AND recorded_at::date - occurred_from > 14", days); late < 0.01 {
		t.Errorf("%.3f are recorded after weeks", late)
	}
	if n := count(t, d, "event WHERE updated_at > now() OR occurred_from > recorded_at"); n > 0 {
		t.Errorf("%d events are ahead of their time", n)
	}
}

// What policy would not have let an account do, no sample account has done.
func nobodyDoesWhatTheyMayNot(t *testing.T, d *db.DB) {
	const holds = `EXISTS (SELECT 1 FROM access_grant AS g WHERE g.account_id = %s AND g.area_code = e.organisation AND g.role = ANY('{%s}'))`
	for what, of := range map[string]string{
		"events for an organisation that is not on the profile": `event AS e WHERE recorded_by IS NOT NULL AND organisation IS NOT NULL
			AND EXISTS (SELECT 1 FROM account_organisation AS o WHERE o.account_id = e.recorded_by)
			AND NOT EXISTS (SELECT 1 FROM account_organisation AS o WHERE o.account_id = e.recorded_by AND o.organisation = e.organisation)`,
		"updates by strangers": `event AS e JOIN event_revision AS r ON r.event_id = e.id
			WHERE r.recorded_by IS DISTINCT FROM e.recorded_by AND NOT ` + fmt.Sprintf(holds, "r.recorded_by", "ORGANISATIONAL,ADMIN"),
		"withdrawals by strangers": `event AS e WHERE status = 'WITHDRAWN' AND withdrawn_by IS DISTINCT FROM recorded_by
			AND NOT (source = 'ANONYMOUS' AND EXISTS (SELECT 1 FROM access_grant AS g WHERE g.account_id = withdrawn_by AND g.role = 'NATIONAL_LEAD'))
			AND NOT ` + fmt.Sprintf(holds, "withdrawn_by", "ADMIN"),
		"anonymous events that say who":       `event WHERE source = 'ANONYMOUS' AND (recorded_by IS NOT NULL OR extract(second FROM recorded_at) <> 0)`,
		"anonymous events that were audited":  `audit_entry AS a JOIN event AS e ON a.subject = 'event_' || replace(e.id::text, '-', '') WHERE a.action = 'event.recorded' AND e.source = 'ANONYMOUS'`,
		"drafts that say something in public": `event WHERE status = 'DRAFT' AND (texts <> '{}' OR details <> '{}' OR organisation IS NOT NULL)`,
		"texts that could not be anonymised":  `event_revision WHERE redaction_version = 'incomplete'`,
	} {
		if n := count(t, d, of); n > 0 {
			t.Errorf("there are %d %s", n, what)
		}
	}
}

func TestFillingAgainAddsOthers(t *testing.T) {
	o := options(t)
	o.Count = 150
	for _, again := range []struct {
		again bool
		want  int
	}{{false, 150}, {false, 150}, {true, 300}} {
		o.Again = again.again
		if err := Fill(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		if n := count(t, o.DB, "event"); n != again.want {
			t.Errorf("there are %d events, want %d", n, again.want)
		}
	}
	if n := count(t, o.DB, "(SELECT DISTINCT texts FROM event WHERE texts <> '{}') AS x"); n < 250 {
		t.Errorf("of 300 events only %d differ", n)
	}
}
