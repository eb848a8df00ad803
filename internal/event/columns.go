package event

import (
	"strconv"
	"strings"

	"lfpse/internal/authz"
	"lfpse/internal/taxonomy"
)

// columns lists what an export can say of events, in the order of the graph's fields. Who recorded an event is not
// among it: a file that was taken away is nobody's to look after.
func (s *Service) columns() []column {
	return slicesOf(s.eventColumns(), s.bodyColumns(), s.detailColumns(), s.patientColumns())
}

func slicesOf(groups ...[]column) []column {
	var all []column
	for _, group := range groups {
		all = append(all, group...)
	}
	return all
}

// eventColumn makes a column of a field of the event.
func eventColumn(name string, cell func(b []byte, r *tableRow) []byte) column {
	first, _, _ := strings.Cut(name, ".")
	return column{name: name, of: [2]string{"Event", first}, cell: cell}
}

// textColumn makes a column of the texts of fields, of which an event has one.
func textColumn(name string, of [2]string, fields ...string) column {
	return column{name: name, of: of, texts: fields, cell: func(b []byte, r *tableRow) []byte {
		for _, field := range fields {
			b = appendText(b, r.Text(field, nil))
		}
		return b
	}}
}

func (s *Service) eventColumns() []column {
	return []column{
		eventColumn("id", func(b []byte, r *tableRow) []byte { return append(b, r.ID()...) }),
		eventColumn("reference", func(b []byte, r *tableRow) []byte { return append(b, r.Reference...) }),
		eventColumn("kind", func(b []byte, r *tableRow) []byte { return append(b, r.Kind...) }),
		eventColumn("status", func(b []byte, r *tableRow) []byte { return append(b, r.Status...) }),
		eventColumn("source", func(b []byte, r *tableRow) []byte { return append(b, r.Source...) }),
		eventColumn("taxonomyVersion", func(b []byte, r *tableRow) []byte { return strconv.AppendInt(b, int64(r.TaxonomyVersion), 10) }),
		eventColumn("revision", func(b []byte, r *tableRow) []byte { return strconv.AppendInt(b, int64(r.Revision), 10) }),
		eventColumn("occurredOn", func(b []byte, r *tableRow) []byte { return appendText(b, r.OccurredOn) }),
		eventColumn("occurredAt", func(b []byte, r *tableRow) []byte { return appendText(b, r.OccurredAt) }),
		eventColumn("recordedAt", func(b []byte, r *tableRow) []byte { return appendTime(b, r.RecordedAt) }),
		eventColumn("updatedAt", func(b []byte, r *tableRow) []byte { return appendTime(b, &r.UpdatedAt) }),
		eventColumn("serviceArea", func(b []byte, r *tableRow) []byte { return appendJoined(b, r.ServiceArea) }),
		eventColumn("specialty.code", func(b []byte, r *tableRow) []byte { return appendCode(b, r.Specialty) }),
		eventColumn("specialty.label", func(b []byte, r *tableRow) []byte { return appendLabel(b, r.Specialty) }),
		textColumn("description", [2]string{"Event", "description"}, fieldDescription),
		eventColumn("physicalHarm", func(b []byte, r *tableRow) []byte { return appendText(b, r.PhysicalHarm) }),
		eventColumn("psychologicalHarm", func(b []byte, r *tableRow) []byte { return appendText(b, r.PsychologicalHarm) }),
		eventColumn("levelOfConcern", func(b []byte, r *tableRow) []byte { return appendText(b, r.LevelOfConcern) }),
		eventColumn("involvedAgents", func(b []byte, r *tableRow) []byte { return appendJoined(b, r.InvolvedAgents) }),
		eventColumn("safetyChallenges", func(b []byte, r *tableRow) []byte { return appendJoined(b, r.SafetyChallenges) }),
		eventColumn("withdrawal.at", func(b []byte, r *tableRow) []byte {
			if r.Withdrawal == nil {
				return b
			}
			return appendTime(b, &r.Withdrawal.At)
		}),
		{name: "withdrawal.reason", of: [2]string{"Withdrawal", "reason"}, cell: func(b []byte, r *tableRow) []byte {
			if r.Withdrawal == nil {
				return b
			}
			return appendText(b, r.Withdrawal.reason)
		}},
	}
}

