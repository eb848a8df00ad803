package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"lfpse/internal/audit"
	"lfpse/internal/fault"
)

const (
	// idleLimit is how long a session lasts that nobody renews: a shift and its
	// handover, so that a screen left behind is not good for the next day.
	idleLimit = 12 * time.Hour
	// sessionLimit is how long a session lasts however often it is renewed:
	// a month, after which the person proves anew who they are (NIST SP 800-63B,
	// reauthentication at its first level of assurance).
	sessionLimit = 30 * 24 * time.Hour

	refreshPrefix = "lfpse_refresh_" // so that scanners for leaked secrets know one
	refreshBytes  = 32               // 256 bits: not to be guessed, so hashed without salt or work
)

// newSecret makes a refresh token and the hash of it that is kept.
func newSecret() (string, TokenHash, error) {
	secret := make([]byte, refreshBytes)
	if _, err := rand.Read(secret); err != nil {
		return "", TokenHash{}, fmt.Errorf("making a refresh token: %w", err)
	}
	token := refreshPrefix + base64.RawURLEncoding.EncodeToString(secret)
	return token, sha256.Sum256([]byte(token)), nil
}

// keep is what is kept of a refresh token: it ends after idleLimit, or with its
// family where that is sooner.
func keep(hash TokenHash, now, familyEnds time.Time) RefreshToken {
	ends := now.Add(idleLimit)
	if familyEnds.Before(ends) {
		ends = familyEnds
	}
	return RefreshToken{Hash: hash, IssuedAt: now, ExpiresAt: ends}
}

// Refresh renews a session. A refresh token is good once: the answer holds the
// next one. Whoever brings a used one may have copied it, or may be the one from
// whom it was copied; nobody can tell, so the whole session ends for both
// (RFC 9700 §4.14.2). There is no grace for a second try at the same moment: a
// client lets one request renew at a time. Every token that is not good, for
// whatever reason, gets one and the same answer.
func (s *Service) Refresh(ctx context.Context, token string) (*Session, fault.Problems, error) {
	if len(token) != len(refreshPrefix)+base64.RawURLEncoding.EncodedLen(refreshBytes) {
		return nil, notRenewed(), nil
	}
	next, hash, err := newSecret()
	if err != nil {
		return nil, nil, err
	}
	now := s.instant()
	caller, renewed, err := s.store.Renew(ctx, sha256.Sum256([]byte(token)), func(p Presented) Renewal {
		return renew(p, hash, now)
	})
	if err != nil {
		return nil, nil, fmt.Errorf("renewing a session: %w", err)
	}
	if !renewed {
		return nil, notRenewed(), nil
	}
	session, err := s.session(caller, next)
	if err != nil {
		return nil, nil, fmt.Errorf("renewing a session: %w", err)
	}
	return session, nil, nil
}

// renew decides what becomes of a presented token: it is followed by the one
// whose hash is given, or it is refused, or it ends its family.
func renew(p Presented, next TokenHash, now time.Time) Renewal {
	switch {
	case p.FamilyRevoked, !now.Before(p.FamilyEnds), p.AccountStatus != Active:
		return Renewal{}
	case p.Used:
		return Renewal{RevokeFamily: true, At: now, Entry: &audit.Entry{
			At: now, ActorKind: audit.Anonymous, Action: auditReused,
			Subject: subject(p.Account), Detail: familyDetail(p.Family),
		}}
	case !now.Before(p.Expires):
		return Renewal{}
	default:
		token := keep(next, now, p.FamilyEnds)
		return Renewal{Next: &token, At: now}
	}
}

func notRenewed() fault.Problems {
	var problems fault.Problems
	problems.Add(fault.Invalid, "This session cannot be renewed. Please sign in again.", "refreshToken")
	return problems
}
