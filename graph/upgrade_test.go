package graph_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/internal/event"
	"lfpse/internal/redaction"
)

const formerly = "0.1+lists.0"

// formerlyRedacted makes revisions of an event stand as an earlier engine left
// them: each as it was typed and as it was shown.
func (s *sealed) formerlyRedacted(id uuid.UUID, revisions ...[2]map[string]string) {
	s.t.Helper()
	for i, texts := range revisions {
		blob := must[[]byte](s.t)(s.options.Sealer.Seal(must[[]byte](s.t)(json.Marshal(texts[0])), fmt.Appendf(nil, "event:%s:%d", id, i+1)))
		shown := string(must[[]byte](s.t)(json.Marshal(texts[1])))
		s.exec(`UPDATE event_original SET sealed = ? WHERE event_id = ? AND revision = ?`, blob, id, i+1)
		s.exec(`UPDATE event_revision SET texts = ?::jsonb, redaction_version = ? WHERE event_id = ? AND revision = ?`, shown, formerly, id, i+1)
		s.exec(`UPDATE event SET texts = ?::jsonb, redaction_version = ? WHERE id = ? AND revision = ?`, shown, formerly, id, i+1)
	}
}

func (s *service) exec(statement string, args ...any) {
	s.t.Helper()
	if _, err := s.db.NewRaw(statement, args...).Exec(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// outdate makes every text one of an earlier engine, otherwise as it is.
func (s *service) outdate() {
	s.t.Helper()
	s.exec(`UPDATE event_revision SET redaction_version = ?`, formerly)
	s.exec(`UPDATE event SET redaction_version = ? WHERE status <> 'DRAFT'`, formerly)
}

// upToDate tells how many events have no text of an earlier engine, of how many.
func (s *service) upToDate() (done, all int) {
	s.t.Helper()
	err := s.db.NewRaw(`SELECT count(*) FILTER (WHERE e.redaction_version = ?0 AND NOT EXISTS (
			SELECT FROM event_revision AS r WHERE r.event_id = e.id AND r.redaction_version <> ?0)), count(*)
		FROM event AS e WHERE e.status <> 'DRAFT'`, redaction.Version).Scan(s.t.Context(), &done, &all)
	if err != nil {
		s.t.Fatal(err)
	}
	return done, all
}

func (s *service) upgrade(events *event.Service) event.Upgrade {
	s.t.Helper()
	return must[event.Upgrade](s.t)(events.Upgrade(s.t.Context(), event.UpgradeOptions{Outdated: func(int) {}, Done: func(int) {}}))
}

func (s *sealed) updated(events *event.Service, reader string, id uuid.UUID, revision int, patch event.Patch) {
	s.t.Helper()
	if _, problems, err := events.Update(s.as(reader), id, revision, patch); err != nil || len(problems) > 0 {
		s.t.Fatal(err, problems)
	}
}

// history answers the anonymised descriptions of an event, the latest first.
func (s *sealed) history(events *event.Service, id uuid.UUID) (texts []string) {
	s.t.Helper()
	views := must[[]*event.View](s.t)(events.FindByID(s.as(organisational), []uuid.UUID{id}))
	for _, r := range must[[][]*event.Revision](s.t)(events.Revisions(s.as(organisational), views))[0] {
		text := "(hidden)"
		if d := r.Description(nil); d != nil {
			text = *d
		}
		texts = append(texts, text)
	}
	return texts
}

func telling(description string) map[string]string {
	return map[string]string{"description": description}
}

// What an earlier engine did not find is hidden, in every revision under one
// number; what it hid stays hidden, though this engine would not.
func TestUpgradeHidesMoreAndShowsNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		revisions [][2]string // as typed and as shown, the earliest first
		want      []string    // as shown, the latest first
		added     map[redaction.Class]int
		changed   int
	}{
		"what was not found": {
			[][2]string{{"Mrs Edith Pemberton fell.", "Mrs Edith Pemberton fell."}}, []string{"Mrs [NAME 1] fell."}, map[redaction.Class]int{redaction.Name: 1}, 1,
		},
		"what was found": {
			[][2]string{{"The blue door of Mrs Pemberton.", "The [ADDRESS] of Mrs [NAME 1]."}}, []string{"The [ADDRESS] of Mrs [NAME 1]."}, map[redaction.Class]int{}, 0,
		},
		"a person keeps their number": {
			[][2]string{{"Dr Okonkwo saw Mrs Pemberton.", "Dr Okonkwo saw Mrs [NAME 1]."}}, []string{"Dr [NAME 2] saw Mrs [NAME 1]."}, map[redaction.Class]int{redaction.Name: 1}, 1,
		},
		"in one revision because of another": {
			[][2]string{{"Mrs Pemberton fell.", "Mrs [NAME 1] fell."}, {"pemberton fell on 07700 900123.", "pemberton fell on 07700 900123."}, {"The blue door.", "The blue door."}},
			[]string{"The blue door.", "[NAME 1] fell on [PHONE].", "Mrs [NAME 1] fell."}, map[redaction.Class]int{redaction.Name: 1, redaction.Phone: 1}, 1,
		},
		"in the earlier because of the later": {
			[][2]string{{"The blue door.", "The blue door."}, {"The blue door.", "The [ADDRESS]."}}, []string{"The [ADDRESS].", "The [ADDRESS]."}, map[redaction.Class]int{redaction.Address: 1}, 1,
		},
		"what was hidden whole": {
			[][2]string{{"Mrs Pemberton fell.", ""}}, []string{"Mrs [NAME 1] fell."}, map[redaction.Class]int{redaction.Name: 1}, 1,
		},
		"what does not agree with what was typed": {
			[][2]string{{"Mrs Pemberton fell.", "Somebody [NAME 1] slipped. Dr Adeyemi came."}}, []string{"Somebody [NAME 1] slipped. Dr [NAME 2] came."}, map[redaction.Class]int{}, 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSealed(t)
			events := event.NewService(s.options)
			id := s.recorded(events, "Nothing yet.")
			revisions := make([][2]map[string]string, len(c.revisions))
			for i, texts := range c.revisions {
				if i > 0 {
					s.updated(events, reporter, id, i, describe(fmt.Sprint("Nothing yet ", i, ".")))
				}
				revisions[i] = [2]map[string]string{telling(texts[0]), telling(texts[1])}
				if texts[1] == "" {
					revisions[i][1] = map[string]string{}
				}
			}
			s.formerlyRedacted(id, revisions...)
			u := s.upgrade(events)
			if diff := cmp.Diff(c.want, s.history(events, id)); diff != "" {
				t.Error(diff)
			}
			want := event.Upgrade{Events: 1, Texts: len(c.revisions), Changed: c.changed, Added: c.added, Gone: map[redaction.Class]int{}}
			if diff := cmp.Diff(want, u); diff != "" {
				t.Error(diff)
			}
			if got := s.readBy(events, reporter, id); got != c.revisions[len(c.revisions)-1][0] {
				t.Errorf("its reporter reads %q", got)
			}
			if got := s.readBy(events, organisational, id); got != c.want[0] {
				t.Errorf("the others read %q", got)
			}
			if done, all := s.upToDate(); done != 1 || all != 1 {
				t.Errorf("%d of %d are up to date", done, all)
			}
			before := s.dump()
			if u := s.upgrade(events); u.Events != 0 || s.dump() != before {
				t.Errorf("a second time changes %+v", u)
			}
		})
	}
}

