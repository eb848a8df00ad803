package event

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

func ptr[T any](v T) *T { return &v }

// valid is an incident with an answer to everything.
func valid() Input {
	return Input{
		Kind: KindIncident, OccurredOn: ptr(PartialDate("2026-10-02")), OccurredAt: ptr(LocalTime("14:30")),
		Organisation: ptr("RGT"), OccurredAtOrganisations: []string{"RGT01"}, ServiceArea: []ServiceArea{ServiceAreaAcute},
		Specialty: ptr("44"), Description: ptr("A fall."), LevelOfConcern: ptr(LevelOfConcernFairly),
		InvolvedAgents: []AgentType{AgentTypeDevice}, SafetyChallenges: []SafetyChallenge{SafetyChallengeFall},
		Patients: []*PatientInput{{
			Age: &Age{84, Years}, Gender: ptr("1"), Ethnicity: ptr("11"), PhysicalHarm: ptr(PhysicalHarmSevere),
			PsychologicalHarm: ptr(PsychologicalHarmLow), ClinicalOutcome: ptr("Better."), StrengthOfAssociation: ptr("4"),
		}},
		Incident: &IncidentInput{
			ImmediateActions: ptr("Helped up."), Process: ptr("7"), DetectionPoint: ptr("4"), WentWell: ptr("Quick."), NearMiss: ptr(false),
		},
		ReporterContact: ptr("ext 2231"),
		Answers:         []*AnswerInput{{Element: "AdverseEventAgent.YellowCardReference", Text: ptr("123")}},
	}
}

func problemsOf(t *testing.T, in Input, anonymous bool, profile ...string) fault.Problems {
	t.Helper()
	return newCheck(t, &in, anonymous, profile...).all()
}

// newCheck is a check by version 5, on a day on which there are three organisations.
func newCheck(t testing.TB, in *Input, anonymous bool, profile ...string) *check {
	t.Helper()
	codes, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	open := []string{"RGT", "RGT01", "RR8"}
	return &check{
		in: in, codes: codes.Version(5), exists: func(code string) bool { return slices.Contains(open, code) },
		now: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC), anonymous: anonymous, profile: profile,
	}
}

func TestACompleteIncidentIsValid(t *testing.T) {
	if problems := problemsOf(t, valid(), false, "RGT"); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
}

func TestTheLeastThatAnIncidentNeedsIsADescription(t *testing.T) {
	in := Input{Kind: KindIncident, Description: ptr("A fall.")}
	if problems := problemsOf(t, in, false, "RGT"); len(problems) > 0 {
		t.Errorf("with one organisation on the profile: %v", problems)
	}
	if problems := problemsOf(t, in, true); len(problems) > 0 {
		t.Errorf("anonymously: %v", problems)
	}
}

