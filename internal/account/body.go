package account

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
)

const (
	auditGrantMade       audit.Action = "grant.made"
	auditDomainRecorded  audit.Action = "domain.recorded"
	auditDomainForgotten audit.Action = "domain.forgotten"

	maxDomain = 90 // characters, so that the audit trail takes it
)

// Body is an ICB or a region whose own office is on somebody's profile.
type Body struct {
	Area authz.Area
	// Own tells that the domain of the person's address is recorded as the body's.
	Own bool
}

// Access is what comes to an account with the bodies on its profile.
type Access struct {
	Grants []Grant
	Asks   []AskFor
	// Entries are about the grants; requests have entries of their own.
	Entries []audit.Entry
}

// AskFor is a request to be opened in somebody's name. Where one is open, or what
// it asks for is held, nothing happens.
type AskFor struct {
	Role   authz.Role
	Area   authz.Area
	Reason string
}

// joins is what comes with bodies when somebody's registration is completed:
// read-only access to all that the body looks after, at once where the address,
// which the mailed link has just proved, is the body's own; else a request.
func (s *Service) joins(id uuid.UUID, bodies []Body) Access {
	now := s.instant()
	access := Access{}
	for _, body := range bodies {
		if !body.Own {
			access.Asks = append(access.Asks, askToRead(body.Area, "Registered as working there."))
			continue
		}
		g := Grant{UUID: uuid.New(), Account: id, Role: authz.ReadOnly, Area: body.Area, GrantedAt: now, Automatic: true}
		access.Grants = append(access.Grants, g)
		access.Entries = append(access.Entries, systemEntry(now, auditGrantMade, gid.Format(gid.Grant, g.UUID), map[string]string{
			"account": gid.Format(gid.Account, id), "role": string(g.Role), "area": string(g.Area.Type) + ":" + g.Area.Code, "why": "domain",
		}))
	}
	return access
}

// adds is what comes with a body that somebody adds to their profile later: never
// access, for anybody can say where they work, but a request.
func adds(bodies []Body) Access {
	access := Access{}
	for _, body := range bodies {
		access.Asks = append(access.Asks, askToRead(body.Area, "Added to the profile as a place of work."))
	}
	return access
}

func askToRead(area authz.Area, reason string) AskFor {
	return AskFor{Role: authz.ReadOnly, Area: area, Reason: reason}
}

// askedToRead is what somebody is told who adds such a body.
const askedToRead = "Those who look after the area of this body are asked whether you may read what was recorded there, unless they were before."

// domainForm is a domain with at least one dot.
var domainForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)

// sharedDomains are those at which people of many bodies, or anybody, have
// addresses. They are nobody's own.
func sharedDomains() []string {
	return []string{
		"nhs.net", "nhs.uk", "nhs.scot", "wales.nhs.uk", "hscni.net", "gov.uk", "doctors.org.uk", "doctors.net.uk",
		"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk", "msn.com",
		"yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "proton.me", "protonmail.com",
	}
}

// The refusals of recording a body's domain.
var (
	ErrNotADomain   = errors.New("this is not a domain, such as body.nhs.uk")
	ErrSharedDomain = errors.New("people of many bodies have addresses at this domain: it is nobody's own")
	ErrNoBody       = errors.New("the code is not that of an ICB that exists today, or of a region")
	ErrDomainTaken  = errors.New("the domain is recorded as another body's")
)

// BodyDomain is a domain that is a body's own.
type BodyDomain struct {
	Domain string
	Area   authz.Area
}

// RecordDomain notes that a domain is the own one of the ICB or the region with an
// ODS code: whoever registers for it from now on, from an address there, reads
// what was recorded in its area. A refusal is one of the errors above.
func (s *Service) RecordDomain(ctx context.Context, code, domain string) error {
	domain, err := parseDomain(domain)
	if err != nil {
		return err
	}
	now := s.instant()
	if err := s.store.RecordDomain(ctx, code, domain, now, s.domainEntry(now, auditDomainRecorded, code, domain)); err != nil {
		return fmt.Errorf("recording a domain: %w", err)
	}
	return nil
}

// ForgetDomain takes a body's domain from the record; found is false where it is
// not there. What it brought stays until somebody takes it away.
func (s *Service) ForgetDomain(ctx context.Context, code, domain string) (found bool, err error) {
	domain, err = parseDomain(domain)
	if err != nil {
		return false, err
	}
	now := s.instant()
	found, err = s.store.ForgetDomain(ctx, code, domain, s.domainEntry(now, auditDomainForgotten, code, domain))
	if err != nil {
		return false, fmt.Errorf("forgetting a domain: %w", err)
	}
	return found, nil
}

// Domains lists the domains on record, by body.
func (s *Service) Domains(ctx context.Context) ([]BodyDomain, error) {
	domains, err := s.store.Domains(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing domains: %w", err)
	}
	return domains, nil
}

func (s *Service) domainEntry(at time.Time, action audit.Action, code, domain string) audit.Entry {
	return systemEntry(at, action, "", map[string]string{"area": code, "domain": domain})
}

func parseDomain(typed string) (string, error) {
	domain := strings.ToLower(strings.TrimSpace(typed))
	if !domainForm.MatchString(domain) || len(domain) > maxDomain {
		return "", ErrNotADomain
	}
	if slices.Contains(sharedDomains(), domain) {
		return "", ErrSharedDomain
	}
	return domain, nil
}
