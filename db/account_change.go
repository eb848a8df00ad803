package db

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lfpse/internal/account"
	"lfpse/internal/notification"
)

// Change changes an account, and answers whom the session stands for that it
// opens, where it opens one. Everything that it takes the account to be is
// looked at under lock.
func (s *Accounts) Change(ctx context.Context, c account.Change) (who account.Caller, err error) {
	err = s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		if err := hold(ctx, tx, c); err != nil {
			return nil, err
		}
		if err := carry(ctx, tx, c); err != nil {
			return nil, fmt.Errorf("changing an account: %w", err)
		}
		if err := writeAudit(ctx, tx, c.Entries...); err != nil {
			return nil, err
		}
		mails, err := carryAccess(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		mails = append(mails, c.Mails...)
		if c.Opening == nil {
			return mails, nil
		}
		who, err = openSession(ctx, tx, *c.Opening)
		return mails, err
	})
	return who, err
}

// hold locks the account, and who decides about it, and sees that both are what the
// change takes them to be.
func hold(ctx context.Context, tx bun.IDB, c account.Change) error {
	if c.By.ID != uuid.Nil {
		if unchanged, err := holdActor(ctx, tx, c.By, c.Account); err != nil || !unchanged {
			return errors.Join(account.ErrOvertaken, err)
		}
	}
	in := c.In
	if c.Move != "" {
		in = c.Move.From()
	}
	var held struct {
		ID                uuid.UUID
		Status            account.Status
		PasswordHash      string
		OtherOrganisation string
	}
	err := tx.NewRaw("SELECT id, status, password_hash, other_organisation FROM account WHERE id = ? FOR UPDATE", c.Account).Scan(ctx, &held)
	if errors.Is(err, sql.ErrNoRows) {
		return account.ErrOvertaken
	}
	if err != nil {
		return fmt.Errorf("locking an account: %w", err)
	}
	switch {
	case c.Proved != "" && c.Proved != held.PasswordHash, c.Waits && held.OtherOrganisation == "":
		return account.ErrOvertaken
	case (len(in) > 0 || c.Move != "") && !slices.Contains(in, held.Status):
		return account.ErrOvertaken
	case c.Uses == nil:
		return nil
	}
	return oneRow(tx.NewRaw("DELETE FROM account_link WHERE hash = ? AND account_id = ? AND expires_at > ?",
		c.Uses[:], c.Account, c.At).Exec(ctx))
}

// carry makes what the change says.
func carry(ctx context.Context, tx bun.IDB, c account.Change) error {
	if err := set(ctx, tx, c); err != nil {
		return err
	}
	if err := setProfile(ctx, tx, c); err != nil {
		return err
	}
	if c.EndSessions || c.Move != "" && c.Move.To() != account.Active {
		_, err := tx.NewRaw("UPDATE session_family SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL AND id <> ?",
			c.At, c.Account, c.Keep).Exec(ctx)
		if err != nil {
			return err
		}
	}
	if c.Move == account.Close {
		// Whoever comes back with a new account may connect it with the identity.
		if _, err := tx.NewRaw("DELETE FROM account_identity WHERE account_id = ?", c.Account).Exec(ctx); err != nil {
			return err
		}
	}
	if c.Forgive {
		if err := forgive(ctx, tx, c.Account); err != nil {
			return err
		}
	}
	return setLinks(ctx, tx, c)
}

// forgive forgets the failures of an account: they are in a row until one succeeds.
func forgive(ctx context.Context, tx bun.IDB, id uuid.UUID) error {
	_, err := tx.NewRaw("UPDATE proof_failure SET failures = 0 WHERE key = ? AND failures > 0", id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("forgetting failures: %w", err)
	}
	return nil
}

// carryAccess makes what a change says of grants and requests, and answers the
// mails to those whom it comes to.
func carryAccess(ctx context.Context, tx bun.IDB, c account.Change) ([]notification.Mail, error) {
	mails, err := gain(ctx, tx, c)
	if err != nil {
		return nil, fmt.Errorf("changing an account: %w", err)
	}
	if c.Leaves != "" {
		if err := endAutomatic(ctx, tx, c); err != nil {
			return nil, fmt.Errorf("ending what came with an organisation: %w", err)
		}
	}
	if !c.EndGrants {
		return mails, nil
	}
	if err := endAccess(ctx, tx, c.Account, c.At); err != nil {
		return nil, fmt.Errorf("ending an account's access: %w", err)
	}
	// Somebody may have been the last admin of an area.
	_, rerouted, err := tellRouted(ctx, tx, nil)
	return append(mails, rerouted...), err
}

