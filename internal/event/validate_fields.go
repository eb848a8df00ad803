package event

import (
	"slices"
	"strconv"
	"strings"

	"lfpse/internal/taxonomy"
)

// A filled field is one of an input's that says something.
type filled struct {
	field string   // dotted, as EventInput has it
	path  []string // inside the event
	codes []string // codes, or values of the graph's enums, as the field takes
	list  bool     // codes stand in a list, each with a path of its own
	text  *string
}

// fields gathers filled fields of an object of an input.
type fields struct {
	name   string   // of the object, dotted, with the dot behind
	path   []string // to the object
	filled []filled
}

func (f *fields) add(field string, one filled) {
	one.field, one.path = f.name+field, append(slices.Clone(f.path), field)
	f.filled = append(f.filled, one)
}

// value notes a field that takes neither codes nor words.
func (f *fields) value(field string, given bool) {
	if given {
		f.add(field, filled{})
	}
}

func (f *fields) code(field string, code *string) {
	if code != nil {
		f.add(field, filled{codes: []string{*code}})
	}
}

func (f *fields) codes(field string, codes []string) {
	if len(codes) > 0 {
		f.add(field, filled{codes: codes, list: true})
	}
}

func (f *fields) text(field string, text *string) {
	if text != nil {
		f.add(field, filled{text: text})
	}
}

// filled lists the fields of an input that say something, but for patients, answers and what belongs
// to another kind of event.
func (in *Input) filled() []filled {
	f := fields{}
	f.text("description", in.Description)
	f.value("occurredOn", in.OccurredOn != nil)
	f.value("occurredAt", in.OccurredAt != nil)
	f.value("organisation", in.Organisation != nil)
	f.value("occurredAtOrganisations", len(in.OccurredAtOrganisations) > 0)
	f.codes("serviceArea", stringsOf(in.ServiceArea))
	f.code("specialty", in.Specialty)
	f.code("levelOfConcern", (*string)(in.LevelOfConcern))
	f.codes("involvedAgents", stringsOf(in.InvolvedAgents))
	f.codes("safetyChallenges", stringsOf(in.SafetyChallenges))
	f.text("reporterContact", in.ReporterContact)
	return append(f.filled, in.ofKind()...)
}

// ofKind lists the filled fields that belong to the event's kind alone.
func (in *Input) ofKind() []filled {
	switch {
	case in.Kind == KindIncident && in.Incident != nil:
		return in.Incident.filled()
	case in.Kind == KindOutcome && in.Outcome != nil:
		return in.Outcome.filled()
	case in.Kind == KindRisk && in.Risk != nil:
		return in.Risk.filled()
	case in.Kind == KindGoodCare && in.GoodCare != nil:
		return in.GoodCare.filled()
	}
	return nil
}

func (in *IncidentInput) filled() []filled {
	f := fields{name: "incident.", path: []string{"incident"}}
	f.text("immediateActions", in.ImmediateActions)
	f.code("process", in.Process)
	f.code("detectionPoint", in.DetectionPoint)
	f.text("wentWell", in.WentWell)
	f.code("imminentRisk", (*string)(in.ImminentRisk))
	f.value("nearMiss", in.NearMiss != nil)
	return f.filled
}

func (in *OutcomeInput) filled() []filled {
	f := fields{name: "outcome.", path: []string{"outcome"}}
	f.codes("outcomeTypes", in.OutcomeTypes)
	f.code("incidentSuspected", (*string)(in.IncidentSuspected))
	f.text("immediateActions", in.ImmediateActions)
	return f.filled
}

func (in *RiskInput) filled() []filled {
	f := fields{name: "risk.", path: []string{"risk"}}
	f.codes("themes", in.Themes)
	f.code("imminent", (*string)(in.Imminent))
	f.text("population", in.Population)
	f.code("timeframe", in.Timeframe)
	return f.filled
}

func (in *GoodCareInput) filled() []filled {
	f := fields{name: "goodCare.", path: []string{"goodCare"}}
	f.text("strengths", in.Strengths)
	f.text("howToRepeat", in.HowToRepeat)
	f.code("noticedBy", in.NoticedBy)
	return f.filled
}

// filled lists the fields of the patient at a position that say something. A bracket beside an
// age only repeats it.
func (p *PatientInput) filled(position int) []filled {
	f := fields{name: "patients.", path: []string{"patients", strconv.Itoa(position)}}
	f.value("age", p.Age != nil)
	if p.Age == nil {
		f.code("ageBracket", p.AgeBracket)
	}
	f.code("gender", p.Gender)
	f.code("ethnicity", p.Ethnicity)
	f.code("physicalHarm", (*string)(p.PhysicalHarm))
	f.code("psychologicalHarm", (*string)(p.PsychologicalHarm))
	f.code("strengthOfAssociation", p.StrengthOfAssociation)
	f.text("clinicalOutcome", p.ClinicalOutcome)
	return f.filled
}

func stringsOf[E ~string](values []E) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = string(value)
	}
	return list
}

// answered is what an input answers: the codes of each element, and where they
// stand inside the event.
type answered struct {
	codes taxonomy.Answers
	at    map[string][]string
}

func newAnswered() answered {
	return answered{codes: taxonomy.Answers{}, at: map[string][]string{}}
}

func (a answered) put(q *taxonomy.Question, codes []string, at []string) {
	a.codes[q.Element], a.at[q.Element] = codes, at
}

// place answers where an input says what a question asks, an object standing at path:
// the object's field, or the event's answers.
func place(q *taxonomy.Question, path []string) []string {
	if q.Field == nil {
		return []string{"answers"}
	}
	steps := strings.Split(*q.Field, ".")
	if len(path) > 0 {
		steps = steps[1:]
	}
	return append(slices.Clone(path), steps...)
}
