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
	"lfpse/internal/gid"
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

// leadsNotTold are the national leads (lead) who can sign in and were not told of a
// registration since an instant (?0).
const leadsNotTold = `FROM account lead
	CROSS JOIN LATERAL (SELECT max(n.at) AS at FROM notification n WHERE n.receiver = lead.id AND n.type = 'REGISTRATION_TO_APPROVE') AS told
	WHERE lead.status = 'ACTIVE' AND (told.at IS NULL OR told.at <= ?0)
		AND EXISTS (SELECT FROM access_grant g WHERE g.account_id = lead.id AND g.role = 'NATIONAL_LEAD' AND ` + liveNow + `)`

// LeadsToTell answers the addresses of national leads who were not told of a
// registration since an instant.
func (s *Accounts) LeadsToTell(ctx context.Context, since time.Time) ([]string, error) {
	var leads []string
	err := s.db.NewRaw("SELECT lead.email "+leadsNotTold+" ORDER BY lead.email", since).Scan(ctx, &leads)
	if err != nil {
		return nil, fmt.Errorf("reading whom to tell of a registration: %w", err)
	}
	return leads, nil
}

// leadsLock is the advisory lock under which leads are told of registrations.
const leadsLock = 0x6c65616473

// lookedAtWithin is within what time a registration is looked at that was asked for:
// leads may have been told of others meanwhile, and not of it.
const lookedAtWithin = 5 * time.Minute

// tellLeads answers the mails to the national leads who were not told since an
// instant of registrations that came after those of which they were. Where another
// process is at it, there are none.
func tellLeads(ctx context.Context, tx bun.IDB, since time.Time) (mails []notification.Mail, err error) {
	var alone bool
	if err := tx.NewRaw("SELECT pg_try_advisory_xact_lock(?)", leadsLock).Scan(ctx, &alone); err != nil || !alone {
		return nil, err
	}
	var leads []struct {
		Email string
		ID    uuid.UUID
	}
	err = tx.NewRaw(`SELECT DISTINCT ON (lead.email) lead.email, a.id FROM account a, (SELECT lead.id, lead.email, told.at AS told `+leadsNotTold+`) AS lead
		WHERE `+waitsForALead+`
			AND (lead.told IS NULL OR a.created_at > lead.told - ?1 * interval '1 second')
		ORDER BY lead.email, a.created_at, a.id`, since, lookedAtWithin.Seconds()).Scan(ctx, &leads)
	if err != nil {
		return nil, fmt.Errorf("reading whom to tell of registrations: %w", err)
	}
	for _, lead := range leads {
		mails = append(mails, notification.Mail{Kind: notification.RegistrationToApprove, To: lead.Email, About: gid.Format(gid.Account, lead.ID)})
	}
	return mails, nil
}

// Registrations answers a page of those accounts of a scope that wait for
// somebody who is permitted to decide, and how many there are.
func (s *Accounts) Registrations(ctx context.Context, scope authz.Scope, listing account.Listing) ([]account.Record, int, error) {
	rows, shows := scopeOf(scope, authz.Accounts)
	may := permits(scope, authz.DecideRegistration)
	waiting := bun.SafeQuery("? AND ? AND "+waitsForALead, rows, may)
	total, err := readCount(ctx, s.db, "SELECT count(*) FROM account a WHERE ?", waiting)
	if err != nil {
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
	found, err := readRows[accountRow](ctx, s.db, accountsSelected+" WHERE ?2 ORDER BY a.created_at"+direction+", a.id"+direction+" LIMIT ?3",
		rows, shows(authz.AccountPrivate), c.query(), listing.Page.Size+1)
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
