package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"lfpse/internal/audit"
	"lfpse/internal/fault"
	"lfpse/internal/notification"
)

// Purpose is what a mailed link is for.
type Purpose string

// The purposes.
const (
	ToActivate Purpose = "ACTIVATE"
	ToReset    Purpose = "RESET"
	ToUnlock   Purpose = "UNLOCK"
)

// Link is what is kept of a mailed link: the hash of its token. It is good once,
// until it ends, and until another of its purpose follows it.
type Link struct {
	Hash    TokenHash
	Purpose Purpose
	Made    time.Time
	Ends    time.Time
}

const (
	// An activation may wait for the next shift after a long weekend; what opens
	// an account that is in use may not.
	activationLasts = 4 * 24 * time.Hour
	resetLasts      = time.Hour
	unlockLasts     = time.Hour

	linkBytes = 32 // 256 bits: not to be guessed, so hashed without salt or work

	// MaxLinkFailures is how many wrong answers a link survives.
	MaxLinkFailures = 5
)

// lasts is how long a link is good, and mail what carries it.
func (p Purpose) lasts() time.Duration {
	return map[Purpose]time.Duration{ToActivate: activationLasts, ToReset: resetLasts, ToUnlock: unlockLasts}[p]
}

func (p Purpose) mail() notification.Kind {
	return map[Purpose]notification.Kind{
		ToActivate: notification.Activation, ToReset: notification.PasswordReset, ToUnlock: notification.Unlock,
	}[p]
}

// newLink makes a link for an address, what is kept of it and the mail that
// carries it.
func (s *Service) newLink(p Purpose, email string) (Link, notification.Mail, error) {
	secret := make([]byte, linkBytes)
	if _, err := rand.Read(secret); err != nil {
		return Link{}, notification.Mail{}, fmt.Errorf("making a link: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(secret)
	now := s.instant()
	link := Link{Hash: sha256.Sum256([]byte(token)), Purpose: p, Made: now, Ends: now.Add(p.lasts())}
	return link, notification.Mail{
		Kind: p.mail(), To: email, Token: token,
		Details: map[string]string{"until": link.Ends.In(s.zone).Format("15:04 on 2 January 2006")},
	}, nil
}

// linkHash is the hash by which a link's token is looked up; ok is false for
// what cannot be one.
func linkHash(token string) (hash TokenHash, ok bool) {
	if len(token) != base64.RawURLEncoding.EncodedLen(linkBytes) {
		return TokenHash{}, false
	}
	return sha256.Sum256([]byte(token)), true
}

// linkOver is the answer to every link that is not good: used, ended, followed
// by another, or never made.
func linkOver() fault.Problems {
	var problems fault.Problems
	problems.Add(fault.Expired, "This link is no longer good. Please ask for another.", "token")
	return problems
}

const auditLinkSent audit.Action = "account.link_sent"
