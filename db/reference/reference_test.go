package reference_test

import (
	"context"
	"sync"
	"testing"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/db/reference"
	"lfpse/internal/organisation"
)

func load(t *testing.T, d *db.DB) (changed bool) {
	t.Helper()
	changed, err := reference.Load(t.Context(), d.DB)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func directory(t *testing.T, d *db.DB) *organisation.Directory {
	t.Helper()
	held, err := organisation.NewDirectory(t.Context(), db.NewOrganisations(d.DB))
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func TestLoadMakesTheMap(t *testing.T) {
	d := dbtest.Fresh(t)
	empty := directory(t, d).Version()
	if !load(t, d) {
		t.Fatal("loading an empty map changed nothing")
	}
	m := directory(t, d).Map()
	if m.Version() != empty+1 {
		t.Errorf("the version went from %d to %d", empty, m.Version())
	}
	records, err := db.NewOrganisations(d.DB).Records(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	counts := map[organisation.Type]int{}
	for _, o := range records.Organisations {
		counts[o.Type]++
	}
	if len(counts) != 2 || counts[organisation.NHSTrust] != 207 || counts[organisation.NHSTrustSite] != 301 {
		t.Errorf("organisations by type: %v", counts)
	}
	if len(records.Regions) != 7 || len(records.ICBs) != 42 || len(records.Memberships) != 207 {
		t.Errorf("%d regions, %d ICBs, %d memberships", len(records.Regions), len(records.ICBs), len(records.Memberships))
	}
	for _, icb := range records.ICBs {
		if icb.From != nil || icb.Until != nil || icb.SuccessorCode != "" {
			t.Errorf("days of %s are stated, which are not known", icb.ODSCode)
		}
	}
	for _, o := range records.Organisations {
		if m.RegionOf(o.ODSCode, 0) == nil {
			t.Errorf("%s lies in no region", o.ODSCode)
		}
		if (o.Type == organisation.NHSTrustSite) != (o.ParentCode != "") {
			t.Errorf("%s is a %s of %q", o.ODSCode, o.Type, o.ParentCode)
		}
	}
}

func TestAddenbrookesIsWhereItIs(t *testing.T) {
	d := dbtest.Fresh(t)
	load(t, d)
	m := directory(t, d).Map()
	if o := m.ByCode("RGT01"); o == nil || o.Name != "Addenbrooke's Hospital" || o.ParentCode != "RGT" || !o.Active {
		t.Errorf("got %+v", o)
	}
	if icb := m.ICBOf("RGT01", 0); icb == nil || icb.ODSCode != "QUE" {
		t.Errorf("its ICB is %+v", icb)
	}
	if region := m.RegionOf("RGT01", 0); region == nil || region.Name != "East of England" {
		t.Errorf("its region is %+v", region)
	}
}

func TestLoadingAgainChangesNothing(t *testing.T) {
	d := dbtest.Fresh(t)
	load(t, d)
	before := directory(t, d).Map()
	if load(t, d) {
		t.Error("it says that it did")
	}
	after := directory(t, d).Map()
	if after.Version() != before.Version() || after.ByCode("RGT").UUID != before.ByCode("RGT").UUID {
		t.Error("it did")
	}
}

func TestLoadMendsNamesAndKeepsIDs(t *testing.T) {
	d := dbtest.Fresh(t)
	load(t, d)
	before := directory(t, d).Map()
	if _, err := d.Pool.Exec(t.Context(), "UPDATE organisation SET name = 'Elsewhere', parent = NULL WHERE ods_code = 'RGT01'"); err != nil {
		t.Fatal(err)
	}
	if !load(t, d) {
		t.Error("nothing was mended")
	}
	after := directory(t, d).Map()
	if *after.ByCode("RGT01") != *before.ByCode("RGT01") || after.Version() != before.Version()+1 {
		t.Errorf("got %+v", after.ByCode("RGT01"))
	}
}

func TestLoadUndoesNoMerger(t *testing.T) {
	d := dbtest.Fresh(t)
	load(t, d)
	held := directory(t, d)
	on, err := organisation.ParseDay("2026-04-01")
	if err != nil {
		t.Fatal(err)
	}
	if err := held.Merge(t.Context(), organisation.Merger{From: "QUE", Into: "QHG", On: on}); err != nil {
		t.Fatal(err)
	}
	if load(t, d) {
		t.Error("loading after a merger changed something")
	}
	m := directory(t, d).Map()
	if icb := m.ICBOf("RGT01", on); icb == nil || icb.ODSCode != "QHG" {
		t.Errorf("after the merger the ICB is %+v", icb)
	}
	if icb := m.ICBOf("RGT01", on-1); icb == nil || icb.ODSCode != "QUE" {
		t.Errorf("before it, %+v", icb)
	}
}

func TestLoadsAtOnceWaitForEachOther(t *testing.T) {
	d := dbtest.Fresh(t)
	version := directory(t, d).Version()
	changed := make([]bool, 4)
	errs := make([]error, len(changed))
	var wait sync.WaitGroup
	for i := range changed {
		wait.Go(func() { changed[i], errs[i] = reference.Load(context.Background(), d.DB) })
	}
	wait.Wait()
	count := 0
	for i := range changed {
		if errs[i] != nil {
			t.Error(errs[i])
		}
		if changed[i] {
			count++
		}
	}
	if got := directory(t, d).Version(); count != 1 || got != version+1 {
		t.Errorf("%d loads changed the map, whose version went from %d to %d", count, version, got)
	}
}
