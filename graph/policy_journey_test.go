package graph_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
)

const (
	declareNeverEvent    = `mutation($id: ID!, $type: String!) { declareNeverEvent(input: {eventId: $id, type: $type}) { event { neverEvent { type { code label } declaredBy { name } organisation { odsCode } } } userErrors { code path message } } }`
	openInvestigation    = `mutation($id: ID!, $method: LearningResponse!, $lead: OdsCode, $target: Date) { openInvestigation(input: {eventId: $id, method: $method, lead: $lead, targetDate: $target}) { event { investigations { id method status lead { odsCode } targetDate } } userErrors { code path message } } }`
	closeInvestigation   = `mutation($id: ID!, $findings: String!, $learning: String!) { closeInvestigation(input: {investigationId: $id, findings: $findings, learning: $learning}) { event { investigations { id status findings learning } } userErrors { code path message } } }`
	recordDutyOfCandour  = `mutation($id: ID!, $person: Date, $written: Date, $apology: Boolean!, $notes: String) { recordDutyOfCandour(input: {eventId: $id, notifiedInPersonOn: $person, writtenNotificationOn: $written, apologyGiven: $apology, notes: $notes}) { event { dutyOfCandour { applies apologyGiven } } userErrors { code path message } } }`
	respondToRequirement = `mutation($id: ID!, $code: PolicyRequirementCode!, $reference: String, $notes: String, $no: Boolean) { respondToRequirement(input: {eventId: $id, code: $code, reference: $reference, notes: $notes, notApplicable: $no}) { event { requirements { code state } } userErrors { code path message } } }`
	requirementsOf       = `query($id: ID!) { event(id: $id) { kind requirements { code title reason state dueOn response { at by { name } reference notes } } dutyOfCandour { applies notifiedInPersonOn writtenNotificationOn apologyGiven notes } neverEvent { type { code } } investigations { method status } } }`
)

// aDeath is a mother's, in the maternity unit of the reporter's trust.
func aDeath() map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "occurredOn": "2026-10-02", "description": "Mrs Edith Pemberton died after a haemorrhage.", "serviceArea": []string{"MATERNITY"},
		"occurredAtOrganisations": []string{"RGT", "RR8"},
		"patients":                []any{map[string]any{"age": map[string]any{"value": 31, "unit": "YEARS"}, "physicalHarm": "FATAL", "strengthOfAssociation": "5"}},
	}
}

// states answers where each requirement of an event stands for a reader.
func (s *service) states(reader, event string) (states []string) {
	s.t.Helper()
	for _, r := range dig[[]any](s.t, s.ask(reader, requirementsOf, map[string]any{"id": event}), "data", "event", "requirements") {
		states = append(states, dig[string](s.t, r, "code")+" "+dig[string](s.t, r, "state"))
	}
	return states
}

// answered makes what a golden document names that admins answered.
func (s *service) answered(document string) (names []string) {
	if strings.Contains(document, "DEATH_ID") {
		id, _ := s.record(reporter, aDeath())
		names = append(names, "DEATH_ID", id)
	}
	if strings.Contains(document, "INVESTIGATION_ID") {
		id, _ := s.record(reporter, aDeath())
		names = append(names, "INVESTIGATION_ID", s.investigation(admin, id, "PSII"))
	}
	if strings.Contains(document, "ANSWERED_ID") {
		id, _ := s.record(reporter, aDeath())
		s.govern(admin, declareNeverEvent, map[string]any{"id": id, "type": "14"})
		s.govern(admin, closeInvestigation, map[string]any{
			"id": s.investigation(admin, id, "PSII"), "findings": "Mr Quillfeather had not been told.", "learning": "[NAME 1] is to be asked.",
		})
		s.investigation(adminElsewhere, id, "AFTER_ACTION_REVIEW")
		s.govern(admin, recordDutyOfCandour, map[string]any{"id": id, "person": "2026-10-03", "written": "2026-10-05", "apology": true, "notes": "Mr Quillfeather was told."})
		s.govern(admin, respondToRequirement, map[string]any{"id": id, "code": "MNSI_REFERRAL", "reference": "MNSI-2026-00412", "notes": "By Mr Quillfeather."})
		names = append(names, "ANSWERED_ID", id)
	}
	return names
}

