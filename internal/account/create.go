package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

const (
	auditCreated audit.Action = "account.created"
	auditGranted audit.Action = "grant.given"

	maxName = 100 // characters, of each name and of the job role
)

// NewAccount is an account to create. Password and PasswordHash are either or
// neither: without both, nobody can sign in to it.
type NewAccount struct {
	ID            uuid.UUID // zero: a random one
	Email         string
	FirstName     string
	LastName      string
	JobRole       string
	Password      string
	PasswordHash  string // as HashPassword made it: many sample accounts may share one
	Status        Status // empty: Active
	Organisations []string
	Grants        []NewGrant
}

// NewGrant is a grant to give. From and Until may be zero: from now on, for
// good.
type NewGrant struct {
	Role  authz.Role
	Area  authz.Area
	From  time.Time
	Until time.Time
}

// CreateLead creates the account of a national lead, who can see every
// submitted event. Only the command line does this: nobody is made a lead
// through the graph.
func (s *Service) CreateLead(ctx context.Context, lead NewAccount) (uuid.UUID, fault.Problems, error) {
	lead.Status = Active
	lead.Grants = []NewGrant{{Role: authz.NationalLead, Area: authz.Area{Type: authz.AreaNational}}}
	if lead.Password == "" {
		var problems fault.Problems
		problems.Add(fault.Required, "A password is wanted.", "password")
		return uuid.Nil, problems, nil
	}
	ids, problems, err := s.Create(ctx, []NewAccount{lead})
	if err != nil || len(problems) > 0 {
		for i := range problems {
			problems[i].Path = problems[i].Path[1:]
		}
		return uuid.Nil, problems, err
	}
	return ids[0], nil, nil
}

// HashPassword hashes a password for NewAccount.PasswordHash.
func (s *Service) HashPassword(ctx context.Context, password string) (string, error) {
	return s.hasher.Hash(ctx, password)
}

// Create adds accounts, all or none, in the service's own name: it asks no
// policy, so it is for the command line and for sample data. It answers their
// ids in order. Paths of problems begin with the account's position.
func (s *Service) Create(ctx context.Context, accounts []NewAccount) ([]uuid.UUID, fault.Problems, error) {
	problems := s.check(accounts)
	unknown, err := s.checkAreas(ctx, accounts)
	if err != nil {
		return nil, nil, fmt.Errorf("creating accounts: %w", err)
	}
	if problems = append(problems, unknown...); len(problems) > 0 {
		return nil, problems, nil
	}
	created := make([]Created, len(accounts))
	ids := make([]uuid.UUID, len(accounts))
	for i, account := range accounts {
		if created[i], err = s.created(ctx, account); err != nil {
			return nil, nil, fmt.Errorf("creating accounts: %w", err)
		}
		ids[i] = created[i].Record.ID
	}
	err = s.store.CreateAccounts(ctx, created)
	if taken := (*EmailTakenError)(nil); errors.As(err, &taken) {
		for _, i := range taken.Positions {
			problems.Add(fault.Duplicate, "Another account has this address.", strconv.Itoa(i), "email")
		}
		return nil, problems, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("creating accounts: %w", err)
	}
	return ids, nil, nil
}

func (s *Service) created(ctx context.Context, n NewAccount) (Created, error) {
	now := s.instant()
	email, _ := ParseEmail(n.Email)
	c := Created{
		Record: Record{
			ID: n.ID, FirstName: strings.TrimSpace(n.FirstName), LastName: strings.TrimSpace(n.LastName),
			JobRole: strings.TrimSpace(n.JobRole), Private: true, Email: email,
			Organisations: slices.Compact(slices.Sorted(slices.Values(n.Organisations))),
			Status:        n.Status, CreatedAt: now,
		},
		PasswordHash: n.PasswordHash,
	}
	if c.Record.ID == uuid.Nil {
		c.Record.ID = gid.New()
	}
	if c.Record.Status == "" {
		c.Record.Status = Active
	}
	if n.Password != "" {
		var err error
		if c.PasswordHash, err = s.hasher.Hash(ctx, n.Password); err != nil {
			return Created{}, err
		}
	}
	c.Entries = append(c.Entries, systemEntry(now, auditCreated, gid.Format(gid.Account, c.Record.ID), nil))
	for _, grant := range n.Grants {
		g := Grant{
			UUID: gid.New(), Account: c.Record.ID, Role: grant.Role, Area: grant.Area,
			GrantedAt: now, Until: grant.Until,
		}
		if !grant.From.IsZero() {
			g.GrantedAt = grant.From
		}
		c.Grants = append(c.Grants, g)
		c.Entries = append(c.Entries, systemEntry(now, auditGranted, g.ID(), map[string]string{
			"account": gid.Format(gid.Account, c.Record.ID), "role": string(g.Role),
			"area_type": string(g.Area.Type), "area": g.Area.Code,
		}))
	}
	return c, nil
}