// bodyColumns say where an event came from, and where it happened, by today's map.
func (s *Service) bodyColumns() []column {
	of := func(r *tableRow) string {
		if code := r.OrganisationCode(); code != nil {
			return *code
		}
		return ""
	}
	return []column{
		eventColumn("organisation.odsCode", func(b []byte, r *tableRow) []byte { return append(b, of(r)...) }),
		eventColumn("organisation.name", func(b []byte, r *tableRow) []byte { return append(b, r.bodies.name(authz.AreaOrganisation, of(r))...) }),
		eventColumn("organisation.icb.odsCode", func(b []byte, r *tableRow) []byte { return append(b, r.bodies.home(of(r))[0]...) }),
		eventColumn("organisation.icb.name", func(b []byte, r *tableRow) []byte {
			return append(b, r.bodies.name(authz.AreaICB, r.bodies.home(of(r))[0])...)
		}),
		eventColumn("organisation.region.odsCode", func(b []byte, r *tableRow) []byte { return append(b, r.bodies.home(of(r))[1]...) }),
		eventColumn("organisation.region.name", func(b []byte, r *tableRow) []byte {
			return append(b, r.bodies.name(authz.AreaRegion, r.bodies.home(of(r))[1])...)
		}),
		eventColumn("occurredAtOrganisations.odsCode", func(b []byte, r *tableRow) []byte { return appendJoined(b, r.OccurredAtCodes()) }),
		eventColumn("occurredAtOrganisations.name", func(b []byte, r *tableRow) []byte {
			for i, code := range r.OccurredAtCodes() {
				if i > 0 {
					b = append(b, between...)
				}
				b = append(b, r.bodies.name(authz.AreaOrganisation, code)...)
			}
			return b
		}),
	}
}

// detailColumns are the answers that belong to a kind of event, as the kinds' own types of the graph have them.
func (s *Service) detailColumns() []column {
	var all []column
	text := func(kind, name string, fields ...string) {
		all = append(all, textColumn("details."+name, [2]string{kind, name}, fields...))
	}
	value := func(kind, name string, of func(StoredDetails) string) {
		all = append(all, column{name: "details." + name, of: [2]string{kind, name}, cell: func(b []byte, r *tableRow) []byte {
			return append(b, of(r.record.Details)...)
		}})
	}
	codes := func(kind, name, system string, of func(StoredDetails) []string) {
		stored := func(r *tableRow) []*taxonomy.Coding {
			return codings(s.taxonomy.Version(r.TaxonomyVersion), system, of(r.record.Details))
		}
		all = append(all,
			column{name: "details." + name + ".code", of: [2]string{kind, name}, cell: func(b []byte, r *tableRow) []byte {
				return appendEach(b, stored(r), appendCode)
			}},
			column{name: "details." + name + ".label", of: [2]string{kind, name}, cell: func(b []byte, r *tableRow) []byte {
				return appendEach(b, stored(r), appendLabel)
			}})
	}
	text("IncidentDetails", "immediateActions", fieldIncidentActions, fieldOutcomeActions)
	codes("IncidentDetails", "process", systemProcess, func(d StoredDetails) []string { return listOf(d.Process) })
	codes("IncidentDetails", "detectionPoint", systemDetectionPoint, func(d StoredDetails) []string { return listOf(d.DetectionPoint) })
	text("IncidentDetails", "wentWell", fieldWentWell)
	value("IncidentDetails", "imminentRisk", func(d StoredDetails) string { return known(yesNoUnknowns().named(d.ImminentRisk)) })
	all = append(all, column{name: "details.nearMiss", of: [2]string{"IncidentDetails", "nearMiss"}, cell: func(b []byte, r *tableRow) []byte {
		if r.Kind != KindIncident || r.Status == StatusWithdrawn {
			return b
		}
		return strconv.AppendBool(b, r.record.Details.NearMiss)
	}})
	codes("OutcomeDetails", "outcomeTypes", systemOutcomeType, func(d StoredDetails) []string { return d.OutcomeTypes })
	value("OutcomeDetails", "incidentSuspected", func(d StoredDetails) string { return known(yesNoUnknowns().named(d.IncidentSuspected)) })
	codes("RiskDetails", "themes", systemRiskThemes, func(d StoredDetails) []string { return d.Themes })
	value("RiskDetails", "imminent", func(d StoredDetails) string { return known(yesNoUnknowns().named(d.Imminent)) })
	text("RiskDetails", "population", fieldPopulation)
	codes("RiskDetails", "timeframe", systemTimeframes, func(d StoredDetails) []string { return listOf(d.Timeframe) })
	text("GoodCareDetails", "strengths", fieldStrengths)
	text("GoodCareDetails", "howToRepeat", fieldHowToRepeat)
	codes("GoodCareDetails", "noticedBy", systemNoticedBy, func(d StoredDetails) []string { return listOf(d.NoticedBy) })
	return all
}

