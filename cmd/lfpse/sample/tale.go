package sample

import (
	"math"
	"math/rand/v2"
	"time"

	"lfpse/internal/event"
)

// The shares of the mix, as the service's published figures and the larger
// trusts' suggest them.
var (
	kinds = shares(weighted[event.Kind]{{event.KindIncident, 96.7}, {event.KindOutcome, 1.6}, {event.KindRisk, 1.2}, {event.KindGoodCare, 0.5}})

	physical      = shares(weighted[event.PhysicalHarm]{{event.PhysicalHarmNone, 68}, {event.PhysicalHarmLow, 26.2}, {event.PhysicalHarmModerate, 4.9}, {event.PhysicalHarmSevere, 0.6}, {event.PhysicalHarmFatal, 0.3}})
	physicalWorse = shares(weighted[event.PhysicalHarm]{{event.PhysicalHarmNone, 15}, {event.PhysicalHarmLow, 30}, {event.PhysicalHarmModerate, 30}, {event.PhysicalHarmSevere, 15}, {event.PhysicalHarmFatal, 10}})
	psychological = shares(weighted[event.PsychologicalHarm]{{event.PsychologicalHarmNone, 80}, {event.PsychologicalHarmLow, 17}, {event.PsychologicalHarmModerate, 2.6}, {event.PsychologicalHarmSevere, 0.4}})

	patients     = shares(weighted[int]{{0, 8}, {1, 90}, {2, 1.4}, {3, 0.4}, {6, 0.2}})
	concerns     = shares(weighted[event.LevelOfConcern]{{event.LevelOfConcernNotAtAll, 20}, {event.LevelOfConcernNotVery, 45}, {event.LevelOfConcernFairly, 27}, {event.LevelOfConcernVery, 8}})
	ethnicities  = shares(weighted[string]{{"11", 76}, {"12", 1}, {"13", 5}, {"21", 1}, {"24", 1}, {"31", 3}, {"32", 3}, {"33", 1}, {"34", 1}, {"35", 2}, {"41", 2}, {"42", 1}, {"51", 1}, {"52", 3}})
	genders      = shares(weighted[string]{{"1", 52}, {"2", 46}, {"3", 1}, {"4", 1}})
	associations = shares(weighted[string]{{"6", 2}, {"5", 3}, {"4", 4}, {"3", 2}, {"2", 1}})
	imminence    = shares(weighted[event.YesNoUnknown]{{event.No, 75}, {event.NotKnown, 17}, {event.Yes, 8}})
	suspicions   = shares(weighted[event.YesNoUnknown]{{event.No, 35}, {event.NotKnown, 50}, {event.Yes, 15}})
	outcomeTypes = shares(weighted[string]{{"1", 3}, {"2", 4}, {"3", 3}, {"5", 1}, {"10", 1}, {"7", 2}, {"4", 1}, {"9", 2}})
	timeframes   = shares(weighted[string]{{"1", 5}, {"2", 2}, {"3", 2}, {"4", 1}})
	noticings    = shares(weighted[string]{{"1", 3}, {"2", 2}, {"3", 1}, {"4", 4}, {"6", 1}})
	whyAnonymous = shares(weighted[string]{{"1", 4}, {"2", 2}, {"3", 2}, {"4", 4}, {"5", 1}, {"6", 3}, {"7", 3}, {"8", 1}})
	processes    = shares(weighted[string]{{"3", 3}, {"4", 2}, {"5", 3}, {"6", 5}, {"7", 3}, {"8", 2}, {"9", 1}, {"12", 1}})
)

// tale is one event as somebody typed it.
type tale struct {
	in       *event.Input
	told     narrator
	recorded time.Time
	happened time.Time
	known    known
	reasons  []string // for staying anonymous
}

// base says what events of every kind do, but for when and where.
func base(r *rand.Rand, kind event.Kind, about *theme) *tale {
	told := newNarrator(r)
	in := &event.Input{
		Kind: kind, ServiceArea: about.areas, Description: told.compose(about.parts), InvolvedAgents: about.agents,
		LevelOfConcern: pointer(concerns.draw(r)),
	}
	in.SafetyChallenges = []event.SafetyChallenge{event.SafetyChallengeNone}
	if about.challenge != "" {
		in.SafetyChallenges[0] = about.challenge
	}
	if often(r, 0.7) {
		in.Specialty = pointer(about.specialty)
	}
	if often(r, 0.15) {
		in.ReporterContact = told.tell(pick(r, []string{"ext {ext}", "{phone}", "bleep {ext}, or {email}"}))
	}
	return &tale{in: in, told: told}
}

