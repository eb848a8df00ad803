package policies

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lfpse/internal/governance"
)

func newRequirements(t testing.TB) *Requirements {
	t.Helper()
	r, err := NewRequirements(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func aDay(t testing.TB, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// aDeath is an incident in a trust's maternity care, recorded on a day: a mother
// died because of it.
func aDeath(recorded time.Time) governance.Facts {
	return governance.Facts{
		Kind: "INCIDENT", RecordedOn: recorded, Providers: []string{"NHS_TRUST"}, ServiceAreas: []string{"MATERNITY"},
		Patients: []governance.PatientFacts{{Sequence: 1, AgeBracket: "9", PhysicalHarm: "FATAL", StrengthOfAssociation: "5"}},
	}
}

func required(t testing.TB, r *Requirements, f governance.Facts, on time.Time) map[governance.Code]governance.Requirement {
	t.Helper()
	judgement, err := r.Judge(f, on)
	if err != nil {
		t.Fatal(err)
	}
	byCode := map[governance.Code]governance.Requirement{}
	for _, requirement := range judgement.Requirements {
		byCode[requirement.Code] = requirement
	}
	return byCode
}

// Deadlines run from the day of the judgement in London, over weekends, bank
// holidays and the changes of the clocks.
func TestDeadlinesRunFromTheJudgement(t *testing.T) {
	r := newRequirements(t)
	calendar, err := governance.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	for instant, want := range map[string]map[governance.Code]string{
		"2026-11-27T17:00:00Z": {governance.PSII: "2027-05-27", governance.DutyOfCandour: "2026-12-11", governance.MNSIReferral: "2026-12-04"},
		"2026-12-23T17:00:00Z": {governance.PSII: "2027-06-23", governance.DutyOfCandour: "2027-01-11", governance.MNSIReferral: "2027-01-04"},
		"2026-03-27T12:00:00Z": {governance.PSII: "2026-09-27", governance.DutyOfCandour: "2026-04-14", governance.MNSIReferral: "2026-04-07"},
		"2026-10-23T22:59:00Z": {governance.PSII: "2027-04-23", governance.DutyOfCandour: "2026-11-06", governance.MNSIReferral: "2026-10-30"},
		"2026-10-22T23:00:00Z": {governance.PSII: "2027-04-23", governance.DutyOfCandour: "2026-11-06", governance.MNSIReferral: "2026-10-30"}, // midnight in London
	} {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		on := calendar.Day(at)
		found := required(t, r, aDeath(on), on)
		for code, day := range want {
			if due := found[code].DueOn(); due == nil || !due.Equal(aDay(t, day)) {
				t.Errorf("judged at %s, %s is due on %v, want %s", instant, code, due, day)
			}
		}
	}
}

// What is configuration says so: no figure is given out as law that is none.
func TestDeadlinesSayWhatTheyRestOn(t *testing.T) {
	r := newRequirements(t)
	on := aDay(t, "2026-11-27")
	found := required(t, r, aDeath(on), on)
	for code, want := range map[governance.Code]governance.Basis{
		governance.PSII:          governance.NationalPolicy,
		governance.DutyOfCandour: governance.Contract,
		governance.MNSIReferral:  governance.Operational,
	} {
		if got := found[code].Deadline; got == nil || got.Basis != want || got.Label == "" || got.Source.Document == "" {
			t.Errorf("%s is due by %+v, want %s", code, got, want)
		}
	}
	for name, d := range r.deadlines {
		if d.Basis == governance.Law {
			t.Errorf("%s is said to be law: which law sets its days?", name)
		}
	}
}

// Several rules ask for one thing once, the certain ones first.
func TestARequirementIsAskedForOnce(t *testing.T) {
	r := newRequirements(t)
	on := aDay(t, "2026-11-27")
	death := aDeath(on)
	death.Patients = append(death.Patients, governance.PatientFacts{Sequence: 2, PsychologicalHarm: "MODERATE"})
	death.Declared.NeverEventType = "12"
	judgement, err := r.Judge(death, on)
	if err != nil {
		t.Fatal(err)
	}
	want := map[governance.Code][]string{
		governance.NeverEventReview: {"never_events/declared"},
		governance.PSII:             {"psirf/death_from_problems_in_care", "psirf/never_event"},
		governance.DutyOfCandour:    {"duty_of_candour/health_service_body_death", "duty_of_candour/health_service_body_unclear"},
		governance.MNSIReferral:     {"mnsi/maternal_death"},
	}
	if len(judgement.Requirements) != len(want) {
		t.Errorf("%d are required, want %d", len(judgement.Requirements), len(want))
	}
	for _, requirement := range judgement.Requirements {
		var rules []string
		for _, f := range requirement.Findings {
			rules = append(rules, f.Rule)
			if !strings.Contains(requirement.Reason(), f.Reason) {
				t.Errorf("%s does not give the reason of %s", requirement.Code, f.Rule)
			}
		}
		if !slices.Equal(rules, want[requirement.Code]) || !requirement.Certain || requirement.RulesVersion != r.Version() {
			t.Errorf("%s by %v, certain %v", requirement.Code, rules, requirement.Certain)
		}
	}
}

// An event is judged by the rules of its day.
func TestAnEventIsJudgedByTheRulesOfItsDay(t *testing.T) {
	r := newRequirements(t)
	rulesOf := func(recorded string, occurred *time.Time) []string {
		f := aDeath(aDay(t, recorded))
		f.OccurredUntil = occurred
		f.Declared.NeverEventType = "1"
		judgement, err := r.Judge(f, f.RecordedOn)
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, requirement := range judgement.Requirements {
			for _, f := range requirement.Findings {
				rules = append(rules, f.Rule)
			}
		}
		return rules
	}
	old, future := aDay(t, "2014-11-26"), aDay(t, "2030-12-31")
	for name, test := range map[string]struct {
		got  []string
		want []string
	}{
		"today": {rulesOf("2026-11-27", nil), []string{
			"never_events/declared", "psirf/death_from_problems_in_care", "psirf/never_event",
			"duty_of_candour/health_service_body_death", "mnsi/maternal_death",
		}},
		"the last day of the framework before": {rulesOf("2023-09-30", nil), []string{
			"never_events/declared", "serious_incident_framework/avoidable_death", "serious_incident_framework/never_event",
			"duty_of_candour/health_service_body_death", "hsib/maternal_death",
		}},
		"recorded today, of a day before the duty of candour": {rulesOf("2026-11-27", &old), []string{
			"psirf/death_from_problems_in_care", "mnsi/maternal_death",
		}},
		"of a year that is not over": {rulesOf("2018-01-31", &future), []string{
			"serious_incident_framework/avoidable_death", "duty_of_candour/health_service_body_death",
		}},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: %v, want %v", name, test.got, test.want)
		}
	}
}

// What is wrong with a rule or its data is found when they are read, not when
// somebody's event is judged.
func TestRulesThatCannotBeAreRefused(t *testing.T) {
	screening, err := files.ReadFile("requirements/screening.rego")
	if err != nil {
		t.Fatal(err)
	}
	changed := func(old, new string) map[string]string {
		if !strings.Contains(string(screening), old) {
			t.Fatalf("screening.rego has no %s", old)
		}
		return map[string]string{"requirements/screening.rego": strings.Replace(string(screening), old, new, 1)}
	}
	for name, replaced := range map[string]map[string]string{
		"no such code":         changed(`"SCREENING_QA"`, `"SCREENING"`),
		"no such deadline":     changed(`"deadline": "screening"`, `"deadline": "soon"`),
		"no source":            changed(`"document": "Managing safety incidents in NHS screening programmes"`, `"document": ""`),
		"no such day":          changed(`"RECORDED"`, `"UPDATED"`),
		"no first day":         changed(`"2015-10-01"`, `"2015"`),
		"an unknown field":     changed(`"judged_by"`, `"judgd_by"`),
		"a deadline of no day": {deadlinesFile: "screening: {count: 0, unit: MONTHS, basis: LAW, label: a, document: b, paragraph: c}"},
		"a basis of no kind":   {deadlinesFile: "screening: {count: 1, unit: MONTHS, basis: HABIT, label: a, document: b, paragraph: c}"},
		"a unit of no kind":    {deadlinesFile: "screening: {count: 1, unit: DAYS, basis: LAW, label: a, document: b, paragraph: c}"},
		"nothing to say":       {deadlinesFile: "screening: {count: 1, unit: MONTHS, basis: LAW}"},
		"an unknown key":       {neverEventsFile: "- list: 2018"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := openRequirements(t.Context(), rulesWith(t, replaced)); err == nil {
				t.Error("it was taken")
			}
		})
	}
}

// The version tells rules apart that could judge differently.
func TestTheVersionChangesWithTheRules(t *testing.T) {
	version := func(replaced map[string]string) string {
		v, err := versionOf(rulesWith(t, replaced))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	own := version(nil)
	if got := newRequirements(t).Version(); got != own {
		t.Errorf("the rules are of version %s, want %s", got, own)
	}
	if version(map[string]string{"requirements/screening_test.rego": "package x"}) != own {
		t.Error("a test changes the version")
	}
	for _, name := range []string{"requirements/screening.rego", deadlinesFile, neverEventsFile} {
		if version(map[string]string{name: "x"}) == own {
			t.Errorf("%s does not change the version", name)
		}
	}
}

// BenchmarkJudge shows what it costs to judge an event, in units of asking the
// rules whether a reader sees one row.
func BenchmarkJudge(b *testing.B) {
	a, err := New(b.Context(), Options{Geography: newRegion(2)})
	if err != nil {
		b.Fatal(err)
	}
	row := benchmarkRow(b, a, anAccount())
	r := newRequirements(b)
	on := aDay(b, "2026-11-27")
	death := aDeath(on)
	b.Run("nothing", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Judge(governance.Facts{Kind: "INCIDENT", RecordedOn: on}, on); err != nil {
				b.Fatal(err)
			}
		}
		reportRatio(b, row)
	})
	b.Run("death", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Judge(death, on); err != nil {
				b.Fatal(err)
			}
		}
		reportRatio(b, row)
	})
	b.Run("explained", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Explain(death); err != nil {
				b.Fatal(err)
			}
		}
		reportRatio(b, row)
	})
}
