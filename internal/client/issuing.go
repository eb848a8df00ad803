package client

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// What is kept about clients in the audit trail.
const (
	auditIssued     audit.Action = "client.issued"
	auditRevoked    audit.Action = "client.revoked"
	auditKeyIssued  audit.Action = "client_key.issued"
	auditKeyRevoked audit.Action = "client_key.revoked"
)

// Issue makes a client of an organisation, and its first key, which is told
// here and never again.
func (s *Service) Issue(ctx context.Context, p authz.Principal, organisation, name string) (*Client, string, fault.Problems, error) {
	if p.Kind != authz.Account {
		return nil, "", nil, errSignIn()
	}
	areas, err := s.scope(ctx, p, authz.Areas)
	if err != nil {
		return nil, "", nil, err
	}
	name = strings.TrimSpace(name)
	problems := checkName(name)
	if !s.exists(organisation) {
		problems.Add(fault.UnknownCode, "There is no such organisation.", "organisation")
	}
	if len(problems) > 0 {
		return nil, "", problems, nil
	}
	key, issued, err := draw()
	if err != nil {
		return nil, "", nil, err
	}
	now := s.instant()
	c := Client{UUID: gid.New(), Name: name, OrganisationCode: organisation, CreatedAt: now}
	act := Act{By: p, At: now, Entry: entry(p, now, auditIssued)}
	act.Entry.Subject = subjectOf(c.UUID)
	act.Entry.Detail = map[string]string{"organisation": organisation, "key": gid.Format(gid.ClientKey, issued.ID)}
	if err := s.store.Add(ctx, areas, c, issued, act); err != nil {
		return nil, "", nil, made(err)
	}
	c.Keys = []*Key{{UUID: issued.ID, Prefix: issued.Prefix, CreatedAt: now}}
	return &c, key, nil, nil
}

// IssueKey makes another key of a client, which is told here and never again.
func (s *Service) IssueKey(ctx context.Context, p authz.Principal, client uuid.UUID) (*Client, string, fault.Problems, error) {
	key, issued, err := draw()
	if err != nil {
		return nil, "", nil, err
	}
	var problems fault.Problems
	c, err := s.change(ctx, p, Subject{Client: client}, auditKeyIssued, func(c *Client) Change {
		switch {
		case c.RevokedAt != nil:
			problems.Add(fault.NotApplicable, "This client was revoked; issue another.", "clientId")
		case c.live() >= maxLive:
			problems.Addf(fault.TooMany, []string{"clientId"}, "A client has at most %d keys at once; revoke one first.", maxLive)
		default:
			return Change{Add: &issued}
		}
		return Change{}
	})
	if err != nil || len(problems) > 0 {
		return nil, "", problems, err
	}
	return c, key, nil, nil
}

// RevokeKey ends a key. One that has ended stays so.
func (s *Service) RevokeKey(ctx context.Context, p authz.Principal, key uuid.UUID) (*Client, error) {
	return s.change(ctx, p, Subject{Key: key}, auditKeyRevoked, func(c *Client) Change {
		for _, k := range c.Keys {
			if k.UUID == key && k.RevokedAt == nil {
				return Change{RevokeKey: key}
			}
		}
		return Change{}
	})
}

// Revoke ends a client and all its keys. What it sent stays.
func (s *Service) Revoke(ctx context.Context, p authz.Principal, client uuid.UUID) (*Client, error) {
	return s.change(ctx, p, Subject{Client: client}, auditRevoked, func(c *Client) Change {
		return Change{Revoke: c.RevokedAt == nil}
	})
}

func (s *Service) change(ctx context.Context, p authz.Principal, of Subject, action audit.Action, change func(*Client) Change) (*Client, error) {
	if p.Kind != authz.Account {
		return nil, errSignIn()
	}
	scope, err := s.scope(ctx, p, authz.Clients)
	if err != nil {
		return nil, err
	}
	now := s.instant()
	c, err := s.store.Change(ctx, scope, of, Act{By: p, At: now, Entry: entry(p, now, action)}, change)
	return c, made(err)
}

func draw() (string, Issued, error) {
	key, err := newKey()
	if err != nil {
		return "", Issued{}, err
	}
	return key, Issued{ID: gid.New(), Hash: hashOf(key), Prefix: shown(key)}, nil
}

func errSignIn() error { return fault.New(fault.Unauthenticated, "Sign in first.") }

func checkName(name string) fault.Problems {
	var problems fault.Problems
	switch {
	case name == "":
		problems.Add(fault.Required, "Give the system a name.", "name")
	case utf8.RuneCountInString(name) > maxName:
		problems.Addf(fault.TooLong, []string{"name"}, "No more than %d characters.", maxName)
	case strings.ContainsFunc(name, unicode.IsControl):
		problems.Add(fault.Invalid, "This is not text.", "name")
	}
	return problems
}
