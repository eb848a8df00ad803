package organisation

import (
	"strings"
	"testing"
)

func TestRecordsThatContradictThemselvesAreRefusedByName(t *testing.T) {
	find := func(r *Records, code ODSCode) *Organisation {
		for i := range r.Organisations {
			if r.Organisations[i].ODSCode == code {
				return &r.Organisations[i]
			}
		}
		t.Fatal("no such organisation")
		return nil
	}
	icb := func(r *Records, code ODSCode) *ICB {
		for i := range r.ICBs {
			if r.ICBs[i].ODSCode == code {
				return &r.ICBs[i]
			}
		}
		t.Fatal("no such ICB")
		return nil
	}
	early, late := day(t, "2020-01-01"), day(t, "2030-01-01")
	tests := []struct {
		name  string
		spoil func(*Records)
		want  string
	}{
		{"parents in a circle", func(r *Records) { find(r, trust).ParentCode = ward }, "RAA → RAA0101 → RAA01 → RAA"},
		{"an organisation that is its own parent", func(r *Records) { find(r, island).ParentCode = island }, "RDD → RDD"},
		{"a parent that is not there", func(r *Records) { find(r, island).ParentCode = "RZZ" }, "RDD is part of RZZ"},
		{"a type that is not one", func(r *Records) { find(r, island).Type = "CASTLE" }, "RDD is of no known type"},
		{"one code twice", func(r *Records) { r.Organisations = append(r.Organisations, r.Organisations[0]) }, "more than one organisation"},
		{"successors in a circle", func(r *Records) {
			icb(r, newBoard).Until, icb(r, newBoard).SuccessorCode = &late, oldBoard
		}, "QA1 → QA2 → QA1"},
		{"a successor that is not there", func(r *Records) { icb(r, oldBoard).SuccessorCode = "QZZ" }, "QA1 is succeeded by QZZ"},
		{"a successor without a last day", func(r *Records) { icb(r, oldBoard).Until = nil }, "QA1 has a successor but no last day"},
		{"an ICB that ends before it begins", func(r *Records) { icb(r, newBoard).Until = &early }, "QA2 ends before it begins"},
		{"an ICB in no region", func(r *Records) { r.Regional = r.Regional[1:] }, "QA1 is in no region"},
		{"an ICB in a region that is not there", func(r *Records) { r.Regional[0].In = "Y99" }, "QA1 belongs to Y99"},
		{"a membership of nobody", func(r *Records) { r.Memberships[0].Of = "RZZ" }, "RZZ, which belongs to QA1"},
		{"a membership in what is not there", func(r *Records) { r.Memberships[0].In = "QZZ" }, "RAA belongs to QZZ"},
		{"two memberships on one day", func(r *Records) { r.Memberships[0].Until++ }, "RAA belongs to both QA1 and QA2 on 2026-04-01"},
		{"a membership that ends before it begins", func(r *Records) { r.Memberships[1].Until = early }, "the end is before the beginning"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			records := fixture(t)
			test.spoil(&records)
			_, err := NewMap(records)
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q, want it to say %q", err, test.want)
			}
		})
	}
}

func TestMapKnowsItsOrganisations(t *testing.T) {
	records := fixture(t)
	m := newMap(t, records)
	for _, o := range records.Organisations {
		if got := m.ByCode(o.ODSCode); got == nil || *got != o {
			t.Errorf("ByCode(%s) = %v", o.ODSCode, got)
		}
		if got := m.ByID(o.UUID); got == nil || *got != o {
			t.Errorf("ByID of %s = %v", o.ODSCode, got)
		}
	}
	if m.ByCode("RZZ") != nil || m.ICBByCode("QZZ") != nil || m.RegionByCode("Y99") != nil {
		t.Error("something was found that is not there")
	}
	if m.ByID(records.ICBs[0].UUID) != nil || m.ICBByID(records.Regions[0].UUID) != nil || m.RegionByID(records.Organisations[0].UUID) != nil {
		t.Error("an id of another type was taken for one's own")
	}
	if icb, region := m.ICBByID(records.ICBs[0].UUID), m.RegionByID(records.Regions[0].UUID); icb.ODSCode != oldBoard || region.ODSCode != south {
		t.Errorf("by id: got %s and %s", icb.ODSCode, region.ODSCode)
	}
	if parent := m.ParentOf(ward); parent == nil || parent.ODSCode != hospital {
		t.Errorf("the ward's parent is %v", parent)
	}
	if m.ParentOf(trust) != nil {
		t.Error("the trust has a parent")
	}
	sites := m.Sites(trust)
	if len(sites) != 2 || sites[0].ODSCode != hospital || sites[1].ODSCode != lentSite {
		t.Errorf("the trust's own sites by name: got %d", len(sites))
	}
	if regions := m.Regions(); len(regions) != 2 || regions[0].ODSCode != north {
		t.Error("regions are not listed by name")
	}
	if !strings.HasPrefix(m.ByCode(trust).ID(), "organisation_") || !strings.HasPrefix(m.ICBByCode(oldBoard).ID(), "icb_") || !strings.HasPrefix(m.RegionByCode(north).ID(), "region_") {
		t.Error("an id does not say its type")
	}
}
