package taxonomy

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryElementIsAskedOfSomeKindOfEvent(t *testing.T) {
	// What a reporter is not asked, because the service knows it.
	known := []string{
		"AdverseEventEstimatedDate.IncidentOccurredToday", "AdverseEventEstimatedDate.TodaysDate", "PatientInformation.PatientSequence",
	}
	v5 := five(t)
	for _, e := range v5.Elements() {
		asked := slices.ContainsFunc(Kinds(), func(kind string) bool { return v5.Form(kind).Question(e.Path) != nil })
		if want := (e.Source == Answer || e.Source == Field) && !slices.Contains(known, e.Path); asked != want {
			t.Errorf("%s: asked %t, want %t", e.Path, asked, want)
		}
	}
}

func TestEachKindIsAskedItsSectionsInOrder(t *testing.T) {
	for kind, want := range map[string]string{
		incident: "What happened, When it happened, Where it happened, The patient, The risk, Stage of care, What was involved, " +
			"How the medication was given, The device, Medication, Devices, IT systems and software, Buildings and infrastructure, " +
			"Estates services, Blood, Blood products, Tissues and organs for transplant, People, Known safety challenges, " +
			"How it was noticed, What came of it, How serious it seems, The reporter",
		outcome: "What happened, What came of it, When it happened, Where it happened, The patient, What was involved, " +
			"How the medication was given, The device, Blood products, Known safety challenges, How serious it seems, The reporter",
		risk: "The risk, When it happened, Where it happened, What was involved, The device, Known safety challenges, " +
			"How serious it seems, The reporter",
		goodCare: "What happened, What went well, When it happened, Where it happened, The patient, What was involved, The device, " +
			"Known safety challenges, How serious it seems, The reporter",
	} {
		var titles []string
		for _, section := range five(t).Form(kind).Sections {
			titles = append(titles, section.Title)
		}
		if got := strings.Join(titles, ", "); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", kind, got, want)
		}
	}
}

func TestWhatEachKindRequires(t *testing.T) {
	for kind, want := range map[string]string{
		incident: "AdverseEvent.description; with their sections AdverseEventRiskDetails.RiskImminent AdverseEventProcess.Process AdverseEventAgent.InvolvedAgents MedicationAdministration.MedicationAdministration AdverseEventSafetyChallenges.SafetyChallenges",
		outcome:  "AdverseEvent.description; with their sections AdverseEventAgent.InvolvedAgents MedicationAdministration.MedicationAdministration AdverseEventSafetyChallenges.SafetyChallenges",
		risk:     "AdverseEventRiskDetails.RiskDescription AdverseEventRiskDetails.RiskImminent; with their sections AdverseEventAgent.InvolvedAgents AdverseEventSafetyChallenges.SafetyChallenges",
		goodCare: "AdverseEvent.description AdverseEventWentWell.HowFutureOccurrence; with their sections AdverseEventAgent.InvolvedAgents AdverseEventSafetyChallenges.SafetyChallenges",
	} {
		var required, withSection []string
		for q := range questions(five(t).Form(kind)) {
			if q.Required {
				required = append(required, q.Element)
			}
			if q.RequiredWithSection {
				withSection = append(withSection, q.Element)
			}
		}
		if got := strings.Join(required, " ") + "; with their sections " + strings.Join(withSection, " "); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", kind, got, want)
		}
	}
}

// questions yields every question of a form.
func questions(f *Form) func(yield func(*Question) bool) {
	return func(yield func(*Question) bool) {
		for _, section := range f.Sections {
			for _, q := range section.Questions {
				if !yield(q) {
					return
				}
			}
		}
	}
}

// What the data set requires of a section, every kind that is asked the section requires.
func TestRequirementsAreTheCardinalities(t *testing.T) {
	v5 := five(t)
	beyond := []string{"AdverseEventRiskDetails.RiskDescription"} // a risk's description
	for _, kind := range Kinds() {
		for q := range questions(v5.Form(kind)) {
			element, _ := v5.Element(q.Element)
			got := q.Required || q.RequiredWithSection
			if want := element.Min > 0 || slices.Contains(beyond, q.Element); got != want || q.Required && q.RequiredWithSection {
				t.Errorf("%s of %s: required %t, with its section %t, at least %d", q.Element, kind, q.Required, q.RequiredWithSection, element.Min)
			}
		}
	}
}