func systemEntry(at time.Time, action audit.Action, subject string, detail map[string]string) audit.Entry {
	return audit.Entry{At: at, ActorKind: audit.System, Action: action, Subject: subject, Detail: detail}
}

func (s *Service) check(accounts []NewAccount) fault.Problems {
	var problems fault.Problems
	first := make(map[string]bool, len(accounts))
	for i, account := range accounts {
		problems = append(problems, account.check(s.instant()).Under(strconv.Itoa(i))...)
		email, ok := ParseEmail(account.Email)
		if ok && first[email] {
			problems.Add(fault.Duplicate, "Two of the accounts have this address.", strconv.Itoa(i), "email")
		}
		first[email] = true
	}
	return problems
}

func (n NewAccount) check(now time.Time) fault.Problems {
	var problems fault.Problems
	if _, ok := ParseEmail(n.Email); !ok {
		problems.Add(fault.Invalid, "This is not an e-mail address.", "email")
	}
	checkName(&problems, n.FirstName, true, "firstName")
	checkName(&problems, n.LastName, true, "lastName")
	checkName(&problems, n.JobRole, false, "jobRole")
	if n.Password != "" && n.PasswordHash != "" {
		problems.Add(fault.NotApplicable, "Either a password or its hash.", "passwordHash")
	}
	if n.Password != "" {
		checkPassword(&problems, n.Password, n.Email, n.FirstName, n.LastName)
	}
	if n.PasswordHash != "" {
		if _, _, _, err := decodeHash(n.PasswordHash); err != nil {
			problems.Add(fault.Invalid, "This is not a password hash.", "passwordHash")
		}
	}
	if !slices.Contains([]Status{"", AwaitingApproval, AwaitingActivation, Active, Locked, Closed}, n.Status) {
		problems.Add(fault.UnknownCode, "There is no such status.", "status")
	}
	for i, grant := range n.Grants {
		problems = append(problems, grant.check(now).Under("grants", strconv.Itoa(i))...)
	}
	return problems
}

func (g NewGrant) check(now time.Time) fault.Problems {
	var problems fault.Problems
	if !grantable(g.Role, g.Area.Type) {
		problems.Add(fault.Invalid, "This role is not given on an area of this type.", "role")
	}
	if (g.Area.Code == "") != (g.Area.Type == authz.AreaNational) {
		problems.Add(fault.Invalid, "Every area has a code, except the national one.", "area")
	}
	from := g.From
	if from.IsZero() {
		from = now
	}
	if !g.Until.IsZero() && !from.Before(g.Until) {
		problems.Add(fault.Invalid, "A grant ends after it begins.", "until")
	}
	return problems
}

func checkName(problems *fault.Problems, name string, required bool, path string) {
	name = strings.TrimSpace(name)
	switch {
	case name == "" && required:
		problems.Add(fault.Required, "This is wanted.", path)
	case utf8.RuneCountInString(name) > maxName:
		problems.Addf(fault.TooLong, []string{path}, "No more than %d characters.", maxName)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		problems.Add(fault.Invalid, "Letters, marks and spaces only.", path)
	}
}

// checkAreas notes organisations of profiles and areas of grants that do not
// exist.
func (s *Service) checkAreas(ctx context.Context, accounts []NewAccount) (fault.Problems, error) {
	unknown, err := s.store.UnknownAreas(ctx, areasOf(accounts))
	if err != nil || len(unknown) == 0 {
		return nil, err
	}
	var problems fault.Problems
	for i, account := range accounts {
		for j, code := range account.Organisations {
			if slices.Contains(unknown, authz.Area{Type: authz.AreaOrganisation, Code: code}) {
				problems.Add(fault.UnknownCode, "There is no such organisation.", strconv.Itoa(i), "organisations", strconv.Itoa(j))
			}
		}
		for j, grant := range account.Grants {
			if slices.Contains(unknown, grant.Area) {
				problems.Add(fault.UnknownCode, "There is no such area.", strconv.Itoa(i), "grants", strconv.Itoa(j), "area")
			}
		}
	}
	return problems, nil
}

// areasOf lists the areas that accounts name, once each.
func areasOf(accounts []NewAccount) []authz.Area {
	seen := make(map[authz.Area]bool)
	var areas []authz.Area
	note := func(area authz.Area) {
		if area.Code != "" && !seen[area] {
			seen[area] = true
			areas = append(areas, area)
		}
	}
	for _, account := range accounts {
		for _, code := range account.Organisations {
			note(authz.Area{Type: authz.AreaOrganisation, Code: code})
		}
		for _, grant := range account.Grants {
			note(grant.Area)
		}
	}
	return areas
}
