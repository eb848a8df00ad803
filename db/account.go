package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype/zeronull"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
)

// Accounts keeps accounts, their grants and their sessions. It implements
// account.Store.
type Accounts struct {
	db     *bun.DB
	outbox *Outbox
}

var _ account.Store = (*Accounts)(nil)

// NewAccounts makes the store of accounts in a database. What their owners are
// told goes into the outbox.
func NewAccounts(db *bun.DB, outbox *Outbox) *Accounts { return &Accounts{db: db, outbox: outbox} }

// accountRow is an account as far as a reader is shown it: the private columns
// are null where shows_private is false.
type accountRow struct {
	ID                uuid.UUID
	FirstName         string
	LastName          string
	JobRole           string
	ShowsPrivate      bool
	Email             string
	Organisations     []string `bun:",array"`
	OtherOrganisation string
	Status            account.Status
	CreatedAt         time.Time
}

// into is where a row of accountsSelected goes; what is not shown is null there and
// empty here.
func (r *accountRow) into() []any {
	return []any{
		(*storedID)(&r.ID), &r.FirstName, &r.LastName, &r.JobRole, &r.ShowsPrivate, (*zeronull.Text)(&r.Email), &r.Organisations,
		(*zeronull.Text)(&r.OtherOrganisation), (*zeronull.Text)(&r.Status), (*zeronull.Timestamptz)(&r.CreatedAt),
	}
}

func (r accountRow) record() account.Record {
	record := account.Record{
		ID: r.ID, FirstName: r.FirstName, LastName: r.LastName, JobRole: r.JobRole,
		Private: r.ShowsPrivate, Email: r.Email, Organisations: r.Organisations,
		OtherOrganisation: r.OtherOrganisation, Status: r.Status,
	}
	if r.ShowsPrivate {
		record.CreatedAt = r.CreatedAt.UTC()
	}
	return record
}

// accountOrganisations are the ODS codes on an account's profile.
const accountOrganisations = `ARRAY(SELECT o.organisation FROM account_organisation o WHERE o.account_id = a.id ORDER BY 1)`

// accountsSelected reads accounts (a). What is private is read where the scope of
// accounts admits the row (?0) and shows it (?1), however else the account came to
// be seen.
const accountsSelected = `SELECT a.id, a.first_name, a.last_name, a.job_role, p.shows_private,
	CASE WHEN p.shows_private THEN a.email END AS email,
	CASE WHEN p.shows_private THEN ` + accountOrganisations + ` END AS organisations,
	CASE WHEN p.shows_private THEN a.other_organisation END AS other_organisation,
	CASE WHEN p.shows_private THEN a.status END AS status,
	CASE WHEN p.shows_private THEN a.created_at END AS created_at
FROM account a CROSS JOIN LATERAL (SELECT (?0 AND ?1) IS TRUE AS shows_private) p`

// seenOnEvent admits an account that recorded an event which a scope of events
// admits (?0) and whose people it shows (?1), or updated one whose editors it
// shows (?2).
const seenOnEvent = `(EXISTS (SELECT 1 FROM event e WHERE e.recorded_by = a.id AND ?0 AND ?1)
	OR EXISTS (SELECT 1 FROM event_revision r JOIN event e ON e.id = r.event_id WHERE r.recorded_by = a.id AND ?0 AND ?2))`

// seenActing admits an account that reviewed an event, declared it a never event or
// gave an answer that counts, as far as a scope of events admits the event (?0) and
// one of governance shows who did that (?1).
const seenActing = `(EXISTS (SELECT 1 FROM review g JOIN event e ON e.id = g.event_id WHERE g.made_by = a.id AND ?0 AND ?1)
	OR EXISTS (SELECT 1 FROM governance_answer g JOIN event e ON e.id = g.event_id WHERE g.made_by = a.id AND ?0 AND ?1
		AND (EXISTS (SELECT 1 FROM event_requirement q WHERE q.event_id = g.event_id AND q.answer_id = g.id)
			OR g.kind = 'NEVER_EVENT' AND NOT EXISTS (SELECT 1 FROM governance_answer l
				WHERE l.event_id = g.event_id AND l.kind = g.kind AND l.number > g.number))))`