func tell(r *rand.Rand, kind event.Kind) *tale {
	switch kind {
	case event.KindOutcome:
		return outcome(r)
	case event.KindRisk:
		return riskOf(r)
	case event.KindGoodCare:
		return goodCare(r)
	}
	return incident(r)
}

func incident(r *rand.Rand) *tale {
	about := incidents.draw(r)
	t := base(r, event.KindIncident, about)
	detection := pick(r, about.detections)
	if often(r, 0.03) {
		detection = "8"
	}
	t.in.Incident = &event.IncidentInput{
		Process: pointer(about.process), DetectionPoint: &detection, NearMiss: pointer(detection == "3"),
	}
	if often(r, 0.8) {
		t.in.Incident.ImmediateActions = t.told.compose(actions)
	}
	if often(r, 0.15) {
		t.in.Incident.WentWell = t.told.compose(wentWell)
	}
	for range patients.draw(r) {
		t.addPatient(r, physical)
	}
	if len(t.in.Patients) == 0 {
		t.in.Incident.ImminentRisk = pointer(imminence.draw(r))
	}
	return t
}

func outcome(r *rand.Rand) *tale {
	t := base(r, event.KindOutcome, poorOutcomes.draw(r))
	t.in.Outcome = &event.OutcomeInput{
		OutcomeTypes: []string{outcomeTypes.draw(r)}, IncidentSuspected: pointer(suspicions.draw(r)), ImmediateActions: t.told.compose(actions),
	}
	t.addPatient(r, physicalWorse)
	return t
}

func riskOf(r *rand.Rand) *tale {
	about := risks.draw(r)
	t := base(r, event.KindRisk, &about.theme)
	t.in.Risk = &event.RiskInput{
		Themes: about.themes, Imminent: pointer(imminence.draw(r)), Population: t.told.compose(about.population), Timeframe: pointer(timeframes.draw(r)),
	}
	return t
}

func goodCare(r *rand.Rand) *tale {
	t := base(r, event.KindGoodCare, goodCares.draw(r))
	t.in.GoodCare = &event.GoodCareInput{
		Strengths: t.told.compose(strengths), HowToRepeat: t.told.compose(howToRepeat), NoticedBy: pointer(noticings.draw(r)),
	}
	for range patients.draw(r) {
		t.in.Patients = append(t.in.Patients, person(r, t.told))
	}
	return t
}

// person is a patient without what was done to them.
func person(r *rand.Rand, told narrator) *event.PatientInput {
	p := &event.PatientInput{Gender: pointer(genders.draw(r))}
	switch at := r.Float64(); {
	case at < 0.86:
		p.Age = &event.Age{Value: 1 + min(103, int(math.Abs(r.NormFloat64()*24+60))), Unit: event.Years}
	case at < 0.88:
		p.Age = &event.Age{Value: 1 + r.IntN(11), Unit: event.Months}
	case at < 0.91:
		p.Age = &event.Age{Value: 1 + r.IntN(30), Unit: event.Days}
	default:
		p.AgeBracket = pointer(pick(r, []string{"8", "9", "10", "11"}))
	}
	if often(r, 0.6) {
		p.Ethnicity = pointer(ethnicities.draw(r))
	}
	return p
}

func (t *tale) addPatient(r *rand.Rand, harms draw[event.PhysicalHarm]) {
	p := person(r, t.told)
	grade(r, p, harms.draw(r))
	switch {
	case *p.PhysicalHarm == event.PhysicalHarmFatal:
		p.ClinicalOutcome = t.told.compose(fatal)
	case often(r, 0.3):
		p.ClinicalOutcome = t.told.compose(outcomes)
	}
	t.in.Patients = append(t.in.Patients, p)
}

// grade says how much harm a patient came to, and what has to be said with it.
func grade(r *rand.Rand, p *event.PatientInput, harm event.PhysicalHarm) {
	p.PhysicalHarm, p.PsychologicalHarm, p.StrengthOfAssociation = &harm, nil, nil
	if harm != event.PhysicalHarmFatal {
		p.PsychologicalHarm = pointer(psychological.draw(r))
	}
	severe := harm == event.PhysicalHarmSevere || harm == event.PhysicalHarmFatal
	if severe || *p.PsychologicalHarm == event.PsychologicalHarmSevere {
		p.StrengthOfAssociation = pointer(associations.draw(r))
	}
}