// govern sends a mutation of an admin's, which has to go well, and answers the
// event.
func (s *service) govern(by, document string, variables map[string]any) map[string]any {
	s.t.Helper()
	operation, _, _ := strings.Cut(document[strings.Index(document, "{ ")+2:], "(")
	return s.ok(s.ask(by, document, variables), operation)
}

// investigation opens an investigation and answers the id of the latest.
func (s *service) investigation(by, event, method string) string {
	s.t.Helper()
	all := dig[[]any](s.t, s.govern(by, openInvestigation, map[string]any{"id": event, "method": method, "lead": "RR8", "target": "2999-01-31"}), "investigations")
	return dig[string](s.t, all[len(all)-1], "id")
}

// From a recorded death in a maternity unit to a closed referral, an investigation
// and the duty of candour: each answered by an admin, each seen by the region.
func TestFromADeathInMaternityToClosedReferralAndCandour(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aDeath())
	stand := func(want ...string) {
		t.Helper()
		for _, reader := range []string{admin, adminElsewhere, readOnlyRegion, reporter} {
			if got := s.states(reader, id); !slices.Equal(got, want) {
				t.Errorf("%s sees %v, not %v", reader, got, want)
			}
		}
	}
	stand("PSII OUTSTANDING", "DUTY_OF_CANDOUR OUTSTANDING", "MNSI_REFERRAL OUTSTANDING")
	s.govern(admin, respondToRequirement, map[string]any{"id": id, "code": "MNSI_REFERRAL", "reference": "MNSI-2026-00412"})
	s.govern(admin, recordDutyOfCandour, map[string]any{"id": id, "person": "2026-10-03", "apology": true})
	stand("PSII OUTSTANDING", "DUTY_OF_CANDOUR OUTSTANDING", "MNSI_REFERRAL MET") // nothing in writing yet
	s.govern(admin, recordDutyOfCandour, map[string]any{"id": id, "person": "2026-10-03", "written": "2026-10-05", "apology": true})
	investigation := s.investigation(admin, id, "PSII")
	stand("PSII OUTSTANDING", "DUTY_OF_CANDOUR MET", "MNSI_REFERRAL MET")
	s.govern(admin, closeInvestigation, map[string]any{"id": investigation, "findings": "Blood came late.", "learning": "Keep some ready."})
	stand("PSII MET", "DUTY_OF_CANDOUR MET", "MNSI_REFERRAL MET")
}

// An update has everything judged again in the same breath: what no longer applies
// stays where it was answered, and goes where it was not.
func TestWhatIsRequiredFollowsTheEvent(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aDeath())
	s.govern(admin, respondToRequirement, map[string]any{"id": id, "code": "MNSI_REFERRAL", "reference": "MNSI-2026-00412"})
	s.ok(s.update(reporter, id, 1, map[string]any{"patients": []any{map[string]any{"physicalHarm": "LOW"}}}), "updateEvent")
	if got := s.states(admin, id); !slices.Equal(got, []string{"MNSI_REFERRAL MET"}) {
		t.Errorf("after the update there are %v", got)
	}
	s.ok(s.withdrawn(reporter, id, 2, "A mistake."), "withdrawEvent")
	answer := s.raw(lead, requirementsOf, map[string]any{"id": id})
	if !strings.Contains(answer, `"MNSI_REFERRAL"`) || strings.Contains(answer, "died") || strings.Contains(answer, "mother") {
		t.Errorf("of a tombstone it is said %s", answer)
	}
	if got := code(t, s.ask(admin, declareNeverEvent, map[string]any{"id": id, "type": "14"})); got != "FORBIDDEN" {
		t.Errorf("declaring of a tombstone is answered %q", got)
	}
}

