package policies

import (
	"testing"

	"lfpse/internal/authz"
)

var everyStatus = []string{"REVIEWED", "SUBMITTED", "UNDER_REVIEW", "WITHDRAWN"}

// Of a filter it is only said that it admits all events of organisations where it does so by status and organisation
// alone, both for what they reported and for what occurred there.
func TestReach(t *testing.T) {
	const (
		submitted = `input.event.status in {"SUBMITTED", "UNDER_REVIEW", "REVIEWED", "WITHDRAWN"}`
		reported  = `input.event.organisation in {"A", "B"}`
		occurred  = `overlaps(input.event.occurred_at_organisations, {"A", "B"})`
	)
	rule := func(conditions string) string { return "visible if {\n" + conditions + "\n}\n" }
	for _, test := range []struct {
		name, rules string
		all, allOfA bool
	}{
		{"by status", rule(submitted), true, true},
		{"by both", rule(submitted+"\n"+reported) + rule(submitted+"\n"+occurred), false, true},
		{"and by who recorded it", rule(`input.event.recorded_by == "`+someID+`"`) + rule(submitted+"\n"+reported) + rule(submitted+"\n"+occurred), false, true},
		{"reported alone", rule(submitted + "\n" + reported), false, false},
		{"occurred alone", rule(submitted + "\n" + occurred), false, false},
		{"both at once", rule(submitted + "\n" + reported + "\n" + occurred), false, false},
		{"of fewer statuses", rule(`input.event.status in {"SUBMITTED", "REVIEWED"}`), false, false},
		{"of any status but", rule(`not input.event.status == "DRAFT"`), false, false},
		{"of no status", rule(reported) + rule(occurred), false, false},
		{"with something else", rule(submitted+"\n"+reported+"\n"+`input.event.source == "ONLINE"`) + rule(submitted+"\n"+occurred), false, false},
		{"but not there", rule(submitted + "\n" + `not overlaps(input.event.occurred_at_organisations, {"A"})`), false, false},
		{"by two statuses", rule(submitted + "\n" + `input.event.status == "SUBMITTED"`), false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			filter, err := newTranslator(authz.Events).translate(partially(t, test.rules))
			if err != nil {
				t.Fatal(err)
			}
			if got := filter.AdmitsAll(everyStatus); got != test.all {
				t.Errorf("admits all: %v", got)
			}
			if got := filter.AdmitsAllOf([]string{"A"}, everyStatus); got != test.allOfA {
				t.Errorf("admits all of A: %v", got)
			}
			if filter.AdmitsAllOf([]string{"A", "C"}, everyStatus) != test.all {
				t.Error("C is nobody's")
			}
		})
	}
}

// What the service's own rules say of readers.
func TestReachOfReaders(t *testing.T) {
	for _, test := range []struct {
		name              string
		principal         authz.Principal
		all, ofA, ofB, of bool
	}{
		{"anonymous", authz.Principal{Kind: authz.Anonymous}, false, false, false, false},
		{"STANDARD", anAccount(), false, false, false, false},
		{"client", aClient(), false, false, false, false},
		{"ORGANISATIONAL", anAccount(grant(authz.Organisational, authz.AreaOrganisation, "A")), false, true, false, false},
		{"two grants", anAccount(grant(authz.Admin, authz.AreaOrganisation, "A"), grant(authz.ReadOnly, authz.AreaICB, "OLD")), false, true, true, true},
		{"a region", anAccount(grant(authz.ReadOnly, authz.AreaRegion, "R")), false, true, true, true},
		{"NATIONAL_LEAD", anAccount(grant(authz.NationalLead, authz.AreaNational, "")), true, true, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			scope := newWorld(t).scope(t, test.principal, authz.Events)
			rows := scope.Rows()
			got := [4]bool{
				rows.AdmitsAll(everyStatus), rows.AdmitsAllOf([]string{"A", "A01"}, everyStatus),
				rows.AdmitsAllOf([]string{"B"}, everyStatus), rows.AdmitsAllOf([]string{"A", "B"}, everyStatus),
			}
			if want := [4]bool{test.all, test.ofA, test.ofB, test.of}; got != want {
				t.Errorf("all, A, B, both: %v, want %v", got, want)
			}
			if test.all && !scope.Shows(authz.Structured).AdmitsAll(everyStatus[:3]) {
				t.Error("answers are not known to be shown")
			}
		})
	}
}