// Where a question has a code for everything else, its text for everything else is asked with that code.
func TestOtherTextsAreAskedWithTheOtherCode(t *testing.T) {
	v5 := five(t)
	checked := 0
	for _, kind := range Kinds() {
		for q := range questions(v5.Form(kind)) {
			sibling := v5.Form(kind).Question(strings.TrimSuffix(q.Element, "Other"))
			if !strings.HasSuffix(q.Element, "Other") || sibling.CodeSystem == nil {
				continue
			}
			for _, coding := range sibling.CodeSystem.Codes(nil) {
				if coding.Label != "Other" {
					continue
				}
				checked++
				if len(q.AskedWhen) != 1 || q.AskedWhen[0].Element != sibling.Element || !slices.Contains(q.AskedWhen[0].Codes, coding.Code) {
					t.Errorf("%s of %s is not asked with code %s of %s", q.Element, kind, coding.Code, sibling.Element)
				}
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d texts were looked at", checked)
	}
}

func TestWhenQuestionsAreAsked(t *testing.T) {
	const (
		agents   = "AdverseEventAgent.InvolvedAgents"
		physical = "PatientInformation.PhysicalHarm"
		mental   = "PatientInformation.PsychologicalHarm"
	)
	tests := []struct {
		name, element string
		given         Answers
		want          bool
	}{
		{"a drug with medication", "AdverseEventAgent.DrugsInvolved", Answers{agents: {"3", "4"}}, true},
		{"a drug without", "AdverseEventAgent.DrugsInvolved", Answers{agents: {"3"}}, false},
		{"too much in what way", "AdverseEventProblemMedication.DrugUsedTooMuch",
			Answers{agents: {"4"}, "AdverseEventProblemMedication.DrugInvolvementFactors": {"1"}}, true},
		{"too much, when it was too little", "AdverseEventProblemMedication.DrugUsedTooMuch",
			Answers{agents: {"4"}, "AdverseEventProblemMedication.DrugInvolvementFactors": {"2"}}, false},
		{"an answer that was not asked for counts for nothing", "AdverseEventProblemMedication.DrugUsedTooMuch",
			Answers{agents: {"3"}, "AdverseEventProblemMedication.DrugInvolvementFactors": {"1"}}, false},
		{"SABRE with blood", "AdverseEventAgent.SabreReportNumber", Answers{agents: {"11"}}, true},
		{"SABRE with blood products", "AdverseEventAgent.SabreReportNumber", Answers{agents: {"12"}}, false},
		{"NHSBT with organs", "AdverseEventAgent.NhsbtReportNumber", Answers{agents: {"8"}}, true},
		{"a Yellow Card with a device", "AdverseEventAgent.YellowCardReference", Answers{agents: {"3"}}, true},
		{"a Yellow Card with a building", "AdverseEventAgent.YellowCardReference", Answers{agents: {"13"}}, false},
		{"a code with radiotherapy", "AdverseEventSafetyChallenges.RadiotherapyIncidentCode",
			Answers{"AdverseEventSafetyChallenges.SafetyChallenges": {"4"}}, true},
		{"MARVIN with radiotherapy", "AdverseEventSafetyChallenges.MarvinReferenceNumber",
			Answers{"AdverseEventSafetyChallenges.SafetyChallenges": {"4"}}, false},
		{"a device that gave a medication", "AdverseEventDeviceDetails.DeviceType",
			Answers{agents: {"4"}, "MedicationAdministration.MedicationAdministration": {"y"}}, true},
		{"a medication given by hand", "AdverseEventDeviceDetails.DeviceType",
			Answers{agents: {"4"}, "MedicationAdministration.MedicationAdministration": {"n"}}, false},
		{"distress", mental, Answers{physical: {"2"}}, true},
		{"distress alone", mental, Answers{}, true},
		{"distress after death", mental, Answers{physical: {"1"}}, false},
		{"association with severe harm", "PatientInformation.StrengthOfAssociation", Answers{physical: {"2"}}, true},
		{"association with severe distress", "PatientInformation.StrengthOfAssociation", Answers{physical: {"5"}, mental: {"1"}}, true},
		{"association with neither", "PatientInformation.StrengthOfAssociation", Answers{physical: {"3"}, mental: {"2"}}, false},
		{"a risk without patients", "AdverseEventRiskDetails.RiskImminent", Answers{}, true},
		{"a risk with patients", "AdverseEventRiskDetails.RiskImminent", Answers{"PatientInformation.Gender": {"1"}}, false},
		{"a time with a date", "AdverseEventEstimatedDate.PreciseTime", Answers{"AdverseEventEstimatedDate.ApproximateDate": nil}, true},
		{"a time without a date", "AdverseEventEstimatedDate.PreciseTime", Answers{}, false},
		{"a place that is known", "LocationDetails.Organisation", Answers{"LocationDetails.LocationKnown": {"y"}}, true},
		{"a place of which nothing is said", "LocationDetails.Organisation", Answers{}, true},
		{"a place that is not known", "LocationDetails.Organisation", Answers{"LocationDetails.LocationKnown": {"n"}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			asked, counting := map[string]bool{}, Answers{}
			for _, section := range five(t).Form(incident).Sections {
				for i, isAsked := range section.Asked(test.given, counting) {
					asked[section.Questions[i].Element] = isAsked
				}
			}
			if asked[test.element] != test.want {
				t.Errorf("asked %t", asked[test.element])
			}
		})
	}
}

func TestAKindIsNotAskedWhatBelongsToAnother(t *testing.T) {
	v5 := five(t)
	for _, test := range []struct{ kind, element string }{
		{risk, "PatientInformation.PhysicalHarm"}, {goodCare, "PatientInformation.PhysicalHarm"}, {outcome, "AdverseEventProcess.Process"},
		{incident, "AdverseEventWentWell.StrengthsOfCare"}, {outcome, "AdverseEventProblemDevices.DeviceInvolvementFactors"},
	} {
		if v5.Form(test.kind).Question(test.element) != nil {
			t.Errorf("%s is asked %s", test.kind, test.element)
		}
	}
	var none *Taxonomy
	if form := none.Form(incident); form.Question("AdverseEvent.description") != nil || form.QuestionOf("description") != nil || form.Asks("AdverseEvent") {
		t.Error("a version that is not known asks something")
	}
}

// An element goes where its kind of event has a field for it, else into answers.
func TestTheFieldOfAQuestionIsItsKinds(t *testing.T) {
	v5 := five(t)
	tests := []struct{ kind, element, field string }{
		{incident, "AdverseEvent.description", "description"},
		{risk, "AdverseEventRiskDetails.RiskDescription", "description"},
		{risk, "AdverseEventRiskDetails.RiskImminent", "risk.imminent"},
		{incident, "AdverseEventRiskDetails.RiskImminent", "incident.imminentRisk"},
		{risk, "AdverseEventRiskDetails.RiskPopulation", "risk.population"},
		{incident, "AdverseEventRiskDetails.RiskPopulation", ""},
		{outcome, "AdverseEventOutcome.ImmediateActions", "outcome.immediateActions"},
		{risk, "AdverseEventRiskDetails.RiskServiceArea", "serviceArea"},
		{incident, "LocationDetails.ServiceArea", "serviceArea"},
		{incident, "PatientInformation.PhysicalHarm", "patients.physicalHarm"},
		{incident, "AdverseEventAgent.DrugsInvolved", ""},
	}
	for _, test := range tests {
		form := v5.Form(test.kind)
		q, got := form.Question(test.element), ""
		if q.Field != nil {
			got = *q.Field
		}
		if got != test.field || got != "" && form.QuestionOf(got) != q {
			t.Errorf("%s of %s is carried by %q, want %q", test.element, test.kind, got, test.field)
		}
	}
}

func TestADateIsAskedForAsADateAndAnAgeWithItsUnit(t *testing.T) {
	form := five(t).Form(incident)
	if q := form.QuestionOf("occurredOn"); q.Type != Date {
		t.Errorf("the day is a %s", q.Type)
	}
	if q := form.QuestionOf("patients.age"); q.Type != Integer || !slices.Equal(q.Units, []string{"DAYS", "MONTHS", "YEARS"}) {
		t.Errorf("an age is a %s of %v", q.Type, q.Units)
	}
}