// What readers marked stays hidden, and what this engine finds beside it.
func TestUpgradeKeepsMarks(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	id := s.recorded(events, "The bagpiper fell.")
	s.updated(events, reporter, id, 1, describe("The Bagpiper fell; bagpiper, Mrs Pemberton."))
	if _, problems, err := events.RedactFurther(s.as(admin), id, 2, "description", "bagpiper"); err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	s.updated(events, organisational, id, 2, describe("x[IDENTIFIER] fell; [IDENTIFIER], Mrs [NAME 1]."))
	want := []string{"x[IDENTIFIER] fell; [IDENTIFIER], Mrs [NAME 1].", "The [IDENTIFIER] fell; [IDENTIFIER], Mrs [NAME 1].", "The [IDENTIFIER] fell."}
	for range 2 {
		s.outdate()
		if u := s.upgrade(events); u.Changed != 0 || u.Texts != 3 || len(u.Added)+len(u.Gone) != 0 {
			t.Errorf("it changed %+v", u)
		}
		if diff := cmp.Diff(want, s.history(events, id)); diff != "" {
			t.Error(diff)
		}
	}
	s.updated(events, reporter, id, 3, describe("A bagpiper again."))
	if got := s.readBy(events, organisational, id); got != "A [IDENTIFIER] again." {
		t.Errorf("after the upgrade and an update it is shown as %q", got)
	}
}

