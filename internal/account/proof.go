package account

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
)

// Proof is a way in which somebody proves who they are by what they know.
type Proof string

// The proofs.
const (
	PasswordToSignIn Proof = "password"
	CurrentPassword  Proof = "current_password"
	SecurityAnswer   Proof = "security_answer"
	IdentityToken    Proof = "identity_token" // of the OpenID provider, verified before
)

// check is what a proof is held to.
type check struct {
	against func(Stored) string // the hash; nil where the proof is verified already
	form    func(string) string // in which what was typed is hashed
	in      []Status            // that the account must be in
	refused audit.Action
	answer  fault.Problem // to every failure alike
}

// checks are all proofs that there are. prove is the one function that holds
// somebody to one of them, and the only one that compares a secret: whatever
// slows guessing down, counts it and locks an account stands before all of them.
func checks() map[Proof]check {
	password := func(s Stored) string { return s.PasswordHash }
	asTyped := func(s string) string { return s }
	return map[Proof]check{
		PasswordToSignIn: {
			against: password, form: asTyped, in: []Status{Active}, refused: auditRefused,
			answer: fault.Problem{Code: fault.Invalid, Message: "The e-mail address or the password is not right.", Path: []string{"email"}},
		},
		CurrentPassword: {
			against: password, form: asTyped, in: []Status{Active}, refused: auditUnproved,
			answer: fault.Problem{Code: fault.Invalid, Message: "This is not your password.", Path: []string{"currentPassword"}},
		},
		SecurityAnswer: {
			against: func(s Stored) string { return s.AnswerHash }, form: normalAnswer, in: []Status{Active}, refused: auditUnproved,
			answer: fault.Problem{Code: fault.Invalid, Message: "This is not the answer that was given to the question.", Path: []string{"securityAnswer"}},
		},
		IdentityToken: {
			in: []Status{Active}, refused: auditRefused,
			answer: fault.Problem{Code: fault.Invalid, Message: "No account that can be used is connected with this identity. " +
				"Whoever has no account registers one (registerAccount) and activates it; whoever has one signs in with its password and connects it (linkIdentity)."},
		},
	}
}

const (
	auditUnproved audit.Action = "account.proof_refused"
	auditLocked   audit.Action = "account.locked"

	// lockAfter is how many wrong proofs in a row lock an account. NIST SP
	// 800-63B allows a hundred; ten is ten typing errors without one success.
	lockAfter = 10
)

// claim is somebody's claim to be the owner of an account.
type claim struct {
	proof  Proof
	secret string
	// email is what tries are counted by, whether or not it is anybody's.
	email string
	from  netip.Addr
	// find answers the account; the zero Stored for none.
	find func(context.Context) (Stored, error)
	link *TokenHash // that the claim came with; nil for none
}

// proved is an account whose owner somebody has proved to be.
type proved struct {
	Stored
	outdated bool // the hash was made with other parameters than new ones are
}

// prove holds a claim to its check. A wrong secret, an account that does not
// exist and one that is not active get one and the same answer after the same
// work. Problems are the check's answer; too many tries are a fault of kind
// RateLimited, whether or not the address is anybody's.
func (s *Service) prove(ctx context.Context, c claim) (proved, fault.Problems, error) {
	rule, known := checks()[c.proof]
	if !known {
		return proved{}, nil, fmt.Errorf("there is no check for the proof %q", c.proof)
	}
	if err := s.throttle.admit(c.email, c.from); err != nil {
		return proved{}, nil, err
	}
	stored, err := c.find(ctx)
	if err != nil {
		return proved{}, nil, err
	}
	why, outdated, err := s.hold(ctx, rule, stored, c.secret)
	if err != nil {
		return proved{}, nil, err
	}
	if why == "" {
		return proved{stored, outdated}, nil, nil
	}
	return proved{}, fault.Problems{rule.answer}, s.unproved(ctx, c, rule, stored, why)
}

// hold compares a secret with the hash that it must have, or with the decoy
// where there is none. why is empty where it is right, else a code for the audit.
func (s *Service) hold(ctx context.Context, rule check, stored Stored, secret string) (why string, outdated bool, err error) {
	if rule.against == nil {
		return rule.status(stored), false, nil
	}
	hash := rule.against(stored)
	if hash == "" {
		hash = s.decoy
	}
	ok, outdated, err := s.hasher.Verify(ctx, hash, rule.form(secret))
	switch {
	case err != nil:
		return "", false, err
	case stored.ID == uuid.Nil:
		return nobody, false, nil
	case rule.against(stored) == "" || !ok:
		return wrongSecret, false, nil
	default:
		return rule.status(stored), outdated, nil
	}
}

// status holds an account to the status that it must be in.
func (c check) status(stored Stored) string {
	switch {
	case stored.ID == uuid.Nil:
		return nobody
	case !slices.Contains(c.in, stored.Status):
		return "status"
	}
	return ""
}

// Why a proof failed, where it counts.
const (
	wrongSecret = "password"
	nobody      = "unknown" // counted in a row that is nobody's: the same work
)

// unproved slows down what comes next, counts, locks where it was one too many,
// and keeps an entry: the same statements whether or not there is an account, and
// on rows and indices alike, so that no clock tells. Where there is none the entry
// names an account that never was, and why says that it is unknown.
func (s *Service) unproved(ctx context.Context, c claim, rule check, stored Stored, why string) error {
	s.throttle.failed(c.email, c.from)
	now, about := s.instant(), subject(cmp.Or(stored.ID, gid.New()))
	failure := Failure{
		Account: stored.ID, Link: c.link, LockAfter: lockAfter, Counts: why == wrongSecret || why == nobody,
		Entry: audit.Entry{
			At: now, ActorKind: audit.Anonymous, Action: rule.refused, Subject: about,
			Detail: map[string]string{"why": why, "proof": string(c.proof)},
		},
		Locked: audit.Entry{At: now, ActorKind: audit.System, Action: auditLocked, Subject: about},
		Mail:   notification.Mail{Kind: notification.AccountLocked, To: stored.Email},
	}
	if err := s.store.Fail(ctx, failure); err != nil {
		return fmt.Errorf("counting a failure: %w", err)
	}
	return nil
}

// overtaken is the answer to a proof that was right when it was looked at, and
// rests on what somebody has changed meanwhile.
func (s *Service) overtaken(ctx context.Context, c claim, stored Stored) (fault.Problems, error) {
	rule := checks()[c.proof]
	return fault.Problems{rule.answer}, s.unproved(ctx, c, rule, stored, "overtaken")
}

// again is the claim of somebody who is signed in and gives their password once
// more, at path "password".
func (s *Service) again(ctx context.Context, who Caller, password string, from netip.Addr) (proved, fault.Problems, error) {
	owner, problems, err := s.prove(ctx, s.claimOf(who, CurrentPassword, password, from))
	for i := range problems {
		problems[i].Path = []string{"password"}
	}
	return owner, problems, err
}

// claimOf is the claim of somebody who is signed in.
func (s *Service) claimOf(who Caller, proof Proof, secret string, from netip.Addr) claim {
	return claim{
		proof: proof, secret: secret, email: who.Account.Email, from: from,
		find: func(ctx context.Context) (Stored, error) { return s.store.CredentialsByID(ctx, who.Account.ID) },
	}
}

// errSignIn is the fault of whoever asks for something of their own without
// being anybody.
func errSignIn() error {
	return fault.New(fault.Unauthenticated, "Please sign in first.")
}

func isOvertaken(err error) bool { return errors.Is(err, ErrOvertaken) }
