package account_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

func lead() account.NewAccount {
	return account.NewAccount{
		Email: uuid.NewString() + "@nhs.test", FirstName: "Mary", LastName: "Seacole", JobRole: "Lead", Password: password,
	}
}

func TestCreatingANationalLead(t *testing.T) {
	w := newWorld(t)
	n := lead()
	id, problems, err := w.CreateLead(t.Context(), n)
	must(t, err)
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	p := w.principal(t, someone{id, n.Email})
	if len(p.Grants) != 1 || p.Grants[0].Role != authz.NationalLead || p.Grants[0].Area != national() || !p.Grants[0].Until.IsZero() {
		t.Errorf("%+v", p)
	}
	if w.audited(t, "account.created", gid.Format(gid.Account, id)) != 1 {
		t.Error("the account is not audited")
	}
	if w.audited(t, "grant.given", gid.Format(gid.Grant, p.Grants[0].ID)) != 1 {
		t.Error("the grant is not audited")
	}
}

func TestALeadIsALeadAndNothingElse(t *testing.T) {
	w := newWorld(t)
	n := lead()
	n.Status = account.Locked
	n.Grants = []account.NewGrant{{Role: authz.Admin, Area: at(trust)}}
	id, _, err := w.CreateLead(t.Context(), n)
	must(t, err)
	if p := w.principal(t, someone{id, n.Email}); len(p.Grants) != 1 || p.Grants[0].Role != authz.NationalLead {
		t.Errorf("%+v", p)
	}
}