func TestUpgradeOfAWithdrawal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ by, reason, shown, want string }{
		"by its reporter":            {reporter, "Mrs Pemberton asked; pemberton insists.", "Mrs Pemberton asked; pemberton insists.", "Mrs [NAME 1] asked; [NAME 1] insists."},
		"that was hidden":            {reporter, "Dr Adeyemi asked.", "", "Dr [NAME 2] asked."},
		"by who reads it anonymised": {admin, "For #pemberton outside 7.", "For #pemberton outside 7.", "For #pemberton outside 7."},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSealed(t)
			events := event.NewService(s.options)
			id := s.recorded(events, "Mrs Pemberton fell.")
			if _, problems, err := events.Withdraw(s.as(c.by), id, 1, c.reason); err != nil || len(problems) > 0 {
				t.Fatal(err, problems)
			}
			blob := must[[]byte](t)(s.options.Sealer.Seal(must[[]byte](t)(json.Marshal(map[string]string{"withdrawal.reason": c.reason})), fmt.Appendf(nil, "event:%s:-1", id)))
			s.exec(`UPDATE withdrawal_original SET sealed = ?`, blob)
			s.exec(`UPDATE event SET withdrawal_reason = NULLIF(?, '')`, c.shown)
			s.outdate()
			s.upgrade(events)
			var row struct{ WithdrawalReason, RedactionVersion, Texts string }
			if err := s.db.NewRaw(`SELECT withdrawal_reason, redaction_version, texts::text AS texts FROM event`).Scan(t.Context(), &row); err != nil {
				t.Fatal(err)
			}
			if row.WithdrawalReason != c.want || row.RedactionVersion != redaction.Version || row.Texts != "{}" {
				t.Errorf("it is kept as %+v", row)
			}
		})
	}
}

// A text that cannot be anonymised stays hidden; it is tried once, and again the
// next time.
func TestUpgradeOfWhatCannotBeAnonymised(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	id := s.recorded(events, "Mrs Pemberton fell.")
	s.formerlyRedacted(id, [2]map[string]string{
		{"description": strings.Repeat("Mrs Pemberton fell. ", redaction.MaxText/20+1), "incident.wentWell": "Mrs Pemberton is well."}, {"incident.wentWell": "Mrs Pemberton is well."},
	})
	for range 2 {
		u := s.upgrade(events)
		if u.Events != 1 || u.Hidden != 1 {
			t.Errorf("it is answered %+v", u)
		}
		var texts, version string
		if err := s.db.NewRaw(`SELECT texts::text, redaction_version FROM event`).Scan(t.Context(), &texts, &version); err != nil {
			t.Fatal(err)
		}
		if texts != `{"incident.wentWell": "Mrs [NAME 1] is well."}` || version != event.IncompleteRedaction {
			t.Errorf("it is kept as %s, by %s", texts, version)
		}
	}
}

// A dry run tells what an upgrade would do, and changes nothing.
func TestADryRunChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	id := s.recorded(events, "Nothing yet.")
	s.formerlyRedacted(id, [2]map[string]string{telling("Mrs Edith Pemberton fell."), telling("Mrs Edith Pemberton fell.")})
	before := s.dump()
	rehearsed := must[event.Upgrade](t)(events.Upgrade(t.Context(), event.UpgradeOptions{DryRun: true, Outdated: func(int) {}, Done: func(int) {}}))
	if s.dump() != before {
		t.Error("it changed something")
	}
	if diff := cmp.Diff(s.upgrade(events), rehearsed); diff != "" || rehearsed.Changed != 1 {
		t.Error(diff)
	}
}

// The audit trail says that texts were anonymised anew, and of how many events,
// but not of which; where nothing was done, or only rehearsed, it says nothing.
func TestUpgradeIsAuditedByCountsAlone(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	ids := []uuid.UUID{s.recorded(events, "Mrs Pemberton fell."), s.recorded(events, "Mr Adeyemi fell.")}
	s.outdate()
	rehearse := event.UpgradeOptions{DryRun: true, Outdated: func(int) {}, Done: func(int) {}}
	must[event.Upgrade](t)(events.Upgrade(t.Context(), rehearse))
	s.upgrade(events)
	s.upgrade(events)
	var entries []struct{ ActorKind, Subject, Detail string }
	err := s.db.NewRaw(`SELECT actor_kind, COALESCE(subject, '') AS subject, detail::text AS detail
		FROM audit_entry WHERE action = 'events.anonymised_anew'`).Scan(t.Context(), &entries)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ ActorKind, Subject, Detail string }{{"system", "", fmt.Sprintf(`{"events": "2", "version": "%s"}`, redaction.Version)}}
	if diff := cmp.Diff(want, entries); diff != "" {
		t.Errorf("entries of %v:\n%s", ids, diff)
	}
}