// TestEachProblemIsNamedWhereItIs breaks one thing at a time.
func TestEachProblemIsNamedWhereItIs(t *testing.T) {
	many := func(n int) string { return strings.Repeat("x", n) }
	for name, c := range map[string]struct {
		breaks func(*Input)
		code   fault.Code
		path   string
	}{
		"another kind's answers":      {func(in *Input) { in.Kind = KindRisk }, fault.NotApplicable, "event.incident"},
		"no description":              {func(in *Input) { in.Description = nil }, fault.Required, "event.description"},
		"a blank description":         {func(in *Input) { in.Description = ptr(" \n") }, fault.Required, "event.description"},
		"a long description":          {func(in *Input) { in.Description = ptr(many(MaxText + 1)) }, fault.TooLong, "event.description"},
		"a character that is none":    {func(in *Input) { in.Description = ptr("a\x00b") }, fault.Invalid, "event.description"},
		"a day to come":               {func(in *Input) { in.OccurredOn = ptr(PartialDate("2026-11-02")) }, fault.InFuture, "event.occurredOn"},
		"a year to come":              {func(in *Input) { in.OccurredOn, in.OccurredAt = ptr(PartialDate("2027")), nil }, fault.InFuture, "event.occurredOn"},
		"long ago":                    {func(in *Input) { in.OccurredOn = ptr(PartialDate("1899-12-31")) }, fault.Invalid, "event.occurredOn"},
		"a time to come today":        {func(in *Input) { in.OccurredOn = ptr(PartialDate("2026-11-01")) }, fault.InFuture, "event.occurredAt"},
		"a time without a day":        {func(in *Input) { in.OccurredOn = ptr(PartialDate("2026-10")) }, fault.NotApplicable, "event.occurredAt"},
		"an unknown organisation":     {func(in *Input) { in.Organisation = ptr("XXX") }, fault.UnknownCode, "event.organisation"},
		"somebody else's":             {func(in *Input) { in.Organisation = ptr("RR8") }, fault.NotAllowed, "event.organisation"},
		"an unknown place":            {func(in *Input) { in.OccurredAtOrganisations = []string{"RGT", "XXX"} }, fault.UnknownCode, "event.occurredAtOrganisations.1"},
		"a place twice":               {func(in *Input) { in.OccurredAtOrganisations = []string{"RGT", "RGT"} }, fault.Duplicate, "event.occurredAtOrganisations.1"},
		"too many places":             {func(in *Input) { in.OccurredAtOrganisations = make([]string, MaxOrganisations+1) }, fault.TooMany, "event.occurredAtOrganisations"},
		"a service twice":             {func(in *Input) { in.ServiceArea = []ServiceArea{ServiceAreaAcute, ServiceAreaAcute} }, fault.Duplicate, "event.serviceArea.1"},
		"none and something":          {func(in *Input) { in.InvolvedAgents = []AgentType{AgentTypeNone, AgentTypeDevice} }, fault.NotApplicable, "event.involvedAgents.0"},
		"an unknown specialty":        {func(in *Input) { in.Specialty = ptr("none such") }, fault.UnknownCode, "event.specialty"},
		"an unknown process":          {func(in *Input) { in.Incident.Process = ptr("99") }, fault.UnknownCode, "event.incident.process"},
		"imminent with patients":      {func(in *Input) { in.Incident.ImminentRisk = ptr(Yes) }, fault.NotApplicable, "event.incident.imminentRisk"},
		"31 days":                     {func(in *Input) { in.Patients[0].Age = &Age{31, Days} }, fault.Invalid, "event.patients.0.age.value"},
		"12 months":                   {func(in *Input) { in.Patients[0].Age = &Age{12, Months} }, fault.Invalid, "event.patients.0.age.value"},
		"131 years":                   {func(in *Input) { in.Patients[0].Age = &Age{131, Years} }, fault.Invalid, "event.patients.0.age.value"},
		"an age of another bracket":   {func(in *Input) { in.Patients[0].AgeBracket = ptr("1") }, fault.Invalid, "event.patients.0.ageBracket"},
		"distress after death":        {func(in *Input) { in.Patients[0].PhysicalHarm = ptr(PhysicalHarmFatal) }, fault.NotApplicable, "event.patients.0.psychologicalHarm"},
		"association with low harm":   {func(in *Input) { in.Patients[0].PhysicalHarm = ptr(PhysicalHarmLow) }, fault.NotApplicable, "event.patients.0.strengthOfAssociation"},
		"an unknown gender":           {func(in *Input) { in.Patients[0].Gender = ptr("x") }, fault.UnknownCode, "event.patients.0.gender"},
		"patient number 0":            {func(in *Input) { in.Patients[0].Sequence = ptr(0) }, fault.Invalid, "event.patients.0.sequence"},
		"long contact details":        {func(in *Input) { in.ReporterContact = ptr(many(MaxContact + 1)) }, fault.TooLong, "event.reporterContact"},
		"an unknown element":          {func(in *Input) { in.Answers[0].Element = "None.Such" }, fault.UnknownCode, "event.answers.0.element"},
		"an element of governance":    {func(in *Input) { in.Answers[0].Element = "AdverseEventGovernance.NeverEvent" }, fault.NotApplicable, "event.answers.0.element"},
		"an element of another field": {func(in *Input) { in.Answers[0].Element = "PatientInformation.Gender" }, fault.NotApplicable, "event.answers.0.element"},
		"codes for words":             {func(in *Input) { in.Answers[0].Codes = []string{"1"} }, fault.NotApplicable, "event.answers.0.codes"},
		"no words":                    {func(in *Input) { in.Answers[0].Text = nil }, fault.Required, "event.answers.0.text"},
	} {
		t.Run(name, func(t *testing.T) {
			in := valid()
			c.breaks(&in)
			for _, p := range problemsOf(t, in, false, "RGT") {
				if p.Code == c.code && strings.Join(p.Path, ".") == c.path {
					return
				}
			}
			t.Errorf("got %v, want %s at %s", problemsOf(t, in, false, "RGT"), c.code, c.path)
		})
	}
}

