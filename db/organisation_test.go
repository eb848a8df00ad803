package db_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/organisation"
)

// A small country: one region, three boards, two trusts of the first, one of which has a site.
const smallCountry = `
	INSERT INTO region (ods_code, name) VALUES ('Y01', 'North');
	INSERT INTO icb (ods_code, name) VALUES ('QA1', 'Old Board'), ('QA2', 'New Board'), ('QA3', 'Third Board');
	INSERT INTO icb_region (icb, region) VALUES ('QA1', 'Y01'), ('QA2', 'Y01'), ('QA3', 'Y01');
	INSERT INTO organisation (ods_code, name, type, parent) VALUES
		('RAA', 'Aire Valley NHS Trust', 'NHS_TRUST', NULL), ('RAA01', 'Aire General Hospital', 'NHS_TRUST_SITE', 'RAA'),
		('RBB', 'Bluebell NHS Trust', 'NHS_TRUST', NULL), ('RCC', 'Chalk Downs NHS Trust', 'NHS_TRUST', NULL);
	INSERT INTO organisation_icb (organisation, icb, valid_from, valid_until) VALUES
		('RAA', 'QA1', '-infinity', NULL),
		('RBB', 'QA1', '2020-01-01', '2026-12-31'),
		('RCC', 'QA1', '2026-06-01', NULL);`

func smallMap(t *testing.T) (*db.DB, *organisation.Directory) {
	t.Helper()
	d := dbtest.Fresh(t)
	change(t, d, smallCountry)
	directory, err := organisation.NewDirectory(t.Context(), db.NewOrganisations(d.DB))
	if err != nil {
		t.Fatal(err)
	}
	return d, directory
}

func change(t *testing.T, d *db.DB, sql string) {
	t.Helper()
	if _, err := d.Pool.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Pool.Exec(t.Context(), "UPDATE geography_version SET version = version + 1"); err != nil {
		t.Fatal(err)
	}
}

func within(directory *organisation.Directory, icb, day string) []string {
	on, err := organisation.ParseDay(day)
	if err != nil {
		panic(err)
	}
	return directory.Within(authz.Area{Type: authz.AreaICB, Code: icb}, on.Start())
}

func merger(t *testing.T, from, into organisation.ODSCode, day string) organisation.Merger {
	t.Helper()
	on, err := organisation.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return organisation.Merger{From: from, Into: into, On: on}
}

