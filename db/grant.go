package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
)

// liveNow holds for a grant (g) that counts at this moment.
const liveNow = `g.revoked_at IS NULL AND g.granted_at <= now() AND (g.valid_until IS NULL OR g.valid_until > now())`

// raiseGrantVersions raises the version that decisions about accounts are kept
// under. Every write that such a decision rests on goes through here, in its own
// transaction: grants, organisations on a profile, status.
func raiseGrantVersions(ctx context.Context, tx bun.IDB, accounts ...uuid.UUID) error {
	_, err := tx.NewRaw("UPDATE account SET grant_version = grant_version + 1 WHERE id IN (?)", bun.List(accounts)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("raising the version of grants: %w", err)
	}
	return nil
}

// GrantsByID answers those of the stored grants that are live and that the scope
// admits.
func (s *Accounts) GrantsByID(ctx context.Context, scope authz.Scope, ids []uuid.UUID) (map[uuid.UUID]*account.Grant, error) {
	found := make(map[uuid.UUID]*account.Grant, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	admitted, _ := scopeOf(scope, authz.Grants)
	rows, err := reading(ctx, s.db, func(ctx context.Context, q bun.IDB) (rows []grantRow, err error) {
		err = q.NewSelect().Model(&rows).Where("g.id IN (?)", bun.List(ids)).Where(liveNow).Where("?", admitted).Scan(ctx)
		return rows, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading grants by id: %w", err)
	}
	for _, row := range rows {
		found[row.ID] = row.grant()
	}
	return found, nil
}

// ListedBy answers those of the areas whose members a scope of areas permits to
// list.
func (s *Accounts) ListedBy(ctx context.Context, scope authz.Scope, areas []authz.Area) (map[authz.Area]bool, error) {
	return reading(ctx, s.db, func(ctx context.Context, q bun.IDB) (map[authz.Area]bool, error) {
		return permittedAreas(ctx, q, scope, authz.ListMembers, areas)
	})
}

// permittedAreas answers those of the areas on which a scope of areas permits an
// action.
func permittedAreas(ctx context.Context, tx bun.IDB, scope authz.Scope, action authz.Action, areas []authz.Area) (map[authz.Area]bool, error) {
	permitted := make(map[authz.Area]bool, len(areas))
	if len(areas) == 0 || scope.Permits(action).IsFalse() {
		return permitted, nil
	}
	rows, _ := scopeOf(scope, authz.Areas)
	byName, names := make(map[string]authz.Area, len(areas)), make([]string, len(areas))
	for i, area := range areas {
		names[i] = string(area.Type) + ":" + area.Code
		byName[names[i]] = area
	}
	var found []string
	err := tx.NewRaw("SELECT w.area FROM unnest(?::text[]) AS w (area) WHERE ? AND ?",
		pgdialect.Array(names), rows, permits(scope, action)).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("deciding on %s: %w", action, err)
	}
	for _, name := range found {
		permitted[byName[name]] = true
	}
	return permitted, nil
}

// Members answers a page of the live grants on an area that the scope admits,
// and how many there are.
func (s *Accounts) Members(ctx context.Context, scope authz.Scope, l account.MemberListing) ([]*account.Grant, int, error) {
	type page struct {
		rows  []grantRow
		total int
	}
	found, err := reading(ctx, s.db, func(ctx context.Context, q bun.IDB) (p page, err error) {
		p.rows, p.total, err = members(ctx, q, scope, l)
		return p, err
	})
	return mapped(found.rows, grantRow.grant), found.total, err
}

func members(ctx context.Context, q bun.IDB, scope authz.Scope, l account.MemberListing) ([]grantRow, int, error) {
	admitted, _ := scopeOf(scope, authz.Grants)
	query := q.NewSelect().Model((*grantRow)(nil)).Where("g.area_type || ':' || g.area_code = ?", string(l.Area.Type)+":"+l.Area.Code).
		Where(liveNow).Where("?", admitted)
	if l.Role != nil {
		query.Where("g.role = ?", *l.Role)
	}
	total, err := query.Clone().Count(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("counting members: %w", err)
	}
	if p := l.After; p != nil {
		query.Where("(g.granted_at, g.id) > (?, ?)", p.At, p.ID)
	}
	if p := l.Before; p != nil {
		query.Where("(g.granted_at, g.id) < (?, ?)", p.At, p.ID)
	}
	order := []string{"g.granted_at", "g.id"}
	if l.Page.Backward {
		order = []string{"g.granted_at DESC", "g.id DESC"}
	}
	var rows []grantRow
	if err := query.Order(order...).Limit(int64(l.Page.Size)+1).Scan(ctx, &rows); err != nil {
		return nil, 0, fmt.Errorf("listing members: %w", err)
	}
	return rows, int(total), nil
}

// Revoke takes a grant away that the scope of grants admits: its holder is told,
// and so is whoever requests have come to that its holder would have decided.
func (s *Accounts) Revoke(ctx context.Context, scope authz.Scope, r account.Revoking) (account.Revoked, error) {
	var revoked account.Revoked
	err := s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		held, err := holdGrant(ctx, tx, scope, r)
		if err != nil {
			return nil, err
		}
		if revoked = (account.Revoked{May: held.May}); !held.May {
			return nil, nil
		}
		if revoked.LastAdmin, err = revoke(ctx, tx, held, r); err != nil {
			return nil, fmt.Errorf("taking a grant away: %w", err)
		}
		var mails []notification.Mail
		if held.AccountID != r.By.ID {
			mails = append(mails, notification.Mail{Kind: notification.AccessRevoked, To: held.Email})
		}
		_, rerouted, err := tellRouted(ctx, tx, nil)
		return append(mails, rerouted...), err
	})
	return revoked, err
}

