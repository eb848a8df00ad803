package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lfpse/internal/authz"
)

// moveTo sets the clock of events and of policy to an instant, which has to be to
// come: what people may do began today.
func (s *service) moveTo(instant string) {
	s.t.Helper()
	s.later = time.Until(must[time.Time](s.t)(time.Parse(time.RFC3339, instant)))
	if s.later < 0 {
		s.t.Fatalf("%s is over", instant)
	}
}

// due answers by when each requirement of an event is to be met.
func (s *service) due(reader, event string) (due []string) {
	s.t.Helper()
	for _, r := range dig[[]any](s.t, s.ask(reader, requirementsOf, map[string]any{"id": event}), "data", "event", "requirements") {
		due = append(due, fmt.Sprint(dig[string](s.t, r, "code"), " ", r.(map[string]any)["dueOn"]))
	}
	return due
}

// late answers how many events of an area a reader sees of which something is
// overdue on the clock's day in London.
func (s *service) late(reader, area string) int {
	s.t.Helper()
	today := s.now().In(must[*time.Location](s.t)(time.LoadLocation("Europe/London"))).Format(time.DateOnly)
	answer := s.ask(reader, `{ events(filter: {requirementDueBefore: "`+today+`", `+area+`}) { totalCount } }`, nil)
	return int(dig[float64](s.t, answer, "data", "events", "totalCount"))
}

// A death on the Friday before Christmas, followed over half a year: a weekend, bank
// holidays, a year's end and the change to summer time. Deadlines are days in
// London, each is reminded of once, and everybody who looks after the event sees on
// the same midnight what is late.
func TestDeadlinesAsTheWeeksPass(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.moveTo("2099-12-18T16:30:00Z")
	mother, _ := s.record(reporter, aDeath())
	detained := aDeath()
	detained["serviceArea"], detained["occurredAtOrganisations"] = []string{"MENTAL_HEALTH"}, []string{"RGT"}
	patient, _ := s.record(reporter, detained)
	for id, want := range map[string][]string{
		mother:  {"PSII 2100-06-18", "DUTY_OF_CANDOUR 2100-01-06", "MNSI_REFERRAL 2099-12-29"},
		patient: {"PSII 2100-06-18", "DUTY_OF_CANDOUR 2100-01-06", "CQC_NOTIFICATION 2099-12-21"},
	} {
		if got := s.due(admin, id); !slices.Equal(got, want) {
			t.Errorf("due are %v, not %v", got, want)
		}
	}
	stands := func(id, want string) {
		t.Helper()
		for _, reader := range []string{admin, readOnlyICB, readOnlyRegion, lead, reporter} {
			if got := s.states(reader, id); !slices.Contains(got, want) {
				t.Errorf("%s sees %v, without %s", reader, got, want)
			}
		}
	}
	late := func(want int) {
		t.Helper()
		for _, reader := range []string{admin, readOnlyRegion, lead} {
			for _, area := range []string{`organisation: ["RGT"]`, `icb: ["QUE"]`, `region: ["Y61"]`} {
				if got := s.late(reader, area); got != want {
					t.Errorf("%s counts %d late by %s, not %d", reader, got, area, want)
				}
			}
		}
	}
	reminded := func(want int) {
		t.Helper()
		for again, want := range []int{want, 0} {
			if got := must[int](t)(s.governance.Remind(t.Context())); got != want {
				t.Errorf("asked %d times, %d mails remind of what falls due, not %d", again+1, got, want)
			}
		}
	}

	reminded(1) // the Commission's, due on Monday
	s.moveTo("2099-12-20T23:30:00Z")
	reminded(0)
	s.moveTo("2099-12-21T23:59:00Z")
	stands(patient, "CQC_NOTIFICATION OUTSTANDING")
	late(0)
	s.moveTo("2099-12-22T00:01:00Z")
	stands(patient, "CQC_NOTIFICATION OVERDUE")
	late(1)
	s.govern(admin, respondToRequirement, map[string]any{"id": patient, "code": "CQC_NOTIFICATION", "reference": "CQC-17-0093"})
	stands(patient, "CQC_NOTIFICATION MET")
	late(0)

	reminded(0) // Christmas and the day after it are no working days: the referral is due three on
	s.moveTo("2099-12-23T08:00:00Z")
	reminded(2) // admins of both trusts
	s.moveTo("2099-12-30T00:01:00Z")
	stands(mother, "MNSI_REFERRAL OVERDUE")
	late(1)
	if got := s.late(adminElsewhere, `organisation: ["RR8"]`); got != 1 {
		t.Errorf("where it occurred, %d are late", got)
	}
	s.govern(admin, respondToRequirement, map[string]any{"id": mother, "code": "MNSI_REFERRAL", "reference": "MNSI-2099-00412"})

	// An update in the new year gives nobody more time.
	s.moveTo("2100-01-04T09:00:00Z")
	s.ok(s.update(reporter, mother, 1, map[string]any{"description": "She died after a haemorrhage."}), "updateEvent")
	if got := s.due(admin, mother); !slices.Contains(got, "DUTY_OF_CANDOUR 2100-01-06") {
		t.Errorf("after the update, due are %v", got)
	}
	reminded(3) // the duty of candour: one trust of both events, the other of one
	s.moveTo("2100-01-06T23:59:00Z")
	stands(mother, "DUTY_OF_CANDOUR OUTSTANDING")
	s.moveTo("2100-01-07T00:01:00Z")
	stands(mother, "DUTY_OF_CANDOUR OVERDUE")
	late(2)
	for _, id := range []string{mother, patient} {
		s.govern(admin, recordDutyOfCandour, map[string]any{"id": id, "person": "2099-12-19", "written": "2100-01-07", "apology": true})
		stands(id, "DUTY_OF_CANDOUR MET")
	}
	late(0)

	// Summer time: the day in London ends an hour before the day in Greenwich does.
	s.moveTo("2100-06-18T22:58:00Z")
	stands(mother, "PSII OUTSTANDING")
	late(0)
	s.moveTo("2100-06-18T23:01:00Z")
	stands(mother, "PSII OVERDUE")
	late(2)
	reminded(3) // a service that was away for a while catches up
	investigation := s.investigation(admin, mother, "PSII")
	stands(mother, "PSII OVERDUE")
	s.govern(admin, closeInvestigation, map[string]any{"id": investigation, "findings": "Blood came late.", "learning": "Keep some ready."})
	stands(mother, "PSII MET")
	late(1)
}

