package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/notification"
)

// ErrOvertaken is a store's answer to a write that rests on an account which has
// changed since it was read.
var ErrOvertaken = errors.New("the account has changed meanwhile")

// EmailTakenError is a store's answer to new accounts of which some have an
// address that belongs to another.
type EmailTakenError struct {
	Positions []int // of the new accounts, in order
}

// Error does not name the addresses.
func (e *EmailTakenError) Error() string {
	return fmt.Sprintf("the addresses of %d new accounts belong to others", len(e.Positions))
}

// Store keeps accounts and their sessions. Writes are one transaction each,
// audit entry included.
type Store interface {
	// AccountsByID answers those accounts that the scope of accounts admits, or
	// that recorded or updated an event that the scope of events admits and
	// whose people it shows, or did something about one of which the scope of
	// governance shows details, or that a grant or request names which its scope
	// admits. Private fields are read where the scope of accounts shows them.
	AccountsByID(ctx context.Context, seen Seen, ids []uuid.UUID) (map[uuid.UUID]Record, error)
	// AccountsNamed answers all of the accounts, which the caller has been shown
	// already. Private fields are read where the scope of accounts shows them.
	AccountsNamed(ctx context.Context, accounts authz.Scope, ids []uuid.UUID) (map[uuid.UUID]Record, error)
	// Names answers the names and job roles of all of the accounts as they are in
	// the primary database, and nothing else of them.
	Names(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Record, error)
	// GrantsOf answers the stored grants of one account that are live at an
	// instant, by role and area.
	GrantsOf(ctx context.Context, account uuid.UUID, at time.Time) ([]*Grant, error)
	// GrantsByID answers those of the stored grants that are live and that the
	// scope of grants admits.
	GrantsByID(ctx context.Context, scope authz.Scope, ids []uuid.UUID) (map[uuid.UUID]*Grant, error)
	// ListedBy answers those of the areas whose members the scope of areas
	// permits to list.
	ListedBy(ctx context.Context, scope authz.Scope, areas []authz.Area) (map[authz.Area]bool, error)
	// Members answers a page of the live grants on an area that the scope of
	// grants admits, one more than the page holds, in its direction, and how many
	// there are.
	Members(ctx context.Context, scope authz.Scope, l MemberListing) ([]*Grant, int, error)
	// Revoke takes a grant away, if the scope of grants admits it and permits
	// that, and whoever does it is who they were: ErrNoGrant, ErrOvertaken.
	Revoke(ctx context.Context, scope authz.Scope, r Revoking) (Revoked, error)

	// BodiesOf answers the ICBs and regions whose office one of the organisations
	// on an account's profile is, or will be with one more (empty for none).
	BodiesOf(ctx context.Context, account uuid.UUID, more string) ([]Body, error)
	// RecordDomain notes a body's own domain: ErrNoBody, ErrDomainTaken.
	RecordDomain(ctx context.Context, code, domain string, at time.Time, entry audit.Entry) error
	// ForgetDomain takes one from the record; found is false where it is not there.
	ForgetDomain(ctx context.Context, code, domain string, entry audit.Entry) (found bool, err error)
	// Domains lists those on record.
	Domains(ctx context.Context) ([]BodyDomain, error)

	// CredentialsByEmail answers the zero Stored for an address of nobody, or of
	// closed accounts alone.
	CredentialsByEmail(ctx context.Context, email string) (Stored, error)
	// CredentialsByID answers the zero Stored for no account.
	CredentialsByID(ctx context.Context, id uuid.UUID) (Stored, error)
	// CredentialsByLink answers the account that a link of a purpose is for; the
	// zero Stored for a link that is not good at that instant.
	CredentialsByLink(ctx context.Context, p Purpose, hash TokenHash, at time.Time) (Stored, error)
	// Fail counts a proof that failed, and locks where it was one too many.
	Fail(ctx context.Context, f Failure) error

	// Send has a mail sent that tells of nothing else.
	Send(ctx context.Context, mail notification.Mail) error
	// Ask writes down, sealed, what was asked for an address, for Service.Answer.
	Ask(ctx context.Context, a Asked) error
	// Register adds an account that somebody registered: *EmailTakenError.
	Register(ctx context.Context, r Registering) error
	// Change changes an account, and answers whom the session stands for that
	// it opens, where it opens one: ErrOvertaken.
	Change(ctx context.Context, c Change) (Caller, error)
	// LeadsToTell answers the addresses of national leads who were not told of a
	// registration since an instant.
	LeadsToTell(ctx context.Context, since time.Time) ([]string, error)
	// Registrations answers a page of those accounts of a scope that wait for
	// somebody who is permitted to decide, one more than the page holds, in its
	// direction, and how many there are.
	Registrations(ctx context.Context, scope authz.Scope, listing Listing) ([]Record, int, error)
	// Decidable answers an account that the scope admits and whether the scope
	// permits deciding about its registration.
	Decidable(ctx context.Context, scope authz.Scope, id uuid.UUID) (seen Record, found, may bool, err error)
	// OpenSession begins a session family and answers whom it stands for,
	// unless the account is no longer active or its password no longer the one
	// that was proved: ErrOvertaken.
	OpenSession(ctx context.Context, opening Opening) (Caller, error)
	// Renew locks the token with that hash and its family, lets decide say what
	// becomes of them, and does that. renewed is false where there is no such
	// token, or nothing follows it.
	Renew(ctx context.Context, hash TokenHash, decide func(Presented) Renewal) (who Caller, renewed bool, err error)
	// EndSession revokes a family; ended is false where it was over already.
	EndSession(ctx context.Context, family uuid.UUID, entry audit.Entry) (ended bool, err error)
	// SignedIn answers whom a live session of an active account stands for, in
	// one statement. found is false for every other session.
	SignedIn(ctx context.Context, account, family uuid.UUID, at time.Time) (who Caller, found bool, err error)

	// UnknownAreas answers those areas that do not exist.
	UnknownAreas(ctx context.Context, areas []authz.Area) ([]authz.Area, error)
	// CreateAccounts adds accounts, all or none: *EmailTakenError.
	CreateAccounts(ctx context.Context, accounts []Created) error

	// CallerByIdentity answers whose an identity is, whatever the account's
	// status, and when the latest token was issued that they came with.
	CallerByIdentity(ctx context.Context, id Identity, at time.Time) (who Caller, used time.Time, found bool, err error)
	// CallerLinked answers an account that has an identity of an issuer, whatever
	// the account's status.
	CallerLinked(ctx context.Context, account uuid.UUID, issuer string, at time.Time) (who Caller, found bool, err error)
	// CredentialsByIdentity answers the zero Stored where nobody has the identity.
	CredentialsByIdentity(ctx context.Context, id Identity) (Stored, error)
	// UseIdentity keeps that somebody came with a token, where it is later than
	// any before.
	UseIdentity(ctx context.Context, id Identity, issued time.Time, entry audit.Entry) error
	// Link connects an active account with an identity: ErrOvertaken, ErrLinked.
	Link(ctx context.Context, l Linking) error

	// Audit keeps an entry about something that changed nothing else.
	Audit(ctx context.Context, entry audit.Entry) error
}

