package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/account"
	"lfpse/internal/audit"
)

// identityCaller reads an account and its live grants by an identity, whatever
// the account's status (?0 the instant), and the position (?3).
const identityCaller = `SELECT ` + callerColumns + `, i.used_at, ?3
FROM account_identity i JOIN account a ON a.id = i.account_id
WHERE i.issuer = ?1 AND i.subject = ?2`

// linkedCaller reads the same by the account itself.
const linkedCaller = `SELECT ` + callerColumns + `, ?3
FROM account_identity i JOIN account a ON a.id = i.account_id
WHERE i.issuer = ?1 AND i.account_id = ?2`

// CallerByIdentity answers whose an identity is, whatever the account's status,
// and when the latest token was issued that they came with.
func (s *Accounts) CallerByIdentity(ctx context.Context, id account.Identity, at time.Time) (who account.Caller, used time.Time, found bool, err error) {
	var row struct {
		callerRow
		UsedAt sql.NullTime
	}
	err = s.db.NewRaw(identityCaller, at, id.Issuer, id.Subject, askedPosition(ctx)).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Caller{}, time.Time{}, false, nil
	}
	if err != nil {
		return account.Caller{}, time.Time{}, false, fmt.Errorf("reading an identity: %w", err)
	}
	who, err = row.caller()
	if err = errors.Join(err, notePosition(ctx, row.Position)); err != nil {
		return account.Caller{}, time.Time{}, false, fmt.Errorf("reading an identity: %w", err)
	}
	who.Identity = &id
	return who, row.UsedAt.Time, true, nil
}

// CallerLinked answers an account that has an identity of an issuer, whatever the
// account's status.
func (s *Accounts) CallerLinked(ctx context.Context, id uuid.UUID, issuer string, at time.Time) (account.Caller, bool, error) {
	var row callerRow
	err := s.db.NewRaw(linkedCaller, at, issuer, id, askedPosition(ctx)).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Caller{}, false, nil
	}
	if err != nil {
		return account.Caller{}, false, fmt.Errorf("reading an account with an identity: %w", err)
	}
	who, err := row.caller()
	if err = errors.Join(err, notePosition(ctx, row.Position)); err != nil {
		return account.Caller{}, false, fmt.Errorf("reading an account with an identity: %w", err)
	}
	return who, true, nil
}

// CredentialsByIdentity answers the zero Stored where nobody has the identity.
func (s *Accounts) CredentialsByIdentity(ctx context.Context, id account.Identity) (account.Stored, error) {
	var owner uuid.UUID
	err := s.db.NewRaw("SELECT account_id FROM account_identity WHERE issuer = ? AND subject = ?", id.Issuer, id.Subject).Scan(ctx, &owner)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Stored{}, nil
	}
	if err != nil {
		return account.Stored{}, fmt.Errorf("reading an identity: %w", err)
	}
	return s.CredentialsByID(ctx, owner)
}

// UseIdentity keeps that somebody came with a token, where it is later than any
// before.
func (s *Accounts) UseIdentity(ctx context.Context, id account.Identity, issued time.Time, entry audit.Entry) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := oneRow(tx.NewRaw(`UPDATE account_identity SET used_at = ?0
			WHERE issuer = ?1 AND subject = ?2 AND (used_at IS NULL OR used_at < ?0)`, issued, id.Issuer, id.Subject).Exec(ctx))
		if errors.Is(err, account.ErrOvertaken) {
			return nil // another request with it came first
		}
		if err != nil {
			return fmt.Errorf("keeping that an identity was used: %w", err)
		}
		return writeAudit(ctx, tx, entry)
	})
}

// Link connects an active account with an identity: account.ErrOvertaken where
// it is not active, account.ErrLinked where either has another. What is linked
// already stays as it is.
func (s *Accounts) Link(ctx context.Context, l account.Linking) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var owner uuid.UUID
		err := tx.NewRaw("SELECT id FROM account WHERE id = ? AND status = 'ACTIVE' FOR UPDATE", l.Account).Scan(ctx, &owner)
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrOvertaken
		}
		if err != nil {
			return fmt.Errorf("locking an account: %w", err)
		}
		err = oneRow(tx.NewRaw(`INSERT INTO account_identity (issuer, subject, account_id, linked_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, l.Identity.Issuer, l.Identity.Subject, l.Account, l.At).Exec(ctx))
		if errors.Is(err, account.ErrOvertaken) {
			return linkedAlready(ctx, tx, l)
		}
		if err != nil {
			return fmt.Errorf("linking an identity: %w", err)
		}
		return writeAudit(ctx, tx, l.Entry)
	})
}

func linkedAlready(ctx context.Context, tx bun.Tx, l account.Linking) error {
	var same bool
	err := tx.NewRaw("SELECT EXISTS (SELECT FROM account_identity WHERE issuer = ? AND subject = ? AND account_id = ?)",
		l.Identity.Issuer, l.Identity.Subject, l.Account).Scan(ctx, &same)
	if err != nil {
		return fmt.Errorf("reading an identity: %w", err)
	}
	if !same {
		return account.ErrLinked
	}
	return nil
}