// patientColumns have a place for each patient, in their order.
func (s *Service) patientColumns() []column {
	each := func(name string, one func(b []byte, p *Patient) []byte) column {
		first, _, _ := strings.Cut(name, ".")
		return column{name: "patients." + name, of: [2]string{"Patient", first}, cell: func(b []byte, r *tableRow) []byte {
			return appendEach(b, r.patients, one)
		}}
	}
	coded := func(name string, of func(*Patient) *taxonomy.Coding) []column {
		return []column{
			each(name+".code", func(b []byte, p *Patient) []byte { return appendCode(b, of(p)) }),
			each(name+".label", func(b []byte, p *Patient) []byte { return appendLabel(b, of(p)) }),
		}
	}
	return slicesOf(
		[]column{
			each("sequence", func(b []byte, p *Patient) []byte { return strconv.AppendInt(b, int64(p.Sequence), 10) }),
			each("age", appendAge),
		},
		coded("ageBracket", func(p *Patient) *taxonomy.Coding { return p.AgeBracket }),
		coded("gender", func(p *Patient) *taxonomy.Coding { return p.Gender }),
		coded("ethnicity", func(p *Patient) *taxonomy.Coding { return p.Ethnicity }),
		[]column{
			each("physicalHarm", func(b []byte, p *Patient) []byte { return appendText(b, p.PhysicalHarm) }),
			each("psychologicalHarm", func(b []byte, p *Patient) []byte { return appendText(b, p.PsychologicalHarm) }),
			each("clinicalOutcome", func(b []byte, p *Patient) []byte { return appendText(b, p.ClinicalOutcome) }),
		},
		coded("strengthOfAssociation", func(p *Patient) *taxonomy.Coding { return p.StrengthOfAssociation }),
	)
}

// answerColumn makes a column of a question that has no field of its own. Its codes stand
// in it, or the words.
func (s *Service) answerColumn(name string) (column, bool) {
	path, ok := strings.CutPrefix(name, answersPrefix)
	if !ok {
		return column{}, false
	}
	element, ok := s.taxonomy.Latest().Element(path)
	if !ok || element.Source != taxonomy.Answer || path == elementOtherReason {
		return column{}, false
	}
	of := "codings"
	if element.Type == taxonomy.Text {
		of = "text"
	}
	return column{name: name, of: [2]string{"Answer", of}, texts: []string{fieldAnswer(path)}, cell: func(b []byte, r *tableRow) []byte {
		for _, a := range r.record.Details.Answers {
			if a.Element == path {
				b = appendJoined(b, a.Codes)
				if a.HasText {
					b = appendText(b, r.Text(fieldAnswer(path), nil))
				}
			}
		}
		return b
	}}, true
}

func appendAge(b []byte, p *Patient) []byte {
	if p.Age == nil {
		return b
	}
	b = strconv.AppendInt(b, int64(p.Age.Value), 10)
	return append(append(b, ' '), p.Age.Unit...)
}

func appendCode(b []byte, c *taxonomy.Coding) []byte {
	if c == nil {
		return b
	}
	return append(b, c.Code...)
}

func appendLabel(b []byte, c *taxonomy.Coding) []byte {
	if c == nil {
		return b
	}
	return append(b, c.Label...)
}

// appendEach appends something of each value.
func appendEach[T any](b []byte, values []T, one func([]byte, T) []byte) []byte {
	for i, value := range values {
		if i > 0 {
			b = append(b, between...)
		}
		b = one(b, value)
	}
	return b
}

// listOf is a list of a value, of none where there is none.
func listOf(code *string) []string {
	if code == nil {
		return nil
	}
	return []string{*code}
}

func known[E ~string](value *E) string {
	if value == nil {
		return ""
	}
	return string(*value)
}
