package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/db/migrations"
	"lfpse/db/reference"
	"lfpse/internal/organisation"
)

const fileHeader = "ods_code,name,type,parent,icb,from,until\n"

func file(t testing.TB, lines string) *organisation.File {
	t.Helper()
	f, err := organisation.ReadFile(strings.NewReader(fileHeader + lines))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func imported(t *testing.T, d *db.DB, lines string) organisation.Summary {
	t.Helper()
	summary, err := organisation.Import(t.Context(), db.NewOrganisations(d.DB), file(t, lines), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// mapTables are all that an import writes to.
func mapTables(t testing.TB, d *db.DB) map[string][]string {
	t.Helper()
	tables := map[string][]string{}
	for _, name := range []string{"region", "icb", "icb_region", "organisation", "organisation_icb", "geography_version", "audit_entry"} {
		rows, err := d.Pool.Query(t.Context(), "SELECT t::text FROM "+name+" t ORDER BY t")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var row string
			if err := rows.Scan(&row); err != nil {
				t.Fatal(err)
			}
			tables[name] = append(tables[name], row)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return tables
}

// counted is a summary without its notes.
func counted(s organisation.Summary) string {
	return fmt.Sprintf("added %d, changed %d, closed %d, unchanged %d", s.Added, s.Changed, s.Closed, s.Unchanged)
}

func TestAnImportAddsChangesAndCloses(t *testing.T) {
	d, directory := smallMap(t)
	was, version := *directory.Map().ByCode("RBB"), directory.Version()
	summary := imported(t, d, "B81009,Mill Surgery Branch,GP_PRACTICE,B81008,,,\n"+ // before its parent
		"B81008,Mill Surgery,GP_PRACTICE,,QA1,,\n"+
		"RBB,Bluebell Hospitals NHS Trust,NHS_TRUST,,QA1,,2026-12-31\n"+ // another name, and the last day that it had in its ICB
		"RAA,Aire Valley NHS Trust,NHS_TRUST,,QA2,2026-02-01,\n"+ // another ICB
		"RAA01,Aire General Hospital,NHS_TRUST_SITE,RAA,,,2025-12-31\n"+ // closed
		"RCC,Chalk Downs NHS Trust,NHS_TRUST,,QA1,2026-06-01,\n")
	if got := counted(summary); got != "added 2, changed 2, closed 1, unchanged 1" {
		t.Errorf("got %s", got)
	}
	if err := directory.Refresh(t.Context()); err != nil || directory.Version() != version+1 {
		t.Fatalf("the version went from %d to %d, %v", version, directory.Version(), err)
	}
	m := directory.Map()
	day := func(s string) organisation.Day {
		d, err := organisation.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, test := range []struct {
		code organisation.ODSCode
		on   string
		want organisation.ODSCode
	}{
		{"B81008", "2026-02-01", "QA1"},
		{"B81009", "2026-02-01", "QA1"},
		{"RAA", "2026-01-31", "QA1"},
		{"RAA", "2026-02-01", "QA2"},
		{"RAA01", "2026-02-01", "QA2"},
		{"RBB", "2026-12-31", "QA1"},
	} {
		if icb := m.ICBOf(test.code, day(test.on)); icb == nil || icb.ODSCode != test.want {
			t.Errorf("on %s %s belongs to %v, want %s", test.on, test.code, icb, test.want)
		}
	}
	now := m.ByCode("RBB")
	if now.UUID != was.UUID || now.Name != "Bluebell Hospitals NHS Trust" || now.Until == nil || now.Until.String() != "2026-12-31" {
		t.Errorf("the trust was %+v and is %+v", was, now)
	}
	if closed := m.ByCode("RAA01"); closed == nil || closed.Active || directory.Exists("RAA01") {
		t.Errorf("the closed site is %+v", closed)
	}
	if branch := m.ByCode("B81009"); branch == nil || branch.ParentCode != "B81008" || !branch.Active {
		t.Errorf("the branch is %+v", branch)
	}
	if branch := m.ByCode("B81009"); branch.ID() == m.ByCode("B81008").ID() {
		t.Error("two organisations have one id")
	}
	entries := mapTables(t, d)["audit_entry"]
	if len(entries) != 1 || !strings.Contains(entries[0], "organisations.imported") || !strings.Contains(entries[0], `""added"": ""2""`) {
		t.Errorf("the audit trail holds %v", entries)
	}
}

func TestAClosedOrganisationCanOpenAgain(t *testing.T) {
	d, directory := smallMap(t)
	imported(t, d, "RCC,Chalk Downs NHS Trust,NHS_TRUST,,QA1,,2026-06-30\n")
	if got := counted(imported(t, d, "RCC,Chalk Downs NHS Trust,NHS_TRUST,,QA1,,\n")); got != "added 0, changed 1, closed 0, unchanged 0" {
		t.Errorf("got %s", got)
	}
	if err := directory.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !directory.Exists("RCC") || directory.Map().ByCode("RCC").Until != nil {
		t.Errorf("it is %+v", directory.Map().ByCode("RCC"))
	}
}

func TestWhatWasClosedWithoutADayIsClosed(t *testing.T) {
	d, directory := smallMap(t)
	change(t, d, "UPDATE organisation SET valid_until = '-infinity' WHERE ods_code = 'RCC'")
	if err := directory.Refresh(t.Context()); err != nil || directory.Exists("RCC") {
		t.Errorf("it is open: %t, %v", directory.Exists("RCC"), err)
	}
}

func TestLoadingReferenceDataUndoesNoImport(t *testing.T) {
	d := dbtest.Fresh(t)
	load := func() (changed bool) {
		changed, err := reference.Load(t.Context(), d.DB)
		if err != nil {
			t.Fatal(err)
		}
		return changed
	}
	load()
	imported(t, d, "RGT,Renamed NHS Trust,NHS_TRUST,,QUE,,\nRGT01,Renamed Hospital,NHS_TRUST_SITE,,QHG,2026-01-01,\n")
	before := mapTables(t, d)
	if load() {
		t.Error("it says that it changed something")
	}
	if diff := cmp.Diff(before, mapTables(t, d)); diff != "" {
		t.Error(diff)
	}
}

// anyFile draws a file about a few organisations, much of it wrong.
func anyFile(t *rapid.T) string {
	today := organisation.DayOf(time.Now())
	day := func(label string) string {
		if rapid.IntRange(0, 2).Draw(t, label+" is said") > 0 {
			return ""
		}
		return (today + organisation.Day(rapid.IntRange(-400, 400).Draw(t, label))).String()
	}
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	var lines strings.Builder
	for range rapid.IntRange(1, 4).Draw(t, "lines") {
		fmt.Fprintf(&lines, "%s,%s,%s,%s,%s,%s,%s\n",
			pick("code", "RAA", "RAA01", "RBB", "RCC", "B81001", "B81002", "B81003", "B81004", "B81005", "B81006"),
			pick("name", "Mill Surgery", "Café Pharmacy", `"Surgery, Old"`), pick("type", "GP_PRACTICE", "PHARMACY"),
			pick("parent", "", "", "", "RAA", "B81001", "B81002"), pick("icb", "", "QA1", "QA2", "QA3"), day("from"), day("until"))
	}
	return lines.String()
}

func TestTheSameFileASecondTimeChangesNothing(t *testing.T) {
	d, _ := smallMap(t)
	store := db.NewOrganisations(d.DB)
	taken, refused := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		lines := anyFile(rt)
		before := mapTables(t, d)
		foretold, err := organisation.Rehearse(t.Context(), store, file(t, lines))
		if diff := cmp.Diff(before, mapTables(t, d)); diff != "" {
			rt.Fatalf("a rehearsal changed something: %s", diff)
		}
		first, importErr := organisation.Import(t.Context(), store, file(t, lines), time.Now())
		if err != nil || importErr != nil {
			if !errors.As(err, new(*organisation.ProblemsError)) || !errors.As(importErr, new(*organisation.ProblemsError)) {
				rt.Fatalf("the rehearsal ended with %v, the import with %v", err, importErr)
			}
			if diff := cmp.Diff(before, mapTables(t, d)); diff != "" {
				rt.Fatalf("a refused file changed something: %s", diff)
			}
			refused++
			return
		}
		taken++
		if diff := cmp.Diff(foretold, first); diff != "" {
			rt.Fatalf("the rehearsal told otherwise: %s", diff)
		}
		after := mapTables(t, d)
		second, err := organisation.Import(t.Context(), store, file(t, lines), time.Now())
		if err != nil || second.Added+second.Changed+second.Closed > 0 {
			rt.Fatalf("the second time: %s, %v", counted(second), err)
		}
		if diff := cmp.Diff(after, mapTables(t, d)); diff != "" {
			rt.Fatalf("the second time something changed: %s", diff)
		}
	})
	if taken < 10 || refused < 10 {
		t.Errorf("%d files were taken and %d refused: too few of one", taken, refused)
	}
}

func TestAnImportThatEndsHalfWayLeavesNothing(t *testing.T) {
	d, _ := smallMap(t)
	before := mapTables(t, d)
	store := db.NewOrganisations(d.DB)
	f := file(t, "B81008,Mill Surgery,GP_PRACTICE,,QA1,,\nRAA,Aire,NHS_TRUST,,QA2,2026-02-01,\n")
	accept := func(organisation.Records) error { return nil }
	plan := func(records organisation.Records) (organisation.Changes, error) {
		changes, err := f.Plan(records)
		changes.Entry.At, changes.Entry.Action, changes.Entry.ActorKind = time.Now(), "test.tried", "system"
		return changes, err
	}
	refusal := errors.New("refused")
	if err := store.Change(t.Context(), plan, func(organisation.Records) error { return refusal }); !errors.Is(err, refusal) {
		t.Errorf("a refused map: got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := store.Change(ctx, plan, func(organisation.Records) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("one that is called off: got %v", err)
	}
	if diff := cmp.Diff(before, mapTables(t, d)); diff != "" {
		t.Errorf("something was changed: %s", diff)
	}
	if err := store.Change(t.Context(), plan, accept); err != nil || cmp.Equal(before, mapTables(t, d)) {
		t.Errorf("and yet it could have been: %v", err)
	}
}

func TestAnImportAndAMergerWaitForEachOther(t *testing.T) {
	d, directory := smallMap(t)
	store := db.NewOrganisations(d.DB)
	f := file(t, "B81008,Mill Surgery,GP_PRACTICE,,QA1,,2026-03-31\n")
	merged := make(chan error, 1)
	plan := func(records organisation.Records) (organisation.Changes, error) {
		go func() { merged <- directory.Merge(t.Context(), merger(t, "QA1", "QA2", "2026-04-01")) }()
		waitForLock(t, d)
		changes, err := f.Plan(records)
		changes.Entry.At, changes.Entry.Action, changes.Entry.ActorKind = time.Now(), "test.tried", "system"
		return changes, err
	}
	if err := store.Change(t.Context(), plan, func(organisation.Records) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := <-merged; err != nil {
		t.Fatal(err)
	}
	if o := directory.Map().ByCode("B81008"); o == nil {
		t.Error("the merger saw a map without the import")
	}
}

// waitForLock waits until somebody waits for a lock.
func waitForLock(t testing.TB, d *db.DB) {
	t.Helper()
	const query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		var waiting int
		if err := d.Pool.QueryRow(t.Context(), query).Scan(&waiting); err != nil {
			t.Error(err)
			return
		}
		if waiting > 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Error("nobody waits")
			return
		}
	}
}

func TestTheMigrationToLastDaysKeepsWhoIsClosedBothWays(t *testing.T) {
	d, directory := smallMap(t)
	step := func(way string) {
		t.Helper()
		text, err := migrations.Files.ReadFile("0004_organisation_days." + way + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		change(t, d, string(text))
	}
	change(t, d, "UPDATE organisation SET valid_until = '2020-01-01' WHERE ods_code = 'RBB'; UPDATE organisation SET valid_until = '2190-01-01' WHERE ods_code = 'RCC'")
	step("down")
	var closed string
	if err := d.Pool.QueryRow(t.Context(), "SELECT string_agg(ods_code, ' ') FROM organisation WHERE NOT active").Scan(&closed); err != nil || closed != "RBB" {
		t.Errorf("taken back, %s is closed, %v", closed, err)
	}
	step("up")
	if err := directory.Refresh(t.Context()); err != nil || directory.Exists("RBB") || !directory.Exists("RCC") {
		t.Errorf("done again, RBB is open: %t, RCC: %t, %v", directory.Exists("RBB"), directory.Exists("RCC"), err)
	}
}
