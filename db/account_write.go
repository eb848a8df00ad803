package db

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lfpse/internal/account"
	"lfpse/internal/audit"
)

// newAccountRow is an account with every column.
type newAccountRow struct {
	bun.BaseModel `bun:"table:account,alias:a"`

	ID           uuid.UUID      `bun:"id,pk"`
	Email        string         `bun:"email"`
	FirstName    string         `bun:"first_name"`
	LastName     string         `bun:"last_name"`
	JobRole      string         `bun:"job_role"`
	PasswordHash string         `bun:"password_hash,nullzero"`
	Status       account.Status `bun:"status"`
	CreatedAt    time.Time      `bun:"created_at"`

	OtherOrganisation string    `bun:"other_organisation"`
	TermsAcceptedAt   time.Time `bun:"terms_accepted_at,nullzero"`
}

type accountOrganisationRow struct {
	bun.BaseModel `bun:"table:account_organisation"`

	AccountID    uuid.UUID `bun:"account_id"`
	Organisation string    `bun:"organisation"`
}

// insertBatch is how many rows go into one statement: enough that there are few,
// few enough that none is megabytes long.
const insertBatch = 1000

// CreateAccounts adds accounts, all or none.
func (s *Accounts) CreateAccounts(ctx context.Context, accounts []account.Created) error {
	var rows []newAccountRow
	var organisations []accountOrganisationRow
	var grants []grantRow
	var entries []audit.Entry
	for _, c := range accounts {
		rows = append(rows, newAccountRowOf(c))
		organisations = append(organisations, organisationRowsOf(c.Record)...)
		for _, grant := range c.Grants {
			grants = append(grants, grantRowOf(grant))
		}
		entries = append(entries, c.Entries...)
	}
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := insertAccounts(ctx, tx, rows); err != nil {
			return err
		}
		if err := insertAll(ctx, tx, organisations); err != nil {
			return fmt.Errorf("adding organisations to accounts: %w", err)
		}
		if err := insertAll(ctx, tx, grants); err != nil {
			return fmt.Errorf("adding grants: %w", err)
		}
		for start := 0; start < len(entries); start += insertBatch {
			if err := writeAudit(ctx, tx, entries[start:min(start+insertBatch, len(entries))]...); err != nil {
				return err
			}
		}
		return nil
	})
}

func newAccountRowOf(c account.Created) newAccountRow {
	r := c.Record
	return newAccountRow{
		ID: r.ID, Email: r.Email, FirstName: r.FirstName, LastName: r.LastName, JobRole: r.JobRole,
		PasswordHash: c.PasswordHash, Status: r.Status, CreatedAt: r.CreatedAt, OtherOrganisation: r.OtherOrganisation,
	}
}

func organisationRowsOf(r account.Record) []accountOrganisationRow {
	rows := make([]accountOrganisationRow, len(r.Organisations))
	for i, code := range r.Organisations {
		rows[i] = accountOrganisationRow{AccountID: r.ID, Organisation: code}
	}
	return rows
}

// insertAccounts adds accounts whose addresses are free; those that are not are
// an *account.EmailTakenError.
func insertAccounts(ctx context.Context, tx bun.IDB, rows []newAccountRow) error {
	added := make(map[uuid.UUID]bool, len(rows))
	for start := 0; start < len(rows); start += insertBatch {
		batch := rows[start:min(start+insertBatch, len(rows))]
		var ids []uuid.UUID
		_, err := tx.NewInsert().Model(&batch).On("CONFLICT (email) WHERE status <> 'CLOSED' DO NOTHING").Returning("id").Exec(ctx, &ids)
		if err != nil {
			return fmt.Errorf("adding accounts: %w", err)
		}
		for _, id := range ids {
			added[id] = true
		}
	}
	if err := countFailures(ctx, tx, added); err != nil {
		return err
	}
	var taken []int
	for i, row := range rows {
		if !added[row.ID] {
			taken = append(taken, i)
		}
	}
	if len(taken) > 0 {
		return &account.EmailTakenError{Positions: taken}
	}
	return nil
}

// countFailures makes the rows in which failures of new accounts are counted.
func countFailures(ctx context.Context, tx bun.IDB, added map[uuid.UUID]bool) error {
	ids := make([]string, 0, len(added))
	for id := range added {
		ids = append(ids, id.String())
	}
	_, err := tx.NewRaw("INSERT INTO proof_failure (key) SELECT unnest(?::uuid[])", pgdialect.Array(ids)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("adding accounts: %w", err)
	}
	return nil
}

func insertAll[T any](ctx context.Context, tx bun.IDB, rows []T) error {
	for start := 0; start < len(rows); start += insertBatch {
		batch := rows[start:min(start+insertBatch, len(rows))]
		if _, err := tx.NewInsert().Model(&batch).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// AddGrant gives an account a grant, from its next request on.
func (s *Accounts) AddGrant(ctx context.Context, grant account.Grant, entry audit.Entry) error {
	return s.changeAccess(ctx, grant.Account, entry, func(ctx context.Context, tx bun.Tx) error {
		row := grantRowOf(grant)
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// RevokeGrant ends a grant, from its account's next request on. One that the
// account does not hold, or no longer, is account.ErrOvertaken.
func (s *Accounts) RevokeGrant(ctx context.Context, grant account.Grant, entry audit.Entry) error {
	return s.changeAccess(ctx, grant.Account, entry, func(ctx context.Context, tx bun.Tx) error {
		return oneRow(tx.NewRaw("UPDATE access_grant SET revoked_at = ? WHERE id = ? AND account_id = ? AND revoked_at IS NULL",
			entry.At, grant.UUID, grant.Account).Exec(ctx))
	})
}

// changeAccess makes a change that decisions about an account rest on, and
// raises the version that they are kept under, in one transaction. Raising it
// first makes changes of one account wait for each other. An account that does
// not exist is account.ErrOvertaken.
func (s *Accounts) changeAccess(ctx context.Context, id uuid.UUID, entry audit.Entry, change func(context.Context, bun.Tx) error) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := oneRow(tx.NewRaw("SELECT FROM account WHERE id = ? FOR UPDATE", id).Exec(ctx)); err != nil {
			return fmt.Errorf("changing an account's access: %w", err)
		}
		if err := raiseGrantVersions(ctx, tx, id); err != nil {
			return err
		}
		if err := change(ctx, tx); err != nil {
			return fmt.Errorf("changing an account's access: %w", err)
		}
		return writeAudit(ctx, tx, entry)
	})
}

// oneRow is the error of a statement that was to change one row.
func oneRow(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if n != 1 {
		return account.ErrOvertaken
	}
	return nil
}