// answering is a device incident with answers of the long tail.
func answering(answers ...*AnswerInput) Input {
	in := valid()
	in.Answers = answers
	return in
}

func coded(element string, codes ...string) *AnswerInput {
	return &AnswerInput{Element: element, Codes: codes}
}

func worded(element, text string) *AnswerInput { return &AnswerInput{Element: element, Text: &text} }

func TestAnAnswerIsTakenWhereItIsAskedFor(t *testing.T) {
	const devices, people = "AdverseEventProblemDevices.", "AdverseEventProblemPeople."
	for name, in := range map[string]Input{
		"a detail of what was answered":      answering(coded(devices+"DeviceInvolvementFactors", "4"), coded(devices+"DeviceBrokenDetails", "1", "10")),
		"in whatever order":                  answering(coded(devices+"DeviceBrokenDetails", "1", "10"), coded(devices+"DeviceInvolvementFactors", "4")),
		"other, in words":                    answering(coded("AdverseEventDeviceDetails.DeviceType", "88"), worded("AdverseEventDeviceDetails.DeviceTypeOther", "A plough.")),
		"other, without words":               answering(coded("AdverseEventDeviceDetails.DeviceType", "88")),
		"an organisation":                    answering(coded("LocationDetails.IdentifiedLocation", "RR8")),
		"an organisation that is not listed": answering(worded("LocationDetails.IdentifiedLocationOther", "A ship.")),
		"people":                             answering(coded(people+"PeopleActionFactors", "1"), coded(people+"PeopleActionTooMuch", "5")),
	} {
		t.Run(name, func(t *testing.T) {
			if problems := problemsOf(t, in, false, "RGT"); len(problems) > 0 {
				t.Errorf("got %v", problems)
			}
		})
	}
}

