package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype/zeronull"
	"github.com/uptrace/bun"

	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
)

// OpenSession begins a session family and clears away what is left of the
// account's families that are over.
func (s *Accounts) OpenSession(ctx context.Context, o account.Opening) (who account.Caller, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := holdProved(ctx, tx, o); err != nil {
			return err
		}
		who, err = openSession(ctx, tx, o)
		return err
	})
	return who, err
}

func openSession(ctx context.Context, tx bun.IDB, o account.Opening) (account.Caller, error) {
	if err := insertFamily(ctx, tx, o); err != nil {
		return account.Caller{}, err
	}
	if err := writeAudit(ctx, tx, o.Entry); err != nil {
		return account.Caller{}, err
	}
	return mustBeSignedIn(ctx, tx, o.Account, o.Family, o.Token.IssuedAt)
}

func insertFamily(ctx context.Context, tx bun.IDB, o account.Opening) error {
	begun := o.Token.IssuedAt
	_, err := tx.NewRaw("DELETE FROM session_family WHERE account_id = ? AND expires_at <= ?", o.Account, begun).Exec(ctx)
	if err != nil {
		return fmt.Errorf("clearing away sessions that are over: %w", err)
	}
	_, err = tx.NewRaw("INSERT INTO session_family (id, account_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
		o.Family, o.Account, begun, o.ExpiresAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("opening a session: %w", err)
	}
	return insertRefreshToken(ctx, tx, o.Family, o.Token)
}

// holdProved locks the account as it was when its password was proved, so that
// whoever changes the password or closes the account meanwhile is not followed
// by a session that began under the old one. It puts a new hash in place where
// there is one.
func holdProved(ctx context.Context, tx bun.IDB, o account.Opening) error {
	var id uuid.UUID
	err := tx.NewRaw("SELECT id FROM account WHERE id = ? AND status = 'ACTIVE' AND password_hash = ? FOR UPDATE",
		o.Account, o.Proved).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return account.ErrOvertaken
	}
	if err != nil {
		return fmt.Errorf("locking an account: %w", err)
	}
	if err := forgive(ctx, tx, o.Account); err != nil {
		return err
	}
	if o.Rehash == "" {
		return nil
	}
	if _, err := tx.NewRaw("UPDATE account SET password_hash = ? WHERE id = ?", o.Rehash, o.Account).Exec(ctx); err != nil {
		return fmt.Errorf("renewing a password hash: %w", err)
	}
	return nil
}

func insertRefreshToken(ctx context.Context, tx bun.IDB, family uuid.UUID, token account.RefreshToken) error {
	_, err := tx.NewRaw("INSERT INTO refresh_token (hash, family_id, issued_at, expires_at) VALUES (?, ?, ?, ?)",
		token.Hash[:], family, token.IssuedAt, token.ExpiresAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping a refresh token: %w", err)
	}
	return nil
}

// presentedRow is a refresh token with its family and the state of its account.
type presentedRow struct {
	AccountID     uuid.UUID
	Status        account.Status
	FamilyID      uuid.UUID
	FamilyEnds    time.Time
	FamilyRevoked bool
	ExpiresAt     time.Time
	Used          bool
}

func (r presentedRow) presented() account.Presented {
	return account.Presented{
		Account: r.AccountID, AccountStatus: r.Status, Family: r.FamilyID, FamilyEnds: r.FamilyEnds,
		FamilyRevoked: r.FamilyRevoked, Expires: r.ExpiresAt, Used: r.Used,
	}
}

