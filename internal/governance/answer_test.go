package governance

import (
	"testing"
	"time"
)

func day(n int) *time.Time {
	d := time.Date(2026, 10, n, 0, 0, 0, 0, time.UTC)
	return &d
}

func TestWhatMeetsARequirement(t *testing.T) {
	for name, c := range map[string]struct {
		answer Answer
		code   Code
		met    bool
	}{
		"a response":                       {Answer{Kind: ResponseGiven, About: "NHSBT"}, NHSBT, true},
		"candour in person and writing":    {Answer{Kind: CandourRecorded, Content: Content{NotifiedInPersonOn: day(1), WrittenNotificationOn: day(2), ApologyGiven: true}}, DutyOfCandour, true},
		"candour without an apology":       {Answer{Kind: CandourRecorded, Content: Content{NotifiedInPersonOn: day(1), WrittenNotificationOn: day(2)}}, DutyOfCandour, false},
		"candour in person alone":          {Answer{Kind: CandourRecorded, Content: Content{NotifiedInPersonOn: day(1), ApologyGiven: true}}, DutyOfCandour, false},
		"a closed PSII":                    {Answer{Kind: InvestigationKept, Content: Content{Method: PatientSafetyInvestigation, ClosedAt: day(3)}}, PSII, true},
		"an open PSII":                     {Answer{Kind: InvestigationKept, Content: Content{Method: PatientSafetyInvestigation}}, PSII, false},
		"another closed learning response": {Answer{Kind: InvestigationKept, Content: Content{Method: SwarmHuddle, ClosedAt: day(3)}}, PSII, false},
		"a declaration":                    {Answer{Kind: NeverEventDeclared, Content: Content{Type: "3"}}, "", false},
	} {
		if code, met := c.answer.meets(); met != c.met || met && code != c.code {
			t.Errorf("%s: %q, %v", name, code, met)
		}
	}
}

// Of several answers to one requirement the last to be given counts, whatever its
// kind, and what is no longer complete falls back on the one before.
func TestTheLatestAnswerCounts(t *testing.T) {
	no := Answer{Number: 1, Kind: ResponseGiven, About: "DUTY_OF_CANDOUR", Content: Content{NotApplicable: true}}
	done := Answer{Number: 2, Kind: CandourRecorded, Content: Content{NotifiedInPersonOn: day(1), WrittenNotificationOn: day(2), ApologyGiven: true}}
	if got := counting([]Answer{done, no})[DutyOfCandour]; got.Number != 2 {
		t.Errorf("answer %d counts", got.Number)
	}
	done.Content.ApologyGiven = false
	if got := counting([]Answer{done, no})[DutyOfCandour]; got.Number != 1 {
		t.Errorf("once it is incomplete, answer %d counts", got.Number)
	}
}

// Regulation 20(4): the written notification follows the one in person.
func TestTheDaysOfCandour(t *testing.T) {
	for name, c := range map[string]struct {
		candour Candour
		want    string
	}{
		"nothing yet":         {Candour{}, ""},
		"in person":           {Candour{NotifiedInPersonOn: day(5)}, ""},
		"both on one day":     {Candour{NotifiedInPersonOn: day(5), WrittenNotificationOn: day(5)}, ""},
		"written first":       {Candour{NotifiedInPersonOn: day(5), WrittenNotificationOn: day(4)}, "INVALID writtenNotificationOn"},
		"written alone":       {Candour{WrittenNotificationOn: day(4)}, "REQUIRED notifiedInPersonOn"},
		"in person tomorrow":  {Candour{NotifiedInPersonOn: day(7)}, "IN_FUTURE notifiedInPersonOn"},
		"today":               {Candour{NotifiedInPersonOn: day(6)}, ""},
		"in writing tomorrow": {Candour{NotifiedInPersonOn: day(5), WrittenNotificationOn: day(7)}, "IN_FUTURE writtenNotificationOn"},
	} {
		got := ""
		for _, p := range c.candour.check(*day(6)) {
			got += string(p.Code) + " " + p.Path[0]
		}
		if got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func TestTheRulesAreToldWhatASystemDeclares(t *testing.T) {
	said := Answer{Kind: DeclaredBySystem, Content: Content{Declared: Declaration{
		"AdverseEventGovernance.DesignationsMentalHealth": {"true"}, "AdverseEventGovernance.DeprivationOfLiberty": {"false"},
	}}}
	typed := Answer{Kind: NeverEventDeclared, Content: Content{Type: "4"}}
	if got, want := declared([]Answer{said, typed}), (Declared{NeverEventType: "4", Sectioned: true}); got != want {
		t.Errorf("they are told %+v, want %+v", got, want)
	}
	if got := declared(nil); got != (Declared{}) {
		t.Errorf("of nothing they are told %+v", got)
	}
}
