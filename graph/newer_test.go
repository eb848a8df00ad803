package graph_test

import (
	"strings"
	"testing"
)

// A newer copy of the service may run beside an older one. Values that the older
// one has no name for are left out there, and take nothing else along.
func TestARowWithValuesOfANewerServiceIsListedWithTheOthers(t *testing.T) {
	t.Parallel()
	s := newService(t)
	newer, _ := s.record(reporter, aWholeIncident())
	older, _ := s.record(reporter, aWholeIncident())
	s.exec(`UPDATE event SET level_of_concern = 'EXTREME', service_areas = '{SPACE,ACUTE}', involved_agents = '{ROBOT}', safety_challenges = '{FALL,AI}',
		physical_harm = 'DIRE', psychological_harm = 'DIRE', specialty = 'new', occurred_on = '2026-W40',
		details = details || '{"news": [1], "imminentRisk": "PERHAPS", "process": "new"}' WHERE id = '` + dashed(newer) + `'`)
	s.exec(`UPDATE event_patient SET physical_harm = 'DIRE', psychological_harm = 'DIRE', gender = 'new' WHERE sequence = 1 AND event_id = '` + dashed(newer) + `'`)
	const document = `{ events(first: 5) { nodes { id levelOfConcern serviceArea involvedAgents safetyChallenges physicalHarm psychologicalHarm specialty { code label } occurredOn
		details { ... on IncidentDetails { imminentRisk process { code label } nearMiss } } patients { physicalHarm psychologicalHarm gender { code label } } } totalCount } }`
	for _, reader := range []string{reporter, organisational, lead} {
		got := s.raw(reader, document, nil)
		for _, want := range []string{
			`"id":"` + newer + `","levelOfConcern":null,"serviceArea":["ACUTE"],"involvedAgents":[],"safetyChallenges":["FALL"],"physicalHarm":null,"psychologicalHarm":null,` +
				`"specialty":{"code":"new","label":""},"occurredOn":"2026-W40","details":{"imminentRisk":null,"process":{"code":"new","label":""},"nearMiss":true},` +
				`"patients":[{"physicalHarm":null,"psychologicalHarm":null,"gender":{"code":"new","label":""}}`,
			`"id":"` + older + `","levelOfConcern":"VERY","serviceArea":["ACUTE"]`, `"totalCount":2`,
		} {
			if !strings.Contains(got, want) || strings.Contains(got, "errors") {
				t.Errorf("%s is not told %s: %s", reader, want, got)
			}
		}
	}
	for _, order := range []string{"RECORDED_AT", "OCCURRED_ON", "UPDATED_AT", "PHYSICAL_HARM"} {
		if got := s.raw(organisational, `{ events(first: 2, orderBy: {field: `+order+`}) { nodes { id } pageInfo { endCursor } } }`, nil); strings.Contains(got, "errors") || strings.Count(got, "event_") != 2 {
			t.Errorf("by %s: %s", order, got)
		}
	}
	before := s.dump()
	got := problems(t, s.update(reporter, newer, 1, map[string]any{"description": "Lost."}), "updateEvent")
	if len(got) == 0 {
		t.Error("an update would lose what is not understood, and is made")
	}
	if after := s.dump(); after != before {
		t.Error("it was changed")
	}
}

// dashed is an event's id as the database writes it.
func dashed(id string) string {
	hex := strings.TrimPrefix(id, "event_")
	return hex[:8] + "-" + hex[8:12] + "-" + hex[12:16] + "-" + hex[16:20] + "-" + hex[20:]
}