// set changes the account's own row. Whatever a decision rests on raises the
// version that decisions are kept under.
func set(ctx context.Context, tx bun.IDB, c account.Change) error {
	if err := raiseGrantVersions(ctx, tx, c.Account); err != nil {
		return err
	}
	update, changed := tx.NewUpdate().TableExpr("account").Where("id = ?", c.Account), false
	for column, value := range map[string]string{
		"password_hash": c.PasswordHash, "security_question": c.Question, "security_answer_hash": c.AnswerHash,
		"status": string(c.Move.To()), "decision_reason": c.Reason,
	} {
		if value != "" {
			update.Set("? = ?", bun.Ident(column), value)
			changed = true
		}
	}
	if c.Organisation != "" || c.DropWords {
		update.Set("other_organisation = ''")
		changed = true
	}
	if !changed {
		return nil
	}
	_, err := update.Exec(ctx)
	return err
}

func setProfile(ctx context.Context, tx bun.IDB, c account.Change) error {
	organisations := []string{c.Organisation, c.Joins}
	if c.Profile != nil {
		organisations = append(organisations, c.Profile.Organisations...)
		_, err := tx.NewRaw("UPDATE account SET first_name = ?, last_name = ?, job_role = ? WHERE id = ?",
			c.Profile.FirstName, c.Profile.LastName, c.Profile.JobRole, c.Account).Exec(ctx)
		if err != nil {
			return err
		}
	}
	if c.Profile != nil && c.Profile.Organisations != nil {
		_, err := tx.NewRaw("UPDATE account SET other_organisation = ? WHERE id = ?", c.Profile.OtherOrganisation, c.Account).Exec(ctx)
		if err != nil {
			return err
		}
		if _, err := tx.NewRaw("DELETE FROM account_organisation WHERE account_id = ?", c.Account).Exec(ctx); err != nil {
			return err
		}
	}
	if c.Leaves != "" {
		_, err := tx.NewRaw("DELETE FROM account_organisation WHERE account_id = ? AND organisation = ?", c.Account, c.Leaves).Exec(ctx)
		if err != nil {
			return err
		}
	}
	_, err := tx.NewRaw(`INSERT INTO account_organisation (account_id, organisation)
		SELECT ?, code FROM unnest(?::text[]) AS code WHERE code <> '' ON CONFLICT DO NOTHING`,
		c.Account, pgdialect.Array(organisations)).Exec(ctx)
	return err
}

func setLinks(ctx context.Context, tx bun.IDB, c account.Change) error {
	if len(c.EndLinks) > 0 {
		_, err := tx.NewRaw("DELETE FROM account_link WHERE account_id = ? AND purpose IN (?)", c.Account, bun.List(c.EndLinks)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	if c.NewLink == nil {
		return nil
	}
	return insertLink(ctx, tx, c.Account, *c.NewLink)
}

// insertLink keeps a link in place of the former one of its purpose.
func insertLink(ctx context.Context, tx bun.IDB, id uuid.UUID, link account.Link) error {
	_, err := tx.NewRaw(`INSERT INTO account_link (hash, account_id, purpose, made_at, expires_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (account_id, purpose) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at,
			expires_at = excluded.expires_at, failures = 0`,
		link.Hash[:], id, link.Purpose, link.Made, link.Ends).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping a link: %w", err)
	}
	return nil
}

// Fail counts a proof that failed, and locks where it was one too many. Where
// there is no account, the same statements count in a row that is nobody's.
func (s *Accounts) Fail(ctx context.Context, f account.Failure) error {
	return s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		locks, err := countFailure(ctx, tx, f)
		if err != nil {
			return nil, fmt.Errorf("counting a failure: %w", err)
		}
		if !locks {
			return nil, writeAudit(ctx, tx, f.Entry)
		}
		change := account.Change{Account: f.Account, Move: account.Lock, At: f.Entry.At}
		if err := carry(ctx, tx, change); err != nil {
			return nil, fmt.Errorf("locking an account: %w", err)
		}
		return []notification.Mail{f.Mail}, writeAudit(ctx, tx, f.Entry, f.Locked)
	})
}

func countFailure(ctx context.Context, tx bun.IDB, f account.Failure) (locks bool, err error) {
	count := 0
	if f.Counts {
		count = 1
	}
	link := account.TokenHash{}
	if f.Link != nil {
		link = *f.Link
	}
	if _, err := tx.NewRaw("UPDATE account_link SET failures = failures + ? WHERE hash = ?", count, link[:]).Exec(ctx); err != nil {
		return false, err
	}
	err = tx.NewRaw(`UPDATE proof_failure SET failures = failures + ?0 WHERE key = ?1
		RETURNING ?0 > 0 AND failures >= ?2 AND EXISTS (SELECT 1 FROM account WHERE id = ?3 AND status = 'ACTIVE')`,
		count, failureKey(f), f.LockAfter, f.Account).Scan(ctx, &locks)
	if errors.Is(err, sql.ErrNoRows) {
		return false, errors.New("there is no row to count in")
	}
	return locks, err
}

// decoys is how many rows there are that failures of nobody's count in.
const decoys = 1000

func failureKey(f account.Failure) uuid.UUID {
	if f.Account != uuid.Nil {
		return f.Account
	}
	var key uuid.UUID
	binary.BigEndian.PutUint64(key[8:], uint64(rand.IntN(decoys)))
	return key
}