// seenOnGrant admits an account that holds or made a grant which a scope of
// grants admits (?0); seenOnRequest one that made or decided about a request
// which a scope of requests admits.
const (
	seenOnGrant   = `EXISTS (SELECT 1 FROM access_grant g WHERE (g.account_id = a.id OR g.granted_by = a.id) AND ` + liveNow + ` AND ?0)`
	seenOnRequest = `EXISTS (SELECT 1 FROM access_request r WHERE (r.requester = a.id OR r.decided_by = a.id) AND ?0)`
)

// AccountsByID answers those accounts that the scope of accounts admits, or
// that are seen on an event, a grant or a request.
func (s *Accounts) AccountsByID(ctx context.Context, seen account.Seen, ids []uuid.UUID) (map[uuid.UUID]account.Record, error) {
	admitted, _ := scopeOf(seen.Accounts, authz.Accounts)
	if !seen.Events.Rows().IsFalse() && !seen.Events.Shows(authz.People).IsFalse() {
		rows, shows := scopeOf(seen.Events, authz.Events)
		admitted = bun.SafeQuery("(? OR ?)", admitted, bun.SafeQuery(seenOnEvent, rows, shows(authz.People), shows(authz.Editors)))
	}
	if !seen.Events.Rows().IsFalse() && !seen.Governance.Shows(authz.GovernanceDetail).IsFalse() {
		rows, _ := scopeOf(seen.Events, authz.Events)
		_, shows := scopeOf(seen.Governance, authz.Governance)
		admitted = bun.SafeQuery("(? OR ?)", admitted, bun.SafeQuery(seenActing, rows, shows(authz.GovernanceDetail)))
	}
	for _, by := range []struct {
		scope authz.Scope
		noun  authz.Noun
		on    string
	}{{seen.Grants, authz.Grants, seenOnGrant}, {seen.Requests, authz.AccessRequests, seenOnRequest}} {
		if rows, _ := scopeOf(by.scope, by.noun); !by.scope.Rows().IsFalse() {
			admitted = bun.SafeQuery("(? OR ?)", admitted, bun.SafeQuery(by.on, rows))
		}
	}
	return s.accounts(ctx, seen.Accounts, admitted, ids)
}

// AccountsNamed answers all of the accounts, which the caller has been shown.
func (s *Accounts) AccountsNamed(ctx context.Context, accounts authz.Scope, ids []uuid.UUID) (map[uuid.UUID]account.Record, error) {
	return s.accounts(ctx, accounts, bun.SafeQuery("TRUE"), ids)
}

// Names answers the names and job roles of the accounts. It never asks a replica:
// what one answers may be older than the version that it is kept as.
func (s *Accounts) Names(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]account.Record, error) {
	records := make(map[uuid.UUID]account.Record, len(ids))
	err := prepared(ctx, s.db, bun.SafeQuery("SELECT a.id, a.first_name, a.last_name, a.job_role FROM account a WHERE a.id = ANY(?::uuid[])", uuids(ids)),
		func(r *accountRow) []any { return []any{(*storedID)(&r.ID), &r.FirstName, &r.LastName, &r.JobRole} },
		func(r *accountRow) { records[r.ID] = r.record() })
	if err != nil {
		return nil, fmt.Errorf("reading the names of accounts by id: %w", err)
	}
	return records, nil
}

func (s *Accounts) accounts(ctx context.Context, scope authz.Scope, admitted schema.QueryWithArgs, ids []uuid.UUID) (map[uuid.UUID]account.Record, error) {
	records := make(map[uuid.UUID]account.Record, len(ids))
	if len(ids) == 0 {
		return records, nil
	}
	rows, shows := scopeOf(scope, authz.Accounts)
	found, err := readPrepared(ctx, s.db, bun.SafeQuery(accountsSelected+" WHERE a.id = ANY(?2::uuid[]) AND ?3", rows, shows(authz.AccountPrivate), uuids(ids), admitted),
		(*accountRow).into, func(row *accountRow) account.Record { return row.record() })
	if err != nil {
		return nil, fmt.Errorf("reading accounts by id: %w", err)
	}
	for _, record := range found {
		records[record.ID] = record
	}
	return records, nil
}