func TestAMergerPassesOrganisationsOnItsDayAndNotADaySooner(t *testing.T) {
	_, directory := smallMap(t)
	version := directory.Version()
	if err := directory.Merge(t.Context(), merger(t, "QA1", "QA2", "2026-04-01")); err != nil {
		t.Fatal(err)
	}
	if directory.Version() <= version {
		t.Errorf("the version went from %d to %d", version, directory.Version())
	}
	tests := []struct {
		name, icb, day string
		want           []string
	}{
		{"the old board the day before", "QA1", "2026-03-31", []string{"RAA", "RAA01", "RBB"}},
		{"the new board the day before", "QA2", "2026-03-31", nil},
		{"the old board on the day", "QA1", "2026-04-01", nil},
		{"the new board on the day", "QA2", "2026-04-01", []string{"RAA", "RAA01", "RBB"}},
		{"a membership to come passes too", "QA2", "2026-06-01", []string{"RAA", "RAA01", "RBB", "RCC"}},
		{"a membership ends when it would have", "QA2", "2027-01-01", []string{"RAA", "RAA01", "RCC"}},
		{"a third board is left alone", "QA3", "2026-04-01", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := within(directory, test.icb, test.day); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
	old := directory.Map().ICBByCode("QA1")
	if old.Until == nil || old.Until.String() != "2026-03-31" || old.SuccessorCode != "QA2" {
		t.Errorf("the old board ends on %v, succeeded by %q", old.Until, old.SuccessorCode)
	}
	midnight := time.Date(2026, time.March, 31, 23, 0, 0, 0, time.UTC)
	if got := directory.NextChange(midnight.Add(-time.Second)); !got.Equal(midnight) {
		t.Errorf("the next change is at %s, want London's midnight %s", got, midnight)
	}
	region := authz.Area{Type: authz.AreaRegion, Code: "Y01"}
	if got := directory.Within(region, midnight); !slices.Equal(got, []string{"RAA", "RAA01", "RBB"}) {
		t.Errorf("the region holds %v", got)
	}
}

func TestAMergerThatCannotBeChangesNothing(t *testing.T) {
	_, directory := smallMap(t)
	if err := directory.Merge(t.Context(), merger(t, "QA3", "QA2", "2026-04-01")); err != nil {
		t.Fatal(err)
	}
	version := directory.Version()
	for name, m := range map[string]organisation.Merger{
		"of what is no ICB":               merger(t, "RAA", "QA2", "2026-04-01"),
		"into what is no ICB":             merger(t, "QA1", "RAA", "2026-04-01"),
		"into itself":                     merger(t, "QA1", "QA1", "2026-04-01"),
		"of one that has ended":           merger(t, "QA3", "QA1", "2027-04-01"),
		"into one that has ended by then": merger(t, "QA1", "QA3", "2026-04-01"),
		"without a day":                   {From: "QA1", Into: "QA2", On: organisation.Always},
	} {
		if err := directory.Merge(t.Context(), m); fault.KindOf(err) != fault.BadUserInput {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := directory.Refresh(t.Context()); err != nil || directory.Version() != version {
		t.Errorf("the version went from %d to %d, %v", version, directory.Version(), err)
	}
	if got := within(directory, "QA1", "2026-04-01"); !slices.Equal(got, []string{"RAA", "RAA01", "RBB"}) {
		t.Errorf("the board holds %v", got)
	}
}

func TestARefusedMapUndoesItsMerger(t *testing.T) {
	d, directory := smallMap(t)
	refusal := errors.New("refused")
	accept := func(organisation.Records) error { return nil }
	store := db.NewOrganisations(d.DB)
	err := store.Merge(t.Context(), merger(t, "QA1", "QA2", "2026-04-01"), accept, func(organisation.Records) error { return refusal })
	if !errors.Is(err, refusal) {
		t.Fatalf("got %v", err)
	}
	if edition, err := store.Edition(t.Context()); err != nil || edition.Version != directory.Version() {
		t.Errorf("the version is %d, was %d, %v", edition.Version, directory.Version(), err)
	}
}

func TestOfTwoMergersOfOneBoardTheFirstWins(t *testing.T) {
	_, directory := smallMap(t)
	mergers := []organisation.Merger{merger(t, "QA1", "QA2", "2026-04-01"), merger(t, "QA1", "QA3", "2026-05-01")}
	errs := make([]error, len(mergers))
	var wait sync.WaitGroup
	for i, m := range mergers {
		wait.Go(func() { errs[i] = directory.Merge(t.Context(), m) })
	}
	wait.Wait()
	won := slices.Index(errs, nil)
	if won < 0 || fault.KindOf(errs[1-won]) != fault.BadUserInput || errs[1-won] == nil {
		t.Fatalf("got %v", errs)
	}
	if got := directory.Map().ICBByCode("QA1").SuccessorCode; got != mergers[won].Into {
		t.Errorf("succeeded by %s, want %s", got, mergers[won].Into)
	}
}

func TestAMapThatContradictsItselfIsNotTakenUp(t *testing.T) {
	d, directory := smallMap(t)
	version := directory.Version()
	change(t, d, "UPDATE organisation SET parent = 'RAA01' WHERE ods_code = 'RAA'")
	if err := directory.Refresh(t.Context()); err == nil {
		t.Fatal("a circle of parents was taken up")
	}
	if directory.Version() != version || !slices.Equal(within(directory, "QA1", "2026-04-01"), []string{"RAA", "RAA01", "RBB"}) {
		t.Error("the map before did not stay")
	}
}

func TestSomebodyElsesChangeIsHeardOf(t *testing.T) {
	d, directory := smallMap(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		directory.Watch(ctx, 5*time.Millisecond, slog.New(slog.DiscardHandler))
	}()
	change(t, d, "UPDATE organisation SET valid_until = '2020-01-01' WHERE ods_code = 'RBB'")
	for deadline := time.Now().Add(10 * time.Second); directory.Exists("RBB"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it was not")
		}
	}
	stop()
	<-done
	if !directory.Exists("RAA") || directory.Exists("RZZ") {
		t.Error("what is open exists, what is not there does not")
	}
}

func TestAnUnchangedMapCostsOneStatement(t *testing.T) {
	_, directory := smallMap(t)
	ctx, counter := db.CountStatements(t.Context())
	if err := directory.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if counter.Count() != 1 {
		t.Errorf("it cost %d", counter.Count())
	}
}
