package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/google/uuid"

	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/organisation"
	"lfpse/internal/redaction"
)

// colleague is a sample account as the author of events.
type colleague struct {
	principal authz.Principal
	known     redaction.Known
	email     string
}

// team are the sample accounts of one trust.
type team struct {
	all     []*colleague
	editors []*colleague // who may update what others recorded
	admins  []*colleague // who may withdraw it
}

// staff are all sample accounts.
type staff struct {
	byCode  map[string]*team
	byEmail map[string]*colleague
}

func (s *staff) of(code string) *team {
	t := s.byCode[code]
	if t == nil {
		return &team{}
	}
	return t
}

// reportersOf is how many accounts of a trust record events and do nothing else.
const reportersOf = 2

// recruits invents the accounts of each trust; nobody can sign in as them.
func recruits(r *rand.Rand, trusts []*organisation.Organisation) []account.NewAccount {
	var accounts []account.NewAccount
	taken := map[string]bool{}
	for _, trust := range trusts {
		code := string(trust.ODSCode)
		for range reportersOf {
			accounts = append(accounts, recruit(r, code, taken))
		}
		head := recruit(r, code, taken)
		head.JobRole = "Head of patient safety"
		head.Grants = []account.NewGrant{{Role: authz.Admin, Area: authz.Area{Type: authz.AreaOrganisation, Code: code}}}
		accounts = append(accounts, head)
	}
	return accounts
}

func recruit(r *rand.Rand, code string, taken map[string]bool) account.NewAccount {
	for {
		given, family := pick(r, givenNames), pick(r, familyNames)
		email := fmt.Sprintf("%s.%s@%s.demo.example", plainLetters(given), plainLetters(family), strings.ToLower(code))
		if taken[email] {
			continue
		}
		taken[email] = true
		return account.NewAccount{
			Email: email, FirstName: given, LastName: family, JobRole: pick(r, jobRoles), Status: account.Active,
			Organisations: []string{code},
		}
	}
}

// hire makes the accounts unless they are there, and answers them all.
func hire(ctx context.Context, o Options, trusts []*organisation.Organisation) (*staff, error) {
	var some bool
	if err := o.DB.NewRaw("SELECT EXISTS (SELECT 1 FROM account WHERE email = ?)", People()[0].Email).Scan(ctx, &some); err != nil {
		return nil, fmt.Errorf("looking for sample accounts: %w", err)
	}
	if !some {
		if err := open(ctx, o, trusts); err != nil {
			return nil, err
		}
	}
	return staffOf(ctx, o)
}

func open(ctx context.Context, o Options, trusts []*organisation.Organisation) error {
	hash, err := o.Accounts.HashPassword(ctx, o.Password)
	if err != nil {
		return err
	}
	var wanted []account.NewAccount
	for _, p := range People() {
		wanted = append(wanted, p.account(hash))
	}
	wanted = append(wanted, recruits(rand.New(rand.NewPCG(o.Seed, 1)), trusts)...)
	_, problems, err := o.Accounts.Create(ctx, wanted)
	if err != nil {
		return err
	}
	for _, p := range problems {
		return fmt.Errorf("making sample accounts: %s: %s", strings.Join(p.Path, "."), p.Message)
	}
	return nil
}

// staffOf reads the sample accounts, each with the organisation on its profile
// and what it was granted there.
func staffOf(ctx context.Context, o Options) (*staff, error) {
	var rows []struct {
		ID                         uuid.UUID
		FirstName, LastName, Email string
		Code                       *string
		Edits, Administers         bool
	}
	err := o.DB.NewRaw(`SELECT a.id, a.first_name, a.last_name, a.email, o.organisation AS code,
			COALESCE(g.role IN ('ORGANISATIONAL', 'ADMIN'), FALSE) AS edits, COALESCE(g.role = 'ADMIN', FALSE) AS administers
		FROM account AS a LEFT JOIN account_organisation AS o ON o.account_id = a.id
			LEFT JOIN access_grant AS g ON g.account_id = a.id AND g.area_type = 'ORGANISATION' AND g.area_code = o.organisation
				AND g.revoked_at IS NULL
		WHERE a.email LIKE '%demo.example' ORDER BY a.email, g.role`).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("reading sample accounts: %w", err)
	}
	s := &staff{byCode: map[string]*team{}, byEmail: map[string]*colleague{}}
	for _, row := range rows {
		c := s.byEmail[row.Email]
		if c == nil {
			c = &colleague{
				principal: authz.Principal{Kind: authz.Account, ID: row.ID},
				known:     redaction.Known{Role: "colleague", Given: row.FirstName, Family: row.LastName, Email: row.Email},
				email:     row.Email,
			}
			s.byEmail[row.Email] = c
		}
		if row.Code != nil {
			c.principal.Organisations = []string{*row.Code}
			s.join(*row.Code, c, row.Edits, row.Administers)
		}
	}
	return s, nil
}

func (s *staff) join(code string, c *colleague, edits, administers bool) {
	t := s.byCode[code]
	if t == nil {
		t = &team{}
		s.byCode[code] = t
	}
	t.all = append(t.all, c)
	if edits {
		t.editors = append(t.editors, c)
	}
	if administers {
		t.admins = append(t.admins, c)
	}
}

// around answers the names that the accounts around an event know: its author,
// where there is one, and the people of its organisations.
func (s *staff) around(author *colleague, codes ...string) []redaction.Known {
	var names []redaction.Known
	if author != nil {
		reporter := author.known
		reporter.Role = "reporter"
		names = append(names, reporter)
	}
	for _, code := range codes {
		for _, c := range s.of(code).all {
			if c != author {
				names = append(names, c.known)
			}
		}
	}
	return names
}
