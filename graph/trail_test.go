package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lfpse/db"
	"lfpse/internal/audit"
)

// audited answers what doing something left in the trail: action, kind of actor,
// whether it names the reader as the actor, and whether it names a subject.
func (s *service) audited(reader string, do func()) []string {
	s.t.Helper()
	var last int64
	if err := s.db.NewRaw("SELECT COALESCE(max(id), 0) FROM audit_entry").Scan(s.t.Context(), &last); err != nil {
		s.t.Fatal(err)
	}
	do()
	var found []string
	err := s.db.NewRaw(`SELECT concat_ws(' ', a.action, a.actor_kind, CASE WHEN p.email = ?1 THEN 'oneself' END,
			CASE WHEN a.subject <> '' THEN split_part(a.subject, '_', 1) END, a.detail ->> 'why', a.detail ->> 'revision')
		FROM audit_entry AS a LEFT JOIN account AS p ON p.id = a.actor_id WHERE a.id > ?0 ORDER BY a.id`, last, address(reader)).Scan(s.t.Context(), &found)
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

func address(reader string) string { return strings.ReplaceAll(reader, " ", ".") + "@staff.example" }

func TestWhatLeavesAnEntryInTheTrail(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var id string
	read := func(reader string) func() {
		return func() {
			answer := s.ask(reader, `query($id: ID!) { event(id: $id) { description reporterContact patients { clinicalOutcome } revisions { description } } }`, map[string]any{"id": id})
			dig[string](t, answer, "data", "event", "description")
		}
	}
	for _, step := range []struct {
		what   string
		reader string
		do     func()
		want   []string
	}{
		{"signing in", reporter, func() { s.tryToSignIn(address(reporter), password) }, []string{"session.opened account oneself account"}},
		{"a wrong password", reporter, func() { s.tryToSignIn(address(reporter), "not the password") }, []string{"session.refused anonymous account password"}},
		// As much is kept as of somebody: the account that it names never was.
		{"an address of nobody", reporter, func() { s.tryToSignIn("nobody@staff.example", password) }, []string{"session.refused anonymous account unknown"}},
		{"recording", reporter, func() { id, _ = s.record(reporter, aFall()) }, []string{"event.recorded account oneself event"}},
		{"reading one's own words", reporter, read(reporter), nil},
		{"reading the words of others without names", organisational, read(organisational), nil},
		{"updating", organisational, func() {
			s.ok(s.update(organisational, id, 1, map[string]any{"description": "A slip, says the ward."}), "updateEvent")
		}, []string{"event.updated account oneself event 2"}},
		{"reading what a colleague typed, as it was typed", reporter, read(reporter), []string{"event.original_read account oneself event 2"}},
		{"updating in one's turn", reporter, func() {
			s.ok(s.update(reporter, id, 2, map[string]any{"description": "A fall, I say."}), "updateEvent")
		}, []string{"event.updated account oneself event 3"}},
		{"reading a draft of one's own", reporter, func() {
			s.draft(reporter, aFall())
			s.ask(reporter, `{ viewer { drafts { nodes { description } } } }`, nil)
		}, nil},
		{"withdrawing", reporter, func() { s.ok(s.withdrawn(reporter, id, 3, "A mistake."), "withdrawEvent") }, []string{"event.withdrawn account oneself event"}},
		{"signing out", colleague, func() { s.ask(colleague, `mutation { signOut { signedOut } }`, nil) }, []string{"session.ended account oneself account"}},
	} {
		if got := s.audited(step.reader, step.do); !slices.Equal(got, step.want) {
			t.Errorf("%s leaves %q, want %q", step.what, got, step.want)
		}
	}
	if _, _, err := db.NewTrail(s.db).Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	v := &audit.Verifier{Tell: func(f audit.Finding) { t.Error(f) }}
	if result, err := db.NewTrail(s.db).Verify(t.Context(), v, func(int) {}, func(int) {}); err != nil || result.Head.Sequence < 20 || result.Waiting > 0 {
		t.Errorf("verified %+v, %v", result, err)
	}
}

// Too many wrong passwords lock an account, which leaves an entry of its own.
func TestALockLeavesAnEntryInTheTrail(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var want []string
	got := s.audited(reporter, func() {
		for i := range 10 {
			s.tryToSignIn(address(reporter), fmt.Sprintf("wrong %d", i))
			want = append(want, "session.refused anonymous account password")
		}
	})
	if diff := cmp.Diff(append(want, "account.locked system account"), got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

// What cannot be audited is not read.
func TestWordsOfOthersAreNotReadWithoutAnEntry(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aFall())
	s.ok(s.update(organisational, id, 1, map[string]any{"description": "A slip, says the ward."}), "updateEvent")
	s.exec("REVOKE INSERT ON audit_entry FROM lfpse_service")
	answer := s.ask(reporter, `query($id: ID!) { event(id: $id) { reference description } }`, map[string]any{"id": id})
	if at(answer, "data", "event", "description") != nil || at(answer, "errors") == nil {
		t.Errorf("it is answered %v", answer)
	}
}