type heldGrant struct {
	AccountID uuid.UUID
	Email     string
	Role      authz.Role
	Area      string
	May       bool
}

// holdGrant locks both people and then the grant. One that is over, or that the
// scope does not admit, is account.ErrNoGrant.
func holdGrant(ctx context.Context, tx bun.IDB, scope authz.Scope, r account.Revoking) (heldGrant, error) {
	var holder uuid.UUID
	err := tx.NewRaw("SELECT account_id FROM access_grant WHERE id = ?", r.ID).Scan(ctx, &holder)
	if errors.Is(err, sql.ErrNoRows) {
		return heldGrant{}, account.ErrNoGrant
	}
	if err != nil {
		return heldGrant{}, fmt.Errorf("reading who holds a grant: %w", err)
	}
	if unchanged, err := holdActor(ctx, tx, r.By, holder); err != nil || !unchanged {
		return heldGrant{}, errors.Join(account.ErrOvertaken, err)
	}
	rows, _ := scopeOf(scope, authz.Grants)
	var held heldGrant
	err = tx.NewRaw(`SELECT g.account_id, a.email, g.role, g.area_type || ':' || g.area_code AS area, ? AS may
		FROM access_grant g JOIN account a ON a.id = g.account_id WHERE g.id = ? AND `+liveNow+` AND ? FOR UPDATE OF g`,
		permits(scope, authz.RevokeGrant), r.ID, rows).Scan(ctx, &held)
	if errors.Is(err, sql.ErrNoRows) {
		return heldGrant{}, account.ErrNoGrant
	}
	if err != nil {
		return heldGrant{}, fmt.Errorf("locking a grant: %w", err)
	}
	return held, nil
}

// revoke ends a grant, and tells whether the area has lost the last admin of its
// own.
func revoke(ctx context.Context, tx bun.IDB, held heldGrant, r account.Revoking) (last bool, err error) {
	_, err = tx.NewRaw("UPDATE access_grant SET revoked_at = ?, revoked_by = ?, revoke_reason = ? WHERE id = ?",
		r.At, r.By.ID, r.Reason, r.ID).Exec(ctx)
	if err != nil {
		return false, err
	}
	if err := raiseGrantVersions(ctx, tx, held.AccountID); err != nil {
		return false, err
	}
	entry := r.Entry
	entry.Detail = map[string]string{
		"account": gid.Format(gid.Account, held.AccountID), "role": string(held.Role), "area": held.Area,
	}
	if err := writeAudit(ctx, tx, entry); err != nil {
		return false, err
	}
	err = tx.NewRaw(`SELECT ?0 = 'ADMIN' AND NOT EXISTS (SELECT FROM access_grant g JOIN account a ON a.id = g.account_id
		WHERE g.role = 'ADMIN' AND g.area_type || ':' || g.area_code = ?1 AND a.status = 'ACTIVE' AND `+liveNow+`)`,
		held.Role, held.Area).Scan(ctx, &last)
	return last, err
}

// endAccess ends all that an account held and asked for, when it closes.
func endAccess(ctx context.Context, tx bun.IDB, id uuid.UUID, at time.Time) error {
	var grants, requests []over
	err := tx.NewRaw(`UPDATE access_grant SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL
		RETURNING id, role, area_type || ':' || area_code AS area`, at, id).Scan(ctx, &grants)
	if err != nil {
		return err
	}
	err = tx.NewRaw(`UPDATE access_request SET status = 'CANCELLED', decided_at = ?, decided_by = requester,
			decided_route = access_route(requester, area_type, area_code)
		WHERE requester = ? AND status = 'PENDING'
		RETURNING id, role, area_type || ':' || area_code AS area`, at, id).Scan(ctx, &requests)
	if err != nil {
		return err
	}
	entries := endedBy(id, at, grants, auditGrantEnded, gid.Grant, "closed")
	entries = append(entries, endedBy(id, at, requests, auditRequestCancelled, gid.AccessRequest, "closed")...)
	return writeAudit(ctx, tx, entries...)
}

// endAutomatic ends what came by itself with an organisation that somebody takes
// from their profile.
func endAutomatic(ctx context.Context, tx bun.IDB, c account.Change) error {
	var ended []over
	err := tx.NewRaw(`UPDATE access_grant SET revoked_at = ? WHERE account_id = ? AND automatic AND area_code = ? AND revoked_at IS NULL
		RETURNING id, role, area_type || ':' || area_code AS area`, c.At, c.Account, c.Leaves).Scan(ctx, &ended)
	if err != nil {
		return err
	}
	return writeAudit(ctx, tx, endedBy(c.Account, c.At, ended, auditGrantEnded, gid.Grant, "left")...)
}

// endedBy are the entries about what an account's own act has ended.
func endedBy(id uuid.UUID, at time.Time, all []over, action audit.Action, subject gid.Type, why string) []audit.Entry {
	entries := make([]audit.Entry, len(all))
	for i, each := range all {
		entries[i] = audit.Entry{
			At: at, ActorKind: audit.Account, ActorID: id, Action: action, Subject: gid.Format(subject, each.ID),
			Detail: map[string]string{"role": string(each.Role), "area": each.Area, "why": why},
		}
	}
	return entries
}