func TestAnAnswerIsRefusedWhereItIsNotAskedFor(t *testing.T) {
	const devices = "AdverseEventProblemDevices."
	for name, c := range map[string]struct {
		in   Input
		code fault.Code
		path string
		says string
	}{
		"a detail of something else": {answering(coded(devices+"DeviceInvolvementFactors", "1"), coded(devices+"DeviceBrokenDetails", "1")),
			fault.NotApplicable, "event.answers.1.element", "“How was the device involved?” (AdverseEventProblemDevices.DeviceInvolvementFactors)"},
		"a detail of nothing": {answering(coded(devices+"DeviceBrokenDetails", "1")),
			fault.NotApplicable, "event.answers.0.element", "didn't perform as expected”"},
		"another agent's": {answering(worded("AdverseEventAgent.DrugsInvolved", "Paracetamol")),
			fault.NotApplicable, "event.answers.0.element", "“What was involved in it?” (involvedAgents) is answered with “Medications”"},
		"a detail of another agent's": {answering(coded("AdverseEventProblemBlood.BloodInvolved", "1"), coded("AdverseEventProblemBlood.TooMuchBloodUsed", "1")),
			fault.NotApplicable, "event.answers.1.element", "“How was blood involved?”"},
		"other without its code": {answering(worded("DetectionFactors.DetectionPointOther", "At lunch.")),
			fault.NotApplicable, "event.answers.0.element", "(incident.detectionPoint) is answered with “Other”"},
		"other although it is listed": {answering(worded("LocationDetails.ResponsibleSpecialtyOther", "Alchemy")),
			fault.NotApplicable, "event.answers.0.element", "(specialty) has no answer"},
		"who is at risk, of an incident with patients": {answering(worded("AdverseEventRiskDetails.RiskPopulation", "All.")),
			fault.NotApplicable, "event.answers.0.element", "nothing is said of “The patient”"},
		"another kind's":   {answering(worded("AdverseEventRiskDetails.RiskTimeframeOther", "Soon.")), fault.NotApplicable, "event.answers.0.element", "this kind"},
		"the service's":    {answering(coded("AdverseEventReferenceMetadata.DataSharingOptOut", "true")), fault.NotApplicable, "event.answers.0.element", "not for reporters"},
		"a field's":        {answering(coded("PatientInformation.Gender", "1")), fault.NotApplicable, "event.answers.0.element", "patients.gender"},
		"an anonymous one": {answering(worded("PractitionerDetails.WhyAnonymousOther", "Fear.")), fault.NotApplicable, "event.answers.0.element", "anonymous reporters"},
		"an answer twice":  {answering(coded("AdverseEventDeviceDetails.DeviceType", "1"), coded("AdverseEventDeviceDetails.DeviceType", "2")), fault.Duplicate, "event.answers.1.element", ""},
		"a code twice":     {answering(coded("AdverseEventDeviceDetails.DeviceType", "1", "1")), fault.Duplicate, "event.answers.0.codes.1", ""},
		"an unknown code":  {answering(coded("AdverseEventDeviceDetails.DeviceType", "1", "x")), fault.UnknownCode, "event.answers.0.codes.1", "device-type"},
		"too many codes":   {answering(coded("LocationDetails.LocationWithinService", "1", "2")), fault.TooMany, "event.answers.0.codes", "At most 1"},
		"no code":          {answering(coded("AdverseEventDeviceDetails.DeviceType")), fault.Required, "event.answers.0.codes", ""},
		"words for codes":  {answering(worded("AdverseEventDeviceDetails.DeviceType", "A plough.")), fault.NotApplicable, "event.answers.0.text", ""},
		"a closed organisation": {answering(coded("LocationDetails.IdentifiedLocation", "XXX")),
			fault.UnknownCode, "event.answers.0.codes.0", "ODS code"},
	} {
		t.Run(name, func(t *testing.T) {
			problems := problemsOf(t, c.in, false, "RGT")
			if !slices.ContainsFunc(problems, func(p fault.Problem) bool {
				return p.Code == c.code && strings.Join(p.Path, ".") == c.path && strings.Contains(p.Message, c.says)
			}) {
				t.Errorf("got %v, want %s at %s", problems, c.code, c.path)
			}
		})
	}
}