// grantRow is a stored grant.
type grantRow struct {
	bun.BaseModel `bun:"table:access_grant,alias:g"`

	ID         uuid.UUID      `bun:"id,pk"`
	AccountID  uuid.UUID      `bun:"account_id"`
	Role       authz.Role     `bun:"role"`
	AreaType   authz.AreaType `bun:"area_type"`
	AreaCode   string         `bun:"area_code"`
	GrantedAt  time.Time      `bun:"granted_at"`
	GrantedBy  uuid.UUID      `bun:"granted_by,type:uuid,nullzero"`
	ValidUntil time.Time      `bun:"valid_until,nullzero"`
	Automatic  bool           `bun:"automatic"`
}

func (r grantRow) grant() *account.Grant {
	g := &account.Grant{
		UUID: r.ID, Account: r.AccountID, Role: r.Role,
		Area:      authz.Area{Type: r.AreaType, Code: r.AreaCode},
		GrantedAt: r.GrantedAt.UTC(), GrantedBy: r.GrantedBy, Automatic: r.Automatic,
	}
	if !r.ValidUntil.IsZero() {
		g.Until = r.ValidUntil.UTC()
	}
	return g
}

func grantRowOf(g account.Grant) grantRow {
	return grantRow{
		ID: g.UUID, AccountID: g.Account, Role: g.Role, AreaType: g.Area.Type, AreaCode: g.Area.Code,
		GrantedAt: g.GrantedAt, GrantedBy: g.GrantedBy, ValidUntil: g.Until, Automatic: g.Automatic,
	}
}

// liveGrant holds for a grant (g) at an instant (?0). Grants that begin later
// are not live, and not shown.
const liveGrant = `g.revoked_at IS NULL AND g.granted_at <= ?0 AND (g.valid_until IS NULL OR g.valid_until > ?0)`

// GrantsOf answers the stored grants of one account that are live at an
// instant, by role and area.
func (s *Accounts) GrantsOf(ctx context.Context, id uuid.UUID, at time.Time) ([]*account.Grant, error) {
	rows, err := reading(ctx, s.db, func(ctx context.Context, q bun.IDB) (rows []grantRow, err error) {
		err = q.NewSelect().Model(&rows).Where("g.account_id = ?", id).Where(liveGrant, at).
			Order("role", "area_type", "area_code", "id").Scan(ctx)
		return rows, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the grants of an account: %w", err)
	}
	grants := make([]*account.Grant, len(rows))
	for i, row := range rows {
		grants[i] = row.grant()
	}
	return grants, nil
}

// Audit keeps an entry about something that changed nothing else.
func (s *Accounts) Audit(ctx context.Context, entry audit.Entry) error {
	return writeAudit(ctx, s.db, entry)
}

// UnknownAreas answers those areas that do not exist.
func (s *Accounts) UnknownAreas(ctx context.Context, areas []authz.Area) ([]authz.Area, error) {
	if len(areas) == 0 {
		return nil, nil
	}
	types, codes := make([]string, len(areas)), make([]string, len(areas))
	for i, area := range areas {
		types[i], codes[i] = string(area.Type), area.Code
	}
	var unknown []struct{ Type, Code string }
	err := s.db.NewRaw(`SELECT w.type, w.code FROM unnest(?::text[], ?::text[]) AS w (type, code)
		WHERE NOT CASE w.type
			WHEN 'ORGANISATION' THEN EXISTS (SELECT 1 FROM organisation WHERE ods_code = w.code)
			WHEN 'ICB' THEN EXISTS (SELECT 1 FROM icb WHERE ods_code = w.code)
			WHEN 'REGION' THEN EXISTS (SELECT 1 FROM region WHERE ods_code = w.code)
			ELSE w.type = 'NATIONAL' AND w.code = '' END`,
		pgdialect.Array(types), pgdialect.Array(codes)).Scan(ctx, &unknown)
	if err != nil {
		return nil, fmt.Errorf("reading which areas exist: %w", err)
	}
	answer := make([]authz.Area, len(unknown))
	for i, area := range unknown {
		answer[i] = authz.Area{Type: authz.AreaType(area.Type), Code: area.Code}
	}
	return answer, nil
}
