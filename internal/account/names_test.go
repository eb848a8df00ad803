package account_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"lfpse/internal/account"
	"lfpse/internal/authz"
)

// named answers the account's name as a reader is told it, from memory where it is
// there, and whether it was.
func (w *world) named(t *testing.T, p authz.Principal, id uuid.UUID) (name string, remembered bool) {
	t.Helper()
	known, missing := w.KnownNames(p, []uuid.UUID{id})
	if remembered = len(missing) == 0; !remembered {
		var err error
		known, err = w.Names(t.Context(), p, missing)
		must(t, err)
	}
	return known[id].Name(), remembered
}

func TestANameIsReadOnce(t *testing.T) {
	w := newWorld(t)
	who, reader := w.person(t, nil), w.principal(t, w.person(t, nil))
	for i, want := range []bool{false, true, true} {
		if name, remembered := w.named(t, reader, who.id); name != "Florence Nightingale" || remembered != want {
			t.Errorf("time %d: %q, remembered %v", i, name, remembered)
		}
	}
}

func TestWhoSignsInAfterANameHasChangedIsToldTheNewOne(t *testing.T) {
	renamed := map[string]string{
		"a first name": "UPDATE account SET first_name = 'Mary' WHERE id = ?",
		"a last name":  "UPDATE account SET last_name = 'Seacole' WHERE id = ?",
		"a job role":   "UPDATE account SET job_role = 'Midwife' WHERE id = ?",
	}
	for what, sql := range renamed {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t)
			who, other := w.person(t, nil), w.person(t, nil)
			before := w.principal(t, other)
			w.named(t, before, who.id)
			_, err := w.db.NewRaw(sql, who.id).Exec(t.Context())
			must(t, err)
			after := w.principal(t, other)
			if _, remembered := w.named(t, after, who.id); remembered {
				t.Error("told what was true before they signed in")
			}
			if _, remembered := w.named(t, after, who.id); !remembered {
				t.Error("the new one is not kept")
			}
			if _, remembered := w.named(t, before, who.id); remembered {
				t.Error("who signed in before is answered from what is kept for those after")
			}
		})
	}
}

// What was read before a change, and comes to be kept only after somebody has seen
// the change, is not kept.
func TestANameReadBeforeItsChangeIsNotKeptAfterIt(t *testing.T) {
	w := newWorld(t)
	who, other := w.person(t, nil), w.person(t, nil)
	before := w.principal(t, other)
	w.KnownNames(before, []uuid.UUID{who.id})
	_, err := w.db.NewRaw("UPDATE account SET first_name = 'Mary' WHERE id = ?", who.id).Exec(t.Context())
	must(t, err)
	after := w.principal(t, other)
	w.KnownNames(after, []uuid.UUID{who.id})
	_, err = w.Names(t.Context(), before, []uuid.UUID{who.id})
	must(t, err)
	if _, missing := w.KnownNames(after, []uuid.UUID{who.id}); len(missing) != 1 {
		t.Error("kept for those who come after the change")
	}
}

func TestOnesOwnNewNameIsToldInTheSameRequest(t *testing.T) {
	w := newWorld(t)
	who := w.signIn(t, w.person(t, nil)).Caller
	w.named(t, who.Principal, who.Account.ID)
	first := "Mary"
	_, problems, err := w.UpdateAccount(t.Context(), &who, account.Update{FirstName: &first})
	must(t, err)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if name, _ := w.named(t, who.Principal, who.Account.ID); name != "Mary Nightingale" {
		t.Errorf("told %q", name)
	}
}

// Signing in, a new password, a grant: none of them makes anybody read names again.
func TestNamesStayKnownThroughOtherChanges(t *testing.T) {
	w := newWorld(t)
	who, other := w.person(t, nil), w.person(t, nil)
	w.named(t, w.principal(t, other), who.id)
	w.with(t, authz.Admin, at(trust))
	w.move(t, who, account.Lock)
	if _, remembered := w.named(t, w.principal(t, other), who.id); !remembered {
		t.Error("read again though no name changed")
	}
}

func TestANameShowsNothingPrivateAndSaysSo(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	lead := w.principal(t, w.with(t, authz.NationalLead, national()))
	views, err := w.Names(t.Context(), lead, []uuid.UUID{who.id})
	must(t, err)
	view := views[who.id]
	if got := sight(t, view); got != named {
		t.Errorf("shown %s", got)
	}
	for _, field := range []string{"id", "name", "jobRole"} {
		if !view.Loaded(field) || !account.OnlyNames(field) {
			t.Errorf("%s is not among names", field)
		}
	}
	for _, field := range []string{"email", "organisations", "otherOrganisation", "status", "createdAt"} {
		if view.Loaded(field) || account.OnlyNames("name", field) {
			t.Errorf("%s would be null and not an error", field)
		}
	}
}

func TestNoNamesAreKeptForWhoDoesNotSayOfWhichVersion(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	if reader := w.principal(t, w.person(t, nil)); reader.Names == 0 {
		t.Error("an account's principal has no version of names")
	}
	for range 2 {
		if _, remembered := w.named(t, authz.Principal{}, who.id); remembered {
			t.Error("remembered")
		}
	}
}

func TestNamesOfNobodyAreMissing(t *testing.T) {
	w := newWorld(t)
	reader, nobody := w.principal(t, w.person(t, nil)), uuid.New()
	views, err := w.Names(t.Context(), reader, []uuid.UUID{nobody})
	must(t, err)
	if _, missing := w.KnownNames(reader, []uuid.UUID{nobody}); len(views) != 0 || !slices.Equal(missing, []uuid.UUID{nobody}) {
		t.Errorf("%d views, %v missing", len(views), missing)
	}
}