func TestWhatIsRequiredOfEachKind(t *testing.T) {
	for name, c := range map[string]struct {
		in   Input
		want []string // every problem, as its code and path
	}{
		"an incident":           {Input{Kind: KindIncident}, []string{"REQUIRED event.description"}},
		"an outcome":            {Input{Kind: KindOutcome}, []string{"REQUIRED event.description"}},
		"a risk":                {Input{Kind: KindRisk}, []string{"REQUIRED event.description", "REQUIRED event.risk.imminent"}},
		"good care":             {Input{Kind: KindGoodCare}, []string{"REQUIRED event.description", "REQUIRED event.goodCare.howToRepeat"}},
		"blank words":           {Input{Kind: KindGoodCare, Description: ptr("All."), GoodCare: &GoodCareInput{HowToRepeat: ptr(" ")}}, []string{"REQUIRED event.goodCare.howToRepeat"}},
		"no agents":             {Input{Kind: KindIncident, Description: ptr("A fall."), Answers: []*AnswerInput{coded("AdverseEventAgent.InvolvedPersonsActions", "1")}}, []string{"REQUIRED event.involvedAgents"}},
		"drugs alone":           {Input{Kind: KindIncident, Description: ptr("A fall."), Answers: []*AnswerInput{worded("AdverseEventAgent.DrugsInvolved", "Heparin")}}, []string{"NOT_APPLICABLE event.answers.0.element", "REQUIRED event.involvedAgents"}},
		"whom it risks":         {Input{Kind: KindIncident, Description: ptr("A fall."), Answers: []*AnswerInput{worded("AdverseEventRiskDetails.RiskPopulation", "All.")}}, []string{"REQUIRED event.incident.imminentRisk"}},
		"a risk with patients":  {Input{Kind: KindRisk, Description: ptr("Ice."), Risk: &RiskInput{Imminent: ptr(No)}, Patients: []*PatientInput{{}}}, []string{"NOT_APPLICABLE event.patients"}},
		"good care that harmed": {Input{Kind: KindGoodCare, Description: ptr("All."), GoodCare: &GoodCareInput{HowToRepeat: ptr("Again.")}, Patients: []*PatientInput{{PhysicalHarm: ptr(PhysicalHarmNone)}}}, []string{"NOT_APPLICABLE event.patients.0.physicalHarm"}},
		"a kind that is none":   {Input{Kind: "RUMOUR"}, []string{"INVALID event.kind"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range problemsOf(t, c.in, false, "RGT") {
				got = append(got, string(p.Code)+" "+strings.Join(p.Path, "."))
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestABracketBesideItsAgeOnlyRepeatsIt(t *testing.T) {
	in := valid()
	in.Patients[0].AgeBracket = ptr("11")
	if problems := problemsOf(t, in, false, "RGT"); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
}

func TestWhyAReporterStaysAnonymousInWords(t *testing.T) {
	why := worded(elementOtherReason, "The ward manager.")
	in := Input{Kind: KindIncident, Description: ptr("A fall."), Answers: []*AnswerInput{why}}
	c := newCheck(t, &in, true)
	if problems := c.all(); len(problems) != 1 || strings.Join(problems[0].Path, ".") != "event.answers.0.element" {
		t.Errorf("without the reason that it explains: %v", problems)
	}
	c.reasons = []string{"8"}
	if problems := c.all(); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
	if texts := in.texts(); len(texts) != 1 || len(storedDetails(&in).Answers) > 0 {
		t.Errorf("it is kept where others read: %v", texts)
	}
	if sealed := in.sealedOnly(); sealed["answers."+elementOtherReason] != "The ward manager." {
		t.Errorf("sealed alone are %v", sealed)
	}
}

func TestPathsBeginWhereTheEventStands(t *testing.T) {
	in := Input{Kind: KindIncident}
	problems := newCheck(t, &in, true).under("changed", "event")
	if len(problems) != 1 || strings.Join(problems[0].Path, ".") != "changed.event.description" {
		t.Errorf("got %v", problems)
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	in := valid()
	in.Description, in.Specialty, in.Patients[0].Gender = nil, ptr("x"), ptr("y")
	if problems := problemsOf(t, in, false, "RGT"); len(problems) != 3 {
		t.Errorf("got %v, want three problems", problems)
	}
}

func TestAnAnonymousEventTakesNoContactDetails(t *testing.T) {
	problems := problemsOf(t, valid(), true)
	if len(problems) != 1 || problems[0].Path[1] != "reporterContact" {
		t.Errorf("got %v", problems)
	}
}

func TestOneOfSeveralOrganisationsHasToBeNamed(t *testing.T) {
	in := valid()
	in.Organisation = nil
	problems := problemsOf(t, in, false, "RGT", "RR8")
	if len(problems) != 1 || problems[0].Code != fault.Required {
		t.Errorf("got %v", problems)
	}
}

func TestNoProblemRepeatsWhatWasTyped(t *testing.T) {
	const typed = "Pemberton"
	in := valid()
	in.Specialty, in.Organisation, in.OccurredAtOrganisations = ptr(typed), ptr(typed), []string{typed}
	in.Patients[0].Gender, in.Patients[0].Ethnicity = ptr(typed), ptr(typed)
	in.Answers[0].Element = typed
	problems := problemsOf(t, in, false, "RGT")
	if len(problems) < 5 {
		t.Fatalf("only %d problems", len(problems))
	}
	for _, p := range problems {
		if strings.Contains(p.Message+strings.Join(p.Path, " "), typed) {
			t.Errorf("%v repeats what was typed", p)
		}
	}
}