// Answers are corrected and none is lost.
func TestAnAnswerIsCorrectedAndItsHistoryKept(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aDeath())
	for _, kind := range []string{"14", "3"} {
		s.govern(admin, declareNeverEvent, map[string]any{"id": id, "type": kind})
	}
	s.govern(admin, respondToRequirement, map[string]any{"id": id, "code": "MNSI_REFERRAL", "notes": "Edith Pemberton's was a suicide.", "no": true})
	s.govern(admin, respondToRequirement, map[string]any{"id": id, "code": "MNSI_REFERRAL", "reference": "MNSI-2026-00412"})
	investigation := s.investigation(admin, id, "PSII")
	if again := s.investigation(admin, id, "PSII"); again != investigation {
		t.Error("opening it again opened another")
	}
	for _, found := range []string{"Blood came late.", "Blood came very late."} {
		s.govern(admin, closeInvestigation, map[string]any{"id": investigation, "findings": found, "learning": "Keep some ready."})
	}
	answer := s.raw(lead, requirementsOf, map[string]any{"id": id})
	for _, want := range []string{`"neverEvent":{"type":{"code":"3"}}`, `"investigations":[{"method":"PSII","status":"CLOSED"}]`, `"reference":"MNSI-2026-00412"`} {
		if !strings.Contains(answer, want) {
			t.Errorf("%s is missing in %s", want, answer)
		}
	}
	var kept, audited, sealed int
	err := s.db.NewRaw(`SELECT (SELECT count(*) FROM governance_answer), (SELECT count(*) FROM audit_entry WHERE subject = ? AND action <> 'event.recorded'),
		(SELECT count(*) FROM governance_words)`, id).Scan(t.Context(), &kept, &audited, &sealed)
	if err != nil || kept != 8 || audited != 8 || sealed != 4 {
		t.Errorf("%d answers, %d entries and %d sealed words were kept: %v", kept, audited, sealed, err)
	}
	if found := s.finds("Pemberton"); len(found) > 0 {
		t.Errorf("a name stands in %v", found)
	}
}

// A region counts what is overdue, and each organisation's never events.
func TestWhatIsLateIsFoundAndCounted(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aDeath())
	s.record(reporter, aFall())
	s.govern(admin, declareNeverEvent, map[string]any{"id": id, "type": "14"})
	count := func(filter string, want int) {
		t.Helper()
		for _, reader := range []string{admin, readOnlyRegion, lead, reporter} {
			answer := s.ask(reader, `{ events(filter: {`+filter+`}) { totalCount } }`, nil)
			if got := int(dig[float64](t, answer, "data", "events", "totalCount")); got != want {
				t.Errorf("%s counts %d by %s, not %d", reader, got, filter, want)
			}
		}
	}
	count(`requirementDueBefore: "`+time.Now().Format(time.DateOnly)+`"`, 0)
	count(`requirementDueBefore: "9999-12-31", organisation: ["RGT"]`, 1)
	count(`neverEvent: true`, 1)
	count(`neverEvent: false`, 1)
	s.exec(`UPDATE event_requirement SET due_on = now()::date - 1, requirement = jsonb_set(requirement, '{Deadline,On}', '"2026-01-02T00:00:00Z"') WHERE code = 'MNSI_REFERRAL'`)
	count(`requirementDueBefore: "`+time.Now().Format(time.DateOnly)+`"`, 1)
	if got := s.states(admin, id); !slices.Contains(got, "MNSI_REFERRAL OVERDUE") {
		t.Errorf("an admin sees %v", got)
	}
}

// An outcome that is found to be an incident is converted: what it then lacks is
// said, what policy then asks for appears, and what it was stays in its history.
func TestAnOutcomeFoundToBeAnIncident(t *testing.T) {
	t.Parallel()
	s := newService(t)
	death := aDeath()
	death["kind"], death["outcome"] = "OUTCOME", map[string]any{"incidentSuspected": "UNKNOWN"}
	id, _ := s.record(reporter, death)
	before := s.states(admin, id)
	s.ok(s.update(organisational, id, 1, map[string]any{"kind": "INCIDENT"}), "updateEvent")
	after := s.states(admin, id)
	if slices.Contains(before, "DUTY_OF_CANDOUR OUTSTANDING") || !slices.Contains(after, "DUTY_OF_CANDOUR OUTSTANDING") {
		t.Errorf("before %v, after %v", before, after)
	}
	var was string
	if err := s.db.NewRaw(`SELECT answers->>'Kind' FROM event_revision WHERE revision = 1`).Scan(t.Context(), &was); err != nil || was != "OUTCOME" {
		t.Errorf("its history says %q: %v", was, err)
	}
	if got := problems(t, s.update(organisational, id, 2, map[string]any{"kind": "GOOD_CARE"}), "updateEvent"); len(got) == 0 {
		t.Error("nothing is said of what good care lacks")
	}
}

