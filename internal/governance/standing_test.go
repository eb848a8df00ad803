package governance

import (
	"testing"
	"time"
)

// found is a requirement of one rule.
func found(code Code, rule string, certain bool, due *time.Time) Requirement {
	f := Finding{Rule: rule, Reason: "Because of " + rule + ".", Certain: certain}
	if due != nil {
		f.Deadline = &Deadline{On: *due, Basis: Contract}
	}
	return Requirement{Code: code, Title: rule, Certain: certain, Findings: []Finding{f}, Deadline: f.Deadline}
}

func judged(requirements ...Requirement) Judgement { return Judgement{Requirements: requirements} }

func TestWhereARequirementStands(t *testing.T) {
	due := dayOf(t, "2026-12-11")
	certain, open := found(DutyOfCandour, "certain", true, &due), found(DutyOfCandour, "open", false, &due)
	met, excused := &Response{Certain: true}, &Response{NotApplicable: true, Certain: true}
	for name, test := range map[string]struct {
		standing Standing
		today    string
		want     State
	}{
		"before its day":              {Standing{Requirement: certain, Applies: true}, "2026-12-10", Outstanding},
		"on its day":                  {Standing{Requirement: certain, Applies: true}, "2026-12-11", Outstanding},
		"after its day":               {Standing{Requirement: certain, Applies: true}, "2026-12-12", Overdue},
		"without a day":               {Standing{Requirement: found(NHSBT, "none", true, nil), Applies: true}, "2036-01-01", Outstanding},
		"answered late":               {Standing{Requirement: certain, Applies: true, Response: met}, "2027-01-01", Met},
		"answered not applicable":     {Standing{Requirement: certain, Applies: true, Response: excused}, "2027-01-01", NotApplicable},
		"no longer asked for, met":    {Standing{Requirement: certain, Response: met}, "2027-01-01", Met},
		"no longer asked for":         {Standing{Requirement: certain}, "2027-01-01", NotApplicable},
		"excused while to consider":   {Standing{Requirement: open, Applies: true, Response: &Response{NotApplicable: true}}, "2027-01-01", NotApplicable},
		"excused, and certain since":  {Standing{Requirement: certain, Applies: true, Response: &Response{NotApplicable: true}}, "2026-12-01", Outstanding},
		"excused, certain, and late":  {Standing{Requirement: certain, Applies: true, Response: &Response{NotApplicable: true}}, "2027-01-01", Overdue},
		"met while to consider":       {Standing{Requirement: certain, Applies: true, Response: &Response{}}, "2027-01-01", Met},
		"excused and no longer asked": {Standing{Requirement: certain, Response: &Response{NotApplicable: true}}, "2027-01-01", NotApplicable},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.standing.State(dayOf(t, test.today)); got != test.want {
				t.Errorf("it is %s, want %s", got, test.want)
			}
		})
	}
}

func TestJudgingAgainKeepsWhatWasAnsweredAndDropsTheRest(t *testing.T) {
	answer := &Response{Certain: true}
	previous := []Standing{
		{Requirement: found(PSII, "death", true, nil), Applies: true, Response: answer},
		{Requirement: found(DutyOfCandour, "harm", true, nil), Applies: true, Response: answer},
		{Requirement: found(CQCNotification, "injury", false, nil), Applies: true},
	}
	merged := Rejudge(previous, judged(found(DutyOfCandour, "harm", true, nil), found(NeverEventReview, "sign", false, nil)))
	type kept struct {
		code     Code
		applies  bool
		answered bool
	}
	want := []kept{{NeverEventReview, true, false}, {PSII, false, true}, {DutyOfCandour, true, true}}
	if len(merged) != len(want) {
		t.Fatalf("%d stand, want %d", len(merged), len(want))
	}
	for i, s := range merged {
		if got := (kept{s.Code, s.Applies, s.Response == answer}); got != want[i] {
			t.Errorf("%v stands, want %v", got, want[i])
		}
	}
	if merged[1].Reason() != "Because of death." {
		t.Errorf("the reason is now %q", merged[1].Reason())
	}
}

func TestAnUpdateGivesNobodyMoreTime(t *testing.T) {
	first, later := dayOf(t, "2026-12-11"), dayOf(t, "2027-01-15")
	for name, test := range map[string]struct {
		previous Standing
		want     time.Time
	}{
		"the same rule":       {Standing{Requirement: found(DutyOfCandour, "harm", true, &first), Applies: true}, first},
		"another rule":        {Standing{Requirement: found(DutyOfCandour, "death", true, &first), Applies: true}, later},
		"one that had let go": {Standing{Requirement: found(DutyOfCandour, "harm", true, &first), Response: &Response{}}, later},
		"one that had no day": {Standing{Requirement: found(DutyOfCandour, "harm", true, nil), Applies: true}, later},
		"another code's day":  {Standing{Requirement: found(PSII, "harm", true, &first), Applies: true}, later},
	} {
		t.Run(name, func(t *testing.T) {
			now := judged(found(DutyOfCandour, "harm", true, &later))
			merged := Rejudge([]Standing{test.previous}, now)
			if got := merged[len(merged)-1].DueOn(); got == nil || !got.Equal(test.want) {
				t.Errorf("it is due on %v, want %v", got, test.want)
			}
			if !now.Requirements[0].Findings[0].Deadline.On.Equal(later) {
				t.Error("the judgement was changed")
			}
		})
	}
}

// Judging again by the same answers changes nothing.
func TestJudgingTwiceIsJudgingOnce(t *testing.T) {
	due := dayOf(t, "2026-12-11")
	now := judged(found(PSII, "death", true, &due), found(NHSBT, "organ", true, nil))
	once := Rejudge(nil, now)
	once[0].Response = &Response{Certain: true}
	twice := Rejudge(once, now)
	if len(twice) != len(once) {
		t.Fatalf("%d stand, want %d", len(twice), len(once))
	}
	for i := range once {
		if twice[i].Code != once[i].Code || twice[i].Applies != once[i].Applies || twice[i].Response != once[i].Response {
			t.Errorf("%v became %v", once[i], twice[i])
		}
	}
}
