package organisation

import (
	"testing"

	"github.com/google/uuid"
)

// The fixtures' health service: a north and a south, an old board in the north
// that is merged into a new one on 1 April 2026 (British Summer Time), and a southern board that
// hands over to another on 1 January 2027 (Greenwich Mean Time) by succession alone.
const (
	north, south                   = ODSCode("Y01"), ODSCode("Y02")
	oldBoard, newBoard             = ODSCode("QA1"), ODSCode("QA2")
	endingBoard, succeedingBoard   = ODSCode("QB1"), ODSCode("QB2")
	trust, hospital, ward          = ODSCode("RAA"), ODSCode("RAA01"), ODSCode("RAA0101")
	lentSite                       = ODSCode("RAA02")
	northTrust, southTrust, island = ODSCode("RBB"), ODSCode("RCC"), ODSCode("RDD")
)

func day(t testing.TB, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func fixture(t testing.TB) Records {
	merger, succession := day(t, "2026-04-01"), day(t, "2027-01-01")
	eve, lastOfYear := merger-1, succession-1
	org := func(code, parent ODSCode, kind Type, name string) Organisation {
		return Organisation{UUID: uuid.New(), ODSCode: code, Name: name, Type: kind, Active: true, ParentCode: parent}
	}
	icb := func(code ODSCode, name string, from, until *Day, successor ODSCode) ICB {
		return ICB{UUID: uuid.New(), ODSCode: code, Name: name, From: from, Until: until, SuccessorCode: successor}
	}
	return Records{
		Edition: Edition{Version: 7},
		Regions: []Region{{UUID: uuid.New(), ODSCode: south, Name: "South"}, {UUID: uuid.New(), ODSCode: north, Name: "North"}},
		ICBs: []ICB{
			icb(oldBoard, "Old Northern Board", nil, &eve, newBoard),
			icb(newBoard, "New Northern Board", &merger, nil, ""),
			icb(endingBoard, "Ending Southern Board", nil, &lastOfYear, succeedingBoard),
			icb(succeedingBoard, "Succeeding Southern Board", nil, nil, ""),
		},
		Regional: []Relation{
			{Of: oldBoard, In: north, From: Always, Until: eve},
			{Of: newBoard, In: north, From: merger, Until: Forever},
			{Of: endingBoard, In: south, From: Always, Until: lastOfYear},
			{Of: succeedingBoard, In: south, From: Always, Until: Forever},
		},
		Organisations: []Organisation{
			org(trust, "", NHSTrust, "Aire Valley NHS Trust"),
			org(hospital, trust, NHSTrustSite, "Aire General Hospital"),
			org(ward, hospital, NHSTrustSite, "Aire Birth Centre"),
			org(lentSite, trust, NHSTrustSite, "Coastal Clinic"),
			org(northTrust, "", NHSTrust, "Bluebell Hospitals NHS Trust"),
			org(southTrust, "", NHSTrust, "Chalk Downs NHS Trust"),
			org(island, "", IndependentProvider, "Distant Island Care"),
		},
		Memberships: []Relation{
			{Of: trust, In: oldBoard, From: Always, Until: eve},
			{Of: trust, In: newBoard, From: merger, Until: Forever},
			{Of: northTrust, In: newBoard, From: merger, Until: Forever},
			{Of: lentSite, In: endingBoard, From: Always, Until: Forever},
			{Of: southTrust, In: endingBoard, From: Always, Until: Forever},
		},
	}
}

func newMap(t testing.TB, records Records) *Map {
	t.Helper()
	m, err := NewMap(records)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