// Renew locks the token with that hash and its family, lets decide say what
// becomes of them, and does that. Two who bring tokens of one family wait for
// each other, and the second sees what the first did.
func (s *Accounts) Renew(ctx context.Context, hash account.TokenHash, decide func(account.Presented) account.Renewal) (who account.Caller, renewed bool, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		presented, found, err := lockPresented(ctx, tx, hash)
		if err != nil || !found {
			return err
		}
		renewal := decide(presented)
		if err := carryOut(ctx, tx, hash, presented.Family, renewal); err != nil || renewal.Next == nil {
			return err
		}
		renewed = true
		who, err = mustBeSignedIn(ctx, tx, presented.Account, presented.Family, renewal.At)
		return err
	})
	if errors.Is(err, account.ErrOvertaken) {
		return account.Caller{}, false, nil
	}
	if err != nil {
		return account.Caller{}, false, err
	}
	return who, renewed, nil
}

func lockPresented(ctx context.Context, tx bun.Tx, hash account.TokenHash) (presented account.Presented, found bool, err error) {
	var row presentedRow
	err = tx.NewRaw(`SELECT f.account_id, a.status, f.id AS family_id, f.expires_at AS family_ends,
			f.revoked_at IS NOT NULL AS family_revoked, t.expires_at, t.used_at IS NOT NULL AS used
		FROM refresh_token t JOIN session_family f ON f.id = t.family_id JOIN account a ON a.id = f.account_id
		WHERE t.hash = ? FOR UPDATE OF f, t`, hash[:]).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Presented{}, false, nil
	}
	if err != nil {
		return account.Presented{}, false, fmt.Errorf("locking a refresh token: %w", err)
	}
	return row.presented(), true, nil
}

func carryOut(ctx context.Context, tx bun.Tx, presented account.TokenHash, family uuid.UUID, r account.Renewal) error {
	if r.Next != nil {
		if _, err := tx.NewRaw("UPDATE refresh_token SET used_at = ? WHERE hash = ?", r.At, presented[:]).Exec(ctx); err != nil {
			return fmt.Errorf("using up a refresh token: %w", err)
		}
		if err := insertRefreshToken(ctx, tx, family, *r.Next); err != nil {
			return err
		}
	}
	if r.RevokeFamily {
		if _, err := revokeFamily(ctx, tx, family, r.At); err != nil {
			return err
		}
	}
	if r.Entry == nil {
		return nil
	}
	return writeAudit(ctx, tx, *r.Entry)
}

func revokeFamily(ctx context.Context, tx bun.Tx, family uuid.UUID, at time.Time) (revoked bool, err error) {
	result, err := tx.NewRaw("UPDATE session_family SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, family).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("revoking a session: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("revoking a session: %w", err)
	}
	return n > 0, nil
}

// EndSession revokes a family; ended is false where it was over already, and
// then there is nothing to audit.
func (s *Accounts) EndSession(ctx context.Context, family uuid.UUID, entry audit.Entry) (ended bool, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if ended, err = revokeFamily(ctx, tx, family, entry.At); err != nil || !ended {
			return err
		}
		return writeAudit(ctx, tx, entry)
	})
	return ended && err == nil, err
}

// signedIn reads an account and its live grants by a live session (?0 the
// instant, ?1 the family, ?2 the account), and the position (?3).
const signedIn = `SELECT ` + callerColumns + `, ?3
FROM session_family f JOIN account a ON a.id = f.account_id
WHERE f.id = ?1 AND f.account_id = ?2 AND f.revoked_at IS NULL AND f.expires_at > ?0 AND a.status = 'ACTIVE'`

// callerColumns are those of an account a and its live grants (?0 the instant),
// and of which version the map is that they are seen on, and the accounts' names.
const callerColumns = `a.id, a.first_name, a.last_name, a.job_role, TRUE AS shows_private, a.email, a.status,
	a.other_organisation, a.created_at, a.grant_version,
	(SELECT version FROM geography_version) AS map_version, (SELECT version FROM account_name_version) AS names_version, ` + accountOrganisations + ` AS organisations,
	(SELECT json_agg(json_build_object('id', g.id, 'role', g.role, 'type', g.area_type, 'code', g.area_code,
			'from', g.granted_at, 'until', g.valid_until) ORDER BY g.id)
		FROM access_grant g WHERE g.account_id = a.id AND ` + liveGrant + `) AS grants`