// What is due long ago is not told of by a service that only begins, and what was
// taken back or answered meanwhile is not either.
func TestNobodyIsRemindedOfWhatIsOver(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.moveTo("2099-12-18T16:30:00Z")
	forgotten, _ := s.record(reporter, aDeath())
	answered, _ := s.record(reporter, aDeath())
	s.govern(admin, respondToRequirement, map[string]any{"id": answered, "code": "MNSI_REFERRAL", "reference": "MNSI-2099-00412"})
	withdrawn, _ := s.record(reporter, aDeath())
	s.ok(s.withdrawn(reporter, withdrawn, 1, "A mistake."), "withdrawEvent")
	s.moveTo("2099-12-29T12:00:00Z")
	if got := must[int](t)(s.governance.Remind(t.Context())); got != 2 {
		t.Errorf("%d mails of one event that is due at two trusts", got)
	}
	s.moveTo("2100-03-01T12:00:00Z") // the duty of candour fell due in January
	if got := must[int](t)(s.governance.Remind(t.Context())); got != 0 {
		t.Errorf("%d mails of what fell due two months ago", got)
	}
	if got := s.states(admin, forgotten); !slices.Contains(got, "DUTY_OF_CANDOUR OVERDUE") {
		t.Errorf("it is %v", got)
	}
}

// Rules are in force on their days, whenever the event is judged: what happened
// before the duty of candour became law is not asked for, what was recorded today
// comes under today's framework.
func TestRulesOfTheDayOverHTTP(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.moveTo("2099-12-18T16:30:00Z")
	for occurred, want := range map[string]string{
		"2014-11-26": "PSII,MNSI_REFERRAL",
		"2014-11-27": "PSII,DUTY_OF_CANDOUR,MNSI_REFERRAL",
		"2014-11":    "PSII,DUTY_OF_CANDOUR,MNSI_REFERRAL", // its last day counts
		"2014-10":    "PSII,MNSI_REFERRAL",
	} {
		death := aDeath()
		death["occurredOn"] = occurred
		id, _ := s.record(reporter, death)
		var codes []string
		for _, state := range s.states(admin, id) {
			code, _, _ := strings.Cut(state, " ")
			codes = append(codes, code)
		}
		if got := strings.Join(codes, ","); got != want {
			t.Errorf("of what occurred on %s is asked %s, not %s", occurred, got, want)
		}
	}
}

// Those nearest to an organisation are reminded: its admins; where it has none, those
// of its ICB and region, who act on its behalf; where there are none, the national
// leads, who can make some. Nobody's duty falls due unheard.
func TestWhereThereIsNoAdminTheNextAreReminded(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.readerOf("admin of the ICB", authz.Admin, authz.Area{Type: authz.AreaICB, Code: "QUE"})
	s.readerOf("admin of the region", authz.Admin, authz.Area{Type: authz.AreaRegion, Code: "Y61"})
	s.moveTo("2099-12-18T16:30:00Z")
	ends := `UPDATE access_grant SET revoked_at = now() WHERE role = 'ADMIN' AND area_code = ?`
	for _, step := range []struct {
		change, area string
		told         []string
	}{
		{told: []string{"admin", "admin.elsewhere"}},
		{change: ends, area: "RGT", told: []string{"admin.elsewhere", "admin.of.the.icb", "admin.of.the.region"}},
		{change: ends, area: "QUE", told: []string{"admin.elsewhere", "admin.of.the.region"}},
		{change: ends, area: "Y61", told: []string{"admin.elsewhere", "national.lead"}},
		{change: `UPDATE account SET status = 'LOCKED' WHERE email LIKE 'admin.elsewhere@%'`, told: []string{"admin.elsewhere", "national.lead"}},
		{change: ends, area: "RR8", told: []string{"national.lead"}},
	} {
		switch {
		case step.area != "":
			s.exec(step.change, step.area)
		case step.change != "":
			s.exec(step.change)
		}
		_, reference := s.record(reporter, aDeath())
		s.exec(`UPDATE event_requirement SET due_on = '2099-12-21' WHERE event_id = (SELECT id FROM event WHERE reference = ?)`, reference)
		if _, err := s.governance.Remind(t.Context()); err != nil {
			t.Fatal(err)
		}
		var told []string
		err := s.db.NewRaw(`SELECT DISTINCT split_part(a.email, '@', 1) AS who FROM requirement_reminder r JOIN account a ON a.id = r.account_id
			JOIN event e ON e.id = r.event_id WHERE e.reference = ? ORDER BY who`, reference).Scan(t.Context(), &told)
		if err != nil || !slices.Equal(told, step.told) {
			t.Errorf("%s %s: told are %v, not %v: %v", step.change, step.area, told, step.told, err)
		}
	}
}
