package graph_test

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lfpse/internal/governance"
)

// brittle is rules that can be made to fail on whatever they are asked.
type brittle struct {
	rules  governance.Judge
	broken atomic.Bool
}

func (b *brittle) Judge(facts governance.Facts, on time.Time) (governance.Judgement, error) {
	if b.broken.Load() {
		return governance.Judgement{}, errors.New("the rules failed")
	}
	return b.rules.Judge(facts, on)
}

// Rules that fail cost nobody a record, an update, an answer or a withdrawal. What
// stood before stands on, everything waits, and is judged when the rules are
// mended: by what the event says then, as of the day on which it said so.
func TestRulesThatFailLoseNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.moveTo("2099-12-18T16:30:00Z")
	updated, _ := s.record(reporter, aDeath())
	answered, _ := s.record(reporter, aDeath())
	withdrawn, _ := s.record(reporter, aDeath())
	drafted, _ := s.draft(reporter, aDeath())

	s.judge.broken.Store(true)
	s.moveTo("2099-12-21T09:00:00Z")
	recorded, _ := s.record(reporter, aDeath())
	unnamed := aDeath()
	unnamed["organisation"] = "RGT"
	if got := s.raw(nobody, recordAnonymouslyUnderKey, map[string]any{"event": unnamed, "key": "once"}); !strings.Contains(got, `"reference":"`) {
		t.Errorf("an anonymous report was answered %s", got)
	}
	s.ok(s.ask(reporter, submit, map[string]any{"id": drafted}), "submitDraft")
	s.ok(s.update(reporter, updated, 1, map[string]any{"patients": []any{map[string]any{"physicalHarm": "LOW"}}}), "updateEvent")
	s.govern(admin, respondToRequirement, map[string]any{"id": answered, "code": "MNSI_REFERRAL", "reference": "MNSI-2099-00412"})
	s.govern(admin, declareNeverEvent, map[string]any{"id": answered, "type": "14"})
	s.ok(s.withdrawn(reporter, withdrawn, 1, "A mistake."), "withdrawEvent")
	stood := []string{"PSII OUTSTANDING", "DUTY_OF_CANDOUR OUTSTANDING", "MNSI_REFERRAL OUTSTANDING"}
	for _, c := range []struct {
		id   string
		want []string
	}{{recorded, nil}, {drafted, nil}, {updated, stood}} {
		if got := s.states(admin, c.id); !slices.Equal(got, c.want) {
			t.Errorf("while the rules fail an admin sees %v, not %v", got, c.want)
		}
	}
	if err := s.governance.AssessWaiting(t.Context()); err != nil {
		t.Errorf("judging while the rules fail: %v", err)
	}

	between, _ := s.record(reporter, aDeath())
	s.moveTo("2099-12-22T09:00:00Z")
	s.govern(admin, declareNeverEvent, map[string]any{"id": between, "type": "14"})

	s.moveTo("2099-12-24T09:00:00Z")
	s.judge.broken.Store(false)
	if err := s.governance.AssessWaiting(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		id   string
		want []string
	}{
		"recorded":  {recorded, stood},
		"submitted": {drafted, stood},
		"updated":   {updated, nil},
		"answered":  {answered, []string{"NEVER_EVENT_REVIEW OVERDUE", "PSII OUTSTANDING", "DUTY_OF_CANDOUR OUTSTANDING", "MNSI_REFERRAL MET"}},
		"withdrawn": {withdrawn, nil},
	} {
		if got := s.states(admin, c.id); !slices.Equal(got, c.want) {
			t.Errorf("once the rules are mended, of what was %s an admin sees %v, not %v", name, got, c.want)
		}
	}
	for id, want := range map[string][]string{
		recorded: {"PSII 2100-06-21", "DUTY_OF_CANDOUR 2100-01-07", "MNSI_REFERRAL 2099-12-30"},
		answered: {"NEVER_EVENT_REVIEW 2099-12-23", "PSII 2100-06-18", "DUTY_OF_CANDOUR 2100-01-06", "MNSI_REFERRAL 2099-12-29"},
		between:  {"NEVER_EVENT_REVIEW 2099-12-24", "PSII 2100-06-21", "DUTY_OF_CANDOUR 2100-01-07", "MNSI_REFERRAL 2099-12-30"},
	} {
		if got := s.due(admin, id); !slices.Equal(got, want) {
			t.Errorf("due are %v, not %v", got, want)
		}
	}
	var waiting int
	if err := s.db.NewRaw(`SELECT count(*) FROM event WHERE rules_version IS NULL AND status <> 'DRAFT'`).Scan(t.Context(), &waiting); err != nil || waiting != 0 {
		t.Errorf("%d wait still: %v", waiting, err)
	}
	if log := s.log.String(); !strings.Contains(log, "the rules failed") || strings.Contains(log, "Pemberton") {
		t.Error("the log does not say that the rules failed, or says of whom")
	}
}

// An event that cannot be judged at all keeps no other from being judged.
func TestOneThatCannotBeJudgedKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.judge.broken.Store(true)
	spoilt, _ := s.record(reporter, aDeath())
	var others []string
	for range 3 {
		id, _ := s.record(reporter, aDeath())
		others = append(others, id)
	}
	s.judge.broken.Store(false)
	s.exec(`INSERT INTO event_requirement (event_id, code, applies, open, requirement)
		SELECT id, 'PSII', true, true, '[]' FROM event ORDER BY id LIMIT 1`)
	if err := s.governance.AssessWaiting(t.Context()); err == nil {
		t.Error("that one cannot be judged is not said")
	}
	var waiting, all int
	if err := s.db.NewRaw(`SELECT count(*) FILTER (WHERE rules_version IS NULL), count(*) FROM event`).Scan(t.Context(), &waiting, &all); err != nil {
		t.Fatal(err)
	}
	if waiting != 1 || all != len(others)+1 {
		t.Errorf("%d of %d wait still, %s among them", waiting, all, spoilt)
	}
}