// callerRow is whom a request comes from.
type callerRow struct {
	accountRow
	GrantVersion int64
	MapVersion   int64
	NamesVersion int64
	Grants       json.RawMessage
	Position     string
}

func (r callerRow) caller() (account.Caller, error) {
	grants, err := principalGrants(r.Grants)
	if err != nil {
		return account.Caller{}, err
	}
	record := r.record()
	return account.Caller{
		Principal: authz.Principal{
			Kind: authz.Account, ID: record.ID, GrantVersion: r.GrantVersion, Map: r.MapVersion, Names: r.NamesVersion,
			Organisations: record.Organisations, Grants: grants,
		},
		Account: record,
	}, nil
}

// into is where a row of callerColumns goes.
func (r *callerRow) into() []any {
	return []any{
		(*storedID)(&r.ID), &r.FirstName, &r.LastName, &r.JobRole, &r.ShowsPrivate, &r.Email, &r.Status, &r.OtherOrganisation, &r.CreatedAt,
		&r.GrantVersion, &r.MapVersion, &r.NamesVersion, &r.Organisations, (*[]byte)(&r.Grants), (*zeronull.Text)(&r.Position),
	}
}

// SignedIn answers whom a live session of an active account stands for.
func (s *Accounts) SignedIn(ctx context.Context, id, family uuid.UUID, at time.Time) (account.Caller, bool, error) {
	var who account.Caller
	var found bool
	var unread error
	err := prepared(ctx, s.db, bun.SafeQuery(signedIn, at, family, id, askedPosition(ctx)), (*callerRow).into, func(row *callerRow) {
		who, unread = row.caller()
		unread = errors.Join(unread, notePosition(ctx, row.Position))
		found = true
	})
	if err = errors.Join(err, unread); err != nil {
		return account.Caller{}, false, fmt.Errorf("reading a session: %w", err)
	}
	if !found {
		return account.Caller{}, false, nil
	}
	who.Family = family
	return who, true, nil
}

// mustBeSignedIn reads whom a session stands for that the transaction has just
// begun or renewed. One that stands for nobody is undone.
func mustBeSignedIn(ctx context.Context, tx bun.IDB, id, family uuid.UUID, at time.Time) (account.Caller, error) {
	who, found, err := readSignedIn(ctx, tx, id, family, at)
	if err == nil && !found {
		err = account.ErrOvertaken
	}
	return who, err
}

func readSignedIn(ctx context.Context, q bun.IDB, id, family uuid.UUID, at time.Time) (account.Caller, bool, error) {
	var row callerRow
	err := q.NewRaw(signedIn, at, family, id, bun.SafeQuery("NULL::text AS position")).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Caller{}, false, nil
	}
	if err != nil {
		return account.Caller{}, false, fmt.Errorf("reading a session: %w", err)
	}
	who, err := row.caller()
	if err != nil {
		return account.Caller{}, false, fmt.Errorf("reading a session: %w", err)
	}
	who.Family = family
	return who, true, nil
}

func principalGrants(aggregate json.RawMessage) ([]authz.Grant, error) {
	if len(aggregate) == 0 {
		return nil, nil
	}
	var rows []struct {
		ID          uuid.UUID
		Role        authz.Role
		Type        authz.AreaType
		Code        string
		From, Until time.Time
	}
	if err := json.Unmarshal(aggregate, &rows); err != nil {
		return nil, fmt.Errorf("reading grants: %w", err)
	}
	grants := make([]authz.Grant, len(rows))
	for i, r := range rows {
		grants[i] = authz.Grant{ID: r.ID, Role: r.Role, Area: authz.Area{Type: r.Type, Code: r.Code}, From: r.From.UTC()}
		if !r.Until.IsZero() {
			grants[i].Until = r.Until.UTC()
		}
	}
	return grants, nil
}
