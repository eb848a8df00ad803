package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/notification"
)

// storedColumns are what an account is held to.
const storedColumns = `a.id, a.status, a.email, a.first_name, a.last_name, a.password_hash,
	a.security_question AS question, a.security_answer_hash AS answer_hash`

// storedByEmail reads an account by its address and, where nobody has it, a row of
// the same size and without an id: reading one takes time.
const storedByEmail = `SELECT a.id, s.* FROM (SELECT ?::text AS email) asked
	LEFT JOIN account a ON a.email = asked.email AND a.status <> 'CLOSED'
	CROSS JOIN LATERAL (
		SELECT a.status, a.email, a.first_name, a.last_name, a.password_hash, a.security_question AS question, a.security_answer_hash AS answer_hash
		WHERE a.id IS NOT NULL
		UNION ALL SELECT 'ACTIVE', asked.email, repeat('x', 6), repeat('x', 8), repeat('x', 97), '', NULL
		WHERE a.id IS NULL
	) s`

// CredentialsByEmail answers the zero Stored for an address of nobody.
func (s *Accounts) CredentialsByEmail(ctx context.Context, email string) (account.Stored, error) {
	stored, err := s.stored(ctx, storedByEmail, email)
	if stored.ID == uuid.Nil {
		return account.Stored{}, err
	}
	return stored, err
}

// CredentialsByID answers the zero Stored for no account.
func (s *Accounts) CredentialsByID(ctx context.Context, id uuid.UUID) (account.Stored, error) {
	return s.stored(ctx, "SELECT "+storedColumns+" FROM account a WHERE a.id = ?", id)
}

// CredentialsByLink answers the account that a link is for; the zero Stored for
// a link that is not good.
func (s *Accounts) CredentialsByLink(ctx context.Context, p account.Purpose, hash account.TokenHash, at time.Time) (account.Stored, error) {
	return s.stored(ctx, "SELECT "+storedColumns+` FROM account_link l JOIN account a ON a.id = l.account_id
		WHERE l.hash = ? AND l.purpose = ? AND l.expires_at > ? AND l.failures < ?`, hash[:], p, at, account.MaxLinkFailures)
}

func (s *Accounts) stored(ctx context.Context, query string, args ...any) (account.Stored, error) {
	var row account.Stored
	err := s.db.NewRaw(query, args...).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Stored{}, nil
	}
	if err != nil {
		return account.Stored{}, fmt.Errorf("reading credentials: %w", err)
	}
	return row, nil
}

// Send has a mail sent that tells of nothing else.
func (s *Accounts) Send(ctx context.Context, mail notification.Mail) error {
	return s.outbox.inTransaction(ctx, s.db, func(context.Context, bun.IDB) ([]notification.Mail, error) {
		return []notification.Mail{mail}, nil
	})
}

// Ask writes down, sealed, what was asked for an address.
func (s *Accounts) Ask(ctx context.Context, a account.Asked) error {
	return s.outbox.ask(ctx, a)
}

// Register adds an account that somebody registered.
func (s *Accounts) Register(ctx context.Context, r account.Registering) error {
	return s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		row := newAccountRowOf(r.Created)
		row.TermsAcceptedAt = r.TermsAccepted
		if err := insertAccounts(ctx, tx, []newAccountRow{row}); err != nil {
			return nil, err
		}
		if err := insertAll(ctx, tx, organisationRowsOf(r.Record)); err != nil {
			return nil, fmt.Errorf("adding organisations to accounts: %w", err)
		}
		if r.Link != nil {
			if err := insertLink(ctx, tx, r.Record.ID, *r.Link); err != nil {
				return nil, err
			}
		}
		return r.Mails, writeAudit(ctx, tx, r.Entries...)
	})
}

// waitsForALead holds for an account (a) that waits for a national lead.
const waitsForALead = `(a.status = 'AWAITING_APPROVAL' OR a.other_organisation <> '') AND a.status <> 'CLOSED'`

// LeadsToTell answers the addresses of national leads, none where a registration
// has begun to wait since an instant.
func (s *Accounts) LeadsToTell(ctx context.Context, since time.Time) ([]string, error) {
	var leads []string
	err := s.db.NewRaw(`SELECT DISTINCT lead.email FROM account lead JOIN access_grant g ON g.account_id = lead.id
		WHERE lead.status = 'ACTIVE' AND g.role = 'NATIONAL_LEAD' AND `+liveGrant+`
			AND NOT EXISTS (SELECT 1 FROM account a WHERE `+waitsForALead+` AND a.created_at > ?1)
		ORDER BY lead.email`, time.Now(), since).Scan(ctx, &leads)
	if err != nil {
		return nil, fmt.Errorf("reading whom to tell of a registration: %w", err)
	}
	return leads, nil
}

// Registrations answers a page of those accounts of a scope that wait for
// somebody who is permitted to decide, and how many there are.
func (s *Accounts) Registrations(ctx context.Context, scope authz.Scope, listing account.Listing) ([]account.Record, int, error) {
	rows, shows := scopeOf(scope, authz.Accounts)
	may := permits(scope, authz.DecideRegistration)
	waiting := bun.SafeQuery("? AND ? AND "+waitsForALead, rows, may)
	var total int
	if err := s.db.NewRaw("SELECT count(*) FROM account a WHERE ?", waiting).Scan(ctx, &total); err != nil {
		return nil, 0, fmt.Errorf("counting registrations: %w", err)
	}
	c := &conditions{}
	c.add("?", waiting)
	if p := listing.After; p != nil {
		c.add("(a.created_at, a.id) > (?, ?)", p.At, p.ID)
	}
	if p := listing.Before; p != nil {
		c.add("(a.created_at, a.id) < (?, ?)", p.At, p.ID)
	}
	direction := ""
	if listing.Page.Backward {
		direction = " DESC"
	}
	var found []accountRow
	err := s.db.NewRaw(accountsSelected+" WHERE ?2 ORDER BY a.created_at"+direction+", a.id"+direction+" LIMIT ?3",
		rows, shows(authz.AccountPrivate), c.query(), listing.Page.Size+1).Scan(ctx, &found)
	if err != nil {
		return nil, 0, fmt.Errorf("listing registrations: %w", err)
	}
	records := make([]account.Record, len(found))
	for i, row := range found {
		records[i] = row.record()
	}
	return records, total, nil
}

// Decidable answers an account that the scope admits and whether the scope
// permits deciding about its registration.
func (s *Accounts) Decidable(ctx context.Context, scope authz.Scope, id uuid.UUID) (seen account.Record, found, may bool, err error) {
	rows, shows := scopeOf(scope, authz.Accounts)
	var row struct {
		accountRow
		May bool
	}
	err = s.db.NewRaw("SELECT shown.*, may FROM ("+accountsSelected+` WHERE a.id = ?2 AND ?0) AS shown,
		LATERAL (SELECT ?3 AS may FROM account a WHERE a.id = shown.id) AS permitted`,
		rows, shows(authz.AccountPrivate), id, permits(scope, authz.DecideRegistration)).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Record{}, false, false, nil
	}
	if err != nil {
		return account.Record{}, false, false, fmt.Errorf("reading a registration: %w", err)
	}
	return row.record(), true, row.May, nil
}

// permits answers the condition under which a scope permits an action on a row.
func permits(scope authz.Scope, action authz.Action) schema.QueryWithArgs {
	return condition(scope.Permits(action))
}