func TestWhatIsWrongWithANewLead(t *testing.T) {
	w := newWorld(t)
	taken := w.person(t, nil).email
	type problem struct {
		Code fault.Code
		Path string
	}
	cases := map[string]struct {
		change func(*account.NewAccount)
		want   []problem
	}{
		"everything": {func(n *account.NewAccount) { *n = account.NewAccount{Password: "short"} }, []problem{
			{fault.Invalid, "email"}, {fault.Required, "firstName"}, {fault.Required, "lastName"}, {fault.Invalid, "password"},
		}},
		"no address":         {func(n *account.NewAccount) { n.Email = "mary" }, []problem{{fault.Invalid, "email"}}},
		"an address taken":   {func(n *account.NewAccount) { n.Email = strings.ToUpper(taken) }, []problem{{fault.Duplicate, "email"}}},
		"no password":        {func(n *account.NewAccount) { n.Password = "" }, []problem{{fault.Required, "password"}}},
		"a weak password":    {func(n *account.NewAccount) { n.Password = "Mary Seacole" }, []problem{{fault.Invalid, "password"}}},
		"a hash besides":     {func(n *account.NewAccount) { n.PasswordHash = "x" }, []problem{{fault.NotApplicable, "passwordHash"}, {fault.Invalid, "passwordHash"}}},
		"a long name":        {func(n *account.NewAccount) { n.FirstName = strings.Repeat("y", 101) }, []problem{{fault.TooLong, "firstName"}}},
		"a name of bytes":    {func(n *account.NewAccount) { n.LastName = "\x00" }, []problem{{fault.Invalid, "lastName"}}},
		"a job role of many": {func(n *account.NewAccount) { n.JobRole = strings.Repeat("y", 101) }, []problem{{fault.TooLong, "jobRole"}}},
		"no organisation": {func(n *account.NewAccount) { n.Organisations = []string{trust, "ZZZ99"} },
			[]problem{{fault.UnknownCode, "organisations.1"}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := lead()
			c.change(&n)
			_, problems, err := w.CreateLead(t.Context(), n)
			must(t, err)
			var got []problem
			for _, p := range problems {
				got = append(got, problem{p.Code, strings.Join(p.Path, ".")})
				if n.Email != "" && strings.Contains(p.Message, n.Email) || strings.Contains(p.Message, "Seacole") {
					t.Error("a message repeats what was typed")
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if held, err := w.store.CredentialsByEmail(t.Context(), strings.ToLower(n.Email)); err != nil || held.ID != uuid.Nil && n.Email != strings.ToUpper(taken) {
				t.Errorf("created all the same, or %v", err)
			}
		})
	}
}

func TestGrantsThatAreNotGiven(t *testing.T) {
	w := newWorld(t)
	now := w.clock.Now()
	for name, c := range map[string]struct {
		grant account.NewGrant
		want  string
	}{
		"STANDARD is not stored":           {account.NewGrant{Role: authz.Standard, Area: at(trust)}, "role"},
		"an unknown role":                  {account.NewGrant{Role: "KING", Area: at(trust)}, "role"},
		"a lead of an organisation":        {account.NewGrant{Role: authz.NationalLead, Area: at(trust)}, "role"},
		"an admin of the nation":           {account.NewGrant{Role: authz.Admin, Area: national()}, "role"},
		"a nation with a code":             {account.NewGrant{Role: authz.NationalLead, Area: authz.Area{Type: authz.AreaNational, Code: "E92000001"}}, "area"},
		"an organisation without a code":   {account.NewGrant{Role: authz.Admin, Area: at("")}, "area"},
		"an organisation that is none":     {account.NewGrant{Role: authz.Admin, Area: at("ZZZ99")}, "area"},
		"an ICB's code as an organisation": {account.NewGrant{Role: authz.Admin, Area: at("QUA")}, "area"},
		"a region that is none":            {account.NewGrant{Role: authz.Admin, Area: authz.Area{Type: authz.AreaRegion, Code: "ZZ9"}}, "area"},
		"an end before the beginning":      {account.NewGrant{Role: authz.Admin, Area: at(trust), Until: now.Add(-time.Hour)}, "until"},
		"an end at the beginning":          {account.NewGrant{Role: authz.Admin, Area: at(trust), From: now, Until: now}, "until"},
	} {
		t.Run(name, func(t *testing.T) {
			n := lead()
			n.Grants = []account.NewGrant{{Role: authz.ReadOnly, Area: at(trust)}, c.grant}
			_, problems, err := w.Create(t.Context(), []account.NewAccount{n})
			must(t, err)
			if len(problems) == 0 {
				t.Fatal("given")
			}
			for _, p := range problems {
				if got := strings.Join(p.Path, "."); got != "0.grants.1."+c.want {
					t.Errorf("problem at %s", got)
				}
			}
		})
	}
}

func TestCreatingManyIsAllOrNone(t *testing.T) {
	w := newWorld(t)
	hash, err := w.HashPassword(t.Context(), password)
	must(t, err)
	work := w.work.Times.Load()
	many := make([]account.NewAccount, 2500)
	for i := range many {
		many[i] = lead()
		many[i].ID = uuid.New()
		many[i].Password, many[i].PasswordHash = "", hash
		many[i].Organisations = []string{trust}
		many[i].Grants = []account.NewGrant{{Role: authz.ReadOnly, Area: at(otherTrust)}}
	}
	taken := w.person(t, nil).email
	work++ // that person's own
	spoilt := append([]account.NewAccount{}, many...)
	spoilt[7].Email, spoilt[2100].Email = taken, strings.ToUpper(spoilt[5].Email)
	_, problems, err := w.Create(t.Context(), spoilt)
	must(t, err)
	if len(problems) != 1 || strings.Join(problems[0].Path, ".") != "2100.email" || problems[0].Code != fault.Duplicate {
		t.Errorf("two of one address: %+v", problems)
	}
	spoilt[2100].Email = many[2100].Email
	_, problems, err = w.Create(t.Context(), spoilt)
	must(t, err)
	if len(problems) != 1 || strings.Join(problems[0].Path, ".") != "7.email" || problems[0].Code != fault.Duplicate {
		t.Errorf("an address taken: %+v", problems)
	}
	if held, err := w.store.CredentialsByEmail(t.Context(), many[0].Email); err != nil || held.ID != uuid.Nil {
		t.Errorf("some were created all the same, or %v", err)
	}

	ids, problems, err := w.Create(t.Context(), many)
	must(t, err)
	if len(problems) > 0 || len(ids) != len(many) {
		t.Fatalf("%d ids, %+v", len(ids), problems)
	}
	for i, id := range ids {
		if id != many[i].ID {
			t.Fatal("ids are in another order, or others than asked for")
		}
	}
	if n := w.work.Times.Load() - work; n != 0 {
		t.Errorf("%d hashes for accounts that share one", n)
	}
	if p := w.principal(t, someone{ids[2499], many[2499].Email}); len(p.Grants) != 1 || len(p.Organisations) != 1 {
		t.Errorf("%+v", p)
	}
}
