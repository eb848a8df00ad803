package sample

import (
	"math/rand/v2"
	"slices"
	"strings"

	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
)

// question is one of the long tail, made ready to be answered.
type question struct {
	*taxonomy.Question
	section string
	odds    float64 // that it is answered where it is asked
	codes   []string
	favour  draw[string]
	words   []string
}

// tails are the questions of the long tail of each kind of event, in order.
type tails map[event.Kind][]question

// The odds that a question is answered where it is asked.
const (
	seldom   = 0.03 // asked always
	followUp = 0.30 // asked because of another answer
	other    = 0.90 // what "other" means
)

// commoner are the odds of questions that are asked always and answered by many.
var commoner = map[string]float64{
	"LocationDetails.LocationKnown": 0.1, "LocationDetails.LocationWithinService": 0.3, "PractitionerDetails.ReporterType": 0.25,
	"PractitionerDetails.ReporterRole": 0.25, "PractitionerDetails.ReporterInvolvement": 0.2, "AdverseEventEstimatedDate.EstimatedTime": 0.3,
	"LocationDetails.LocationAtRisk": 0.6, "LocationDetails.RiskIdentifiedLocation": 0.5, "LocationDetails.ResponsibleSpecialtyOther": 0.05,
	"LocationDetails.OrganisationOther": 0.01, "LocationDetails.IdentifiedLocationOther": 0.01, "LocationDetails.IdentifiedLocation": 0.02,
	"AdverseEventProblemPeople.PeopleActionFactors": 0.08, "AdverseEventAgent.InvolvedPersonsActions": 0.08,
}

// favoured are the codes of questions of which few codes are common.
var favoured = map[string]draw[string]{
	"PractitionerDetails.ReporterType": shares(weighted[string]{{"3", 94}, {"1", 1}, {"2", 2}, {"4", 1}, {"5", 2}}),
	"PractitionerDetails.ReporterRole": shares(weighted[string]{{"5", 60}, {"4", 12}, {"3", 8}, {"1", 6}, {"2", 5}, {"6", 4}, {"7", 1}, {"8", 1}, {"9", 3}}),
	"AdverseEventDeviceDetails.DeviceType": shares(weighted[string]{{"43", 6}, {"44", 4}, {"1", 3}, {"45", 3}, {"61", 2}, {"7", 2}, {"15", 2}, {"68", 1},
		{"54", 1}, {"80", 1}, {"60", 1}, {"34", 1}, {"87", 0.5}, {"88", 0.5}}),
	"LocationDetails.LocationWithinService": shares(weighted[string]{{"4", 80}, {"2", 8}, {"3", 4}, {"10", 4}, {"6", 2}, {"5", 1}, {"9", 1}}),
}

func newTails(codes *taxonomy.Taxonomy) tails {
	all := tails{}
	for _, kind := range taxonomy.Kinds() {
		for _, section := range codes.Form(kind).Sections {
			for _, q := range section.Questions {
				if q.Field == nil {
					all[event.Kind(kind)] = append(all[event.Kind(kind)], newQuestion(q, section.ID))
				}
			}
		}
	}
	return all
}

func newQuestion(q *taxonomy.Question, section string) question {
	one := question{Question: q, section: section, odds: seldom, words: longTail[q.Element], favour: favoured[q.Element]}
	if len(q.AskedWhen) > 0 {
		one.odds = followUp
	}
	if strings.HasSuffix(q.Element, "Other") {
		one.odds = other
	}
	if odds, ok := commoner[q.Element]; ok {
		one.odds = odds
	}
	if q.CodeSystem != nil {
		for _, coding := range q.CodeSystem.Codes(nil) {
			one.codes = append(one.codes, coding.Code)
		}
	}
	return one
}

// answer answers some of the long tail of an event that says everything else.
func (m *maker) answer(r *rand.Rand, t *tale, anonymous bool) {
	counting := m.counting(t.in, t.reasons)
	for i := range m.tails[t.in.Kind] {
		q := &m.tails[t.in.Kind][i]
		if q.Anonymous != nil && *q.Anonymous != anonymous || q.Unmet(counting) != nil || !often(r, q.odds) {
			continue
		}
		if q.Element == "AdverseEventEstimatedDate.EstimatedTime" && t.in.OccurredAt != nil {
			continue
		}
		a := &event.AnswerInput{Element: q.Element}
		if q.Type == taxonomy.Text {
			a.Text = t.told.tell(pick(r, q.words))
		} else {
			a.Codes = m.chosen(r, q, t.in)
		}
		counting[q.Element], counting[q.section] = a.Codes, nil
		t.in.Answers = append(t.in.Answers, a)
	}
}

// chosen answers the codes of an answer.
func (m *maker) chosen(r *rand.Rand, q *question, in *event.Input) []string {
	switch {
	case q.Element == "LocationDetails.LocationKnown":
		if len(in.OccurredAtOrganisations) > 0 {
			return []string{"y"}
		}
		return []string{pick(r, []string{"n", "u"})}
	case q.Type == taxonomy.Organisation:
		return []string{string(pick(r, m.trusts).ODSCode)}
	case len(q.favour.values) > 0:
		return []string{q.favour.draw(r)}
	}
	first := pick(r, q.codes)
	if !q.Repeats || q.Max < 2 || often(r, 0.85) {
		return []string{first}
	}
	second := pick(r, q.codes)
	alone := func(code string) bool { return slices.Contains(q.CodeSystem.Alone, code) }
	if second == first || alone(first) || alone(second) {
		return []string{first}
	}
	return []string{first, second}
}

// counting answers what the fields of an event say, as far as it matters to
// what else is asked.
func (m *maker) counting(in *event.Input, reasons []string) taxonomy.Answers {
	given := taxonomy.Answers{
		"AdverseEventAgent.InvolvedAgents":              codesOf(m.codes, "agent-type", in.InvolvedAgents),
		"AdverseEventSafetyChallenges.SafetyChallenges": codesOf(m.codes, "safety-challenges", in.SafetyChallenges),
	}
	note := func(element string, code *string) {
		if code != nil {
			given[element] = []string{*code}
		}
	}
	note("LocationDetails.ResponsibleSpecialty", in.Specialty)
	note("PractitionerDetails.ReporterOrganisation", in.Organisation)
	if i := in.Incident; i != nil {
		note("DetectionFactors.DetectionPoint", i.DetectionPoint)
	}
	if risk := in.Risk; risk != nil {
		given["AdverseEventRiskDetails.RiskTheme"] = risk.Themes
		note("AdverseEventRiskDetails.RiskTimeframe", risk.Timeframe)
	}
	if care := in.GoodCare; care != nil {
		note("AdverseEventWentWell.GoodCareDetectionFactor", care.NoticedBy)
	}
	if len(in.Patients) > 0 {
		given["PatientInformation"] = nil
	}
	if len(reasons) > 0 {
		given["PractitionerDetails.WhyAnonymous"] = reasons
	}
	return given
}

func codesOf[E ~string](codes *taxonomy.Taxonomy, system string, values []E) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i], _ = codes.CodeOf(system, string(value))
	}
	return list
}
