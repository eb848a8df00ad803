package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
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
	// whose people it shows. Private fields are read where the scope of accounts
	// shows them.
	AccountsByID(ctx context.Context, accounts, events authz.Scope, ids []uuid.UUID) (map[uuid.UUID]Record, error)
	// AccountsNamed answers all of the accounts, which the caller has been shown
	// already. Private fields are read where the scope of accounts shows them.
	AccountsNamed(ctx context.Context, accounts authz.Scope, ids []uuid.UUID) (map[uuid.UUID]Record, error)
	// GrantsOf answers the stored grants of one account that are live at an
	// instant, by role and area.
	GrantsOf(ctx context.Context, account uuid.UUID, at time.Time) ([]*Grant, error)

	// CredentialsByEmail answers the zero Stored for an address of nobody.
	CredentialsByEmail(ctx context.Context, email string) (Stored, error)
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

	// Audit keeps an entry about something that changed nothing else.
	Audit(ctx context.Context, entry audit.Entry) error
}

// Stored is what an account is held to when somebody signs in.
type Stored struct {
	ID           uuid.UUID // zero: no such account
	Status       Status
	PasswordHash string // empty: cannot sign in
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
	Account   Record    // all of it: its own
}

// Created is an account to add.
type Created struct {
	Record       Record
	PasswordHash string // empty: cannot sign in
	Grants       []Grant
	Entries      []audit.Entry
}