// Seen is what a reader may see that accounts can be seen by.
type Seen struct{ Accounts, Events, Governance, Grants, Requests authz.Scope }

// Stored is what an account is held to when somebody claims to be its owner.
type Stored struct {
	ID           uuid.UUID // zero: no such account
	Status       Status
	Email        string
	FirstName    string
	LastName     string
	PasswordHash string // empty: cannot sign in
	Question     string // the security question; empty: none was chosen
	AnswerHash   string
}

// Failure is a proof that failed.
type Failure struct {
	Account   uuid.UUID  // zero: no such account
	Link      *TokenHash // that it came with; nil for none
	Counts    bool       // towards locking
	LockAfter int        // this many in a row lock
	Entry     audit.Entry
	Locked    audit.Entry       // kept too where it locks
	Mail      notification.Mail // sent where it locks
}

// Registering is an account that somebody registered.
type Registering struct {
	Created
	TermsAccepted time.Time
	Link          *Link // nil: it waits for approval
	Mails         []notification.Mail
}

// TokenHash is the SHA-256 of a refresh token: all that is kept of one.
type TokenHash [32]byte

// RefreshToken is what is kept of one refresh token.
type RefreshToken struct {
	Hash      TokenHash
	IssuedAt  time.Time
	ExpiresAt time.Time
}

// Opening is the beginning of a session family.
type Opening struct {
	Family    uuid.UUID
	Account   uuid.UUID
	ExpiresAt time.Time // the family's end, whatever is renewed
	Token     RefreshToken
	// Proved is the password hash that was proved; Rehash replaces it where it
	// is not empty.
	Proved string
	Rehash string
	Entry  audit.Entry
}

// Presented is a refresh token that somebody brought, under lock.
type Presented struct {
	Account       uuid.UUID
	AccountStatus Status
	Family        uuid.UUID
	FamilyEnds    time.Time
	FamilyRevoked bool
	Expires       time.Time
	Used          bool
}

// Renewal is what becomes of a presented token and its family. The zero value
// leaves both as they are.
type Renewal struct {
	Next         *RefreshToken // the presented token is used up and followed by this one
	RevokeFamily bool
	At           time.Time
	Entry        *audit.Entry
}

// Caller is whom a request comes from.
type Caller struct {
	Principal authz.Principal
	Family    uuid.UUID // of the session that the access token belongs to
	Identity  *Identity // that a token of the OpenID provider proved; then there is no session
	Account   Record    // all of it: its own
}

// Created is an account to add.
type Created struct {
	Record       Record
	PasswordHash string // empty: cannot sign in
	Grants       []Grant
	Entries      []audit.Entry
}
