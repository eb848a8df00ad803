package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/notification"
)

// bodies are the ICBs that exist today, and the regions, by the code of their
// office.
const bodies = `(SELECT 'ICB' AS type, ods_code AS code FROM icb, (SELECT (now() AT TIME ZONE 'Europe/London')::date AS day) today
		WHERE (valid_from IS NULL OR valid_from <= day) AND (valid_until IS NULL OR valid_until >= day)
	UNION ALL SELECT 'REGION', ods_code FROM region)`

// BodiesOf answers the ICBs and regions whose office one of the organisations on
// an account's profile is, or will be with one more. A body from whose area somebody
// sent the owner of the address away, when they had another account, is not theirs by
// itself again: closing an account and registering anew gives nothing back.
func (s *Accounts) BodiesOf(ctx context.Context, id uuid.UUID, more string) ([]account.Body, error) {
	var found []struct {
		Type authz.AreaType
		Code string
		Own  bool
	}
	err := s.db.NewRaw(`SELECT b.type, b.code, EXISTS (SELECT FROM account a JOIN body_domain d ON d.domain = split_part(a.email, '@', 2)
				WHERE a.id = ?0 AND d.area_type = b.type AND d.area_code = b.code
					AND NOT EXISTS (SELECT FROM account former JOIN access_grant g ON g.account_id = former.id
						WHERE former.email = a.email AND former.id <> a.id AND g.role = 'READ_ONLY' AND g.area_type = b.type AND g.area_code = b.code
							AND g.revoked_by IS NOT NULL AND g.revoked_by <> former.id)) AS own
		FROM `+bodies+` b
		WHERE b.code = ?1 OR b.code IN (SELECT organisation FROM account_organisation WHERE account_id = ?0) ORDER BY 1, 2`,
		id, more).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("reading the bodies on a profile: %w", err)
	}
	answer := make([]account.Body, len(found))
	for i, body := range found {
		answer[i] = account.Body{Area: authz.Area{Type: body.Type, Code: body.Code}, Own: body.Own}
	}
	return answer, nil
}

// gain gives an account what comes with its profile by itself, and answers the
// mails to those who are asked.
func gain(ctx context.Context, tx bun.IDB, c account.Change) (mails []notification.Mail, err error) {
	for _, g := range c.Gains.Grants {
		row := grantRowOf(g)
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return nil, fmt.Errorf("adding a grant: %w", err)
		}
	}
	if err := writeAudit(ctx, tx, c.Gains.Entries...); err != nil {
		return nil, err
	}
	for _, ask := range c.Gains.Asks {
		opening := accessrequest.NewOpening(c.Account, ask.Role, ask.Area, c.At)
		opening.Reason = ask.Reason
		more, err := openRequest(ctx, tx, opening)
		if err != nil && !needsNone(err) {
			return nil, err
		}
		mails = append(mails, more...)
	}
	return mails, nil
}

// needsNone tells whether a request made in somebody's name need not be: one is
// open, what it asks for is held, or they have made too many today and can still
// ask themselves.
func needsNone(err error) bool {
	return errors.Is(err, accessrequest.ErrOpen) || errors.Is(err, accessrequest.ErrHeld) || errors.Is(err, accessrequest.ErrTooMany)
}

// RecordDomain notes a body's own domain. The same again changes nothing.
func (s *Accounts) RecordDomain(ctx context.Context, code, domain string, at time.Time, entry audit.Entry) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var kind authz.AreaType
		err := tx.NewRaw("SELECT b.type FROM "+bodies+" b WHERE b.code = ?", code).Scan(ctx, &kind)
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrNoBody
		}
		if err != nil {
			return err
		}
		var of string
		err = tx.NewRaw(`INSERT INTO body_domain (domain, area_type, area_code, recorded_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (domain) DO UPDATE SET domain = excluded.domain RETURNING area_code`, domain, kind, code, at).Scan(ctx, &of)
		if err != nil {
			return err
		}
		if of != code {
			return account.ErrDomainTaken
		}
		return writeAudit(ctx, tx, entry)
	})
}

// ForgetDomain takes a body's domain from the record.
func (s *Accounts) ForgetDomain(ctx context.Context, code, domain string, entry audit.Entry) (found bool, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewRaw("DELETE FROM body_domain WHERE domain = ? AND area_code = ?", domain, code).Exec(ctx)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err != nil || n == 0 {
			return err
		}
		found = true
		return writeAudit(ctx, tx, entry)
	})
	return found && err == nil, err
}

// Domains lists the domains on record, by body.
func (s *Accounts) Domains(ctx context.Context) ([]account.BodyDomain, error) {
	var rows []struct {
		Domain   string
		AreaType authz.AreaType
		AreaCode string
	}
	if err := s.db.NewRaw("SELECT domain, area_type, area_code FROM body_domain ORDER BY area_type, area_code, domain").Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("reading domains: %w", err)
	}
	domains := make([]account.BodyDomain, len(rows))
	for i, row := range rows {
		domains[i] = account.BodyDomain{Domain: row.Domain, Area: authz.Area{Type: row.AreaType, Code: row.AreaCode}}
	}
	return domains, nil
}