// Each admin is told once of what falls due, by a reference and nothing else.
func TestAdminsAreRemindedOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	_, reference := s.record(reporter, aDeath())
	store := db.NewGovernance(s.db.DB, s.outbox, s.assessor)
	today := time.Now()
	if mails := must[int](t)(store.Remind(t.Context(), today.AddDate(0, 0, -7), today, today)); mails != 0 {
		t.Errorf("%d mails before anything falls due", mails)
	}
	s.exec(`UPDATE event_requirement SET due_on = now()::date + 1`)
	var sent atomic.Int64
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			n, err := store.Remind(t.Context(), today.AddDate(0, 0, -7), today.AddDate(0, 0, 2), today)
			if err != nil {
				t.Error(err)
			}
			sent.Add(int64(n))
		})
	}
	all.Wait()
	var reminders int
	if err := s.db.NewRaw(`SELECT count(*) FROM requirement_reminder`).Scan(t.Context(), &reminders); err != nil {
		t.Fatal(err)
	}
	if sent.Load() != 2 || reminders != 6 { // an admin of each organisation, of three requirements
		t.Errorf("%d mails of %d reminders", sent.Load(), reminders)
	}
	if found := s.finds(reference); !slices.Equal(found, []string{"event", "event_area"}) {
		t.Errorf("the reference stands in %v", found)
	}
}

// What was recorded without being judged, since the service was older or the rules failed, is judged later.
func TestAnEventThatWaitsIsJudgedLater(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aDeath())
	s.exec(`DELETE FROM event_requirement`)
	s.exec(`UPDATE event SET rules_version = NULL`)
	if got := s.states(admin, id); len(got) != 0 {
		t.Errorf("there are %v", got)
	}
	store := db.NewGovernance(s.db.DB, s.outbox, s.assessor)
	if _, ok, err := store.AssessWaiting(t.Context(), uuid.Nil, 10); err != nil || !ok {
		t.Errorf("%v, %v", ok, err)
	}
	if got := s.states(admin, id); len(got) != 3 {
		t.Errorf("judged later, there are %v", got)
	}
	if _, ok, err := store.AssessWaiting(t.Context(), uuid.Nil, 10); err != nil || ok {
		t.Errorf("some wait still: %v", err)
	}
}

// Answers to policy cost a page the same statements whatever its size.
func TestAnswersToPolicyCostTheSameStatements(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 6 {
		id, _ := s.record(reporter, aDeath())
		s.govern(admin, recordDutyOfCandour, map[string]any{"id": id, "person": "2026-10-03", "apology": true, "notes": "Told."})
		s.investigation(admin, id, "PSII")
	}
	cost := func(first int) []string {
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		defer func() { s.counted = nil }()
		answer := s.raw(admin, `query($first: Int!) { events(first: $first) { nodes { reference neverEvent { declaredBy { name } } investigations { findings lead { name } }
			requirements { state response { by { name } notes } } dutyOfCandour { notes } } } }`, map[string]any{"first": first})
		if strings.Count(answer, `"reference"`) != first || strings.Contains(answer, `"errors"`) {
			t.Fatalf("answered %s", answer)
		}
		return counter.Shapes()
	}
	cost(1)
	if few, many := cost(2), cost(6); len(few) != len(many) || len(many) > 4 {
		t.Errorf("2 events cost %d statements, 6 cost %d: %v", len(few), len(many), many)
	}
}
