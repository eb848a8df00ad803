package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
)

// Open keeps a request and has those told who decide.
func (s *AccessRequests) Open(ctx context.Context, o accessrequest.Opening) error {
	return s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		return openRequest(ctx, tx, o)
	})
}

// openRequest keeps a request, and answers the mails to those who decide. It
// holds the requester's account, so that requests of one account wait for each
// other.
func openRequest(ctx context.Context, tx bun.IDB, o accessrequest.Opening) ([]notification.Mail, error) {
	var now struct {
		Status account.Status
		Held   bool
		Made   int
	}
	err := tx.NewRaw(`SELECT a.status,
			EXISTS (SELECT FROM access_grant g WHERE g.account_id = a.id AND g.role = ?1 AND g.area_type = ?2 AND g.area_code = ?3 AND `+liveNow+`) AS held,
			(SELECT count(*) FROM access_request r WHERE r.requester = a.id AND r.requested_at > now() - interval '1 day') AS made
		FROM account a WHERE a.id = ?0 FOR UPDATE OF a`,
		o.Requester, o.Role, o.Area.Type, o.Area.Code).Scan(ctx, &now)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, accessrequest.ErrOvertaken
	case err != nil:
		return nil, fmt.Errorf("locking who asks: %w", err)
	case now.Status != account.Active:
		return nil, accessrequest.ErrOvertaken
	case now.Held:
		return nil, accessrequest.ErrHeld
	}
	if now.Made >= o.MostADay {
		return nil, accessrequest.ErrTooMany
	}
	kept, err := tx.NewRaw(`INSERT INTO access_request (id, requester, role, area_type, area_code, reason, agreement, status, requested_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'PENDING', ?)
		ON CONFLICT (requester, role, area_type, area_code) WHERE status = 'PENDING' DO NOTHING`,
		o.ID, o.Requester, o.Role, o.Area.Type, o.Area.Code, o.Reason, o.Agreement, o.At).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("keeping a request: %w", err)
	}
	if n, err := kept.RowsAffected(); err != nil || n == 0 {
		return nil, errors.Join(accessrequest.ErrOpen, err)
	}
	if err := writeAudit(ctx, tx, o.Entry); err != nil {
		return nil, err
	}
	_, mails, err := tellRouted(ctx, tx, &o.ID)
	return mails, err
}

// Decide carries a decision out, if the request still waits, the scope still
// permits it and whoever decides is who they were. Two who decide at once wait
// for each other, and the second is refused.
func (s *AccessRequests) Decide(ctx context.Context, scope authz.Scope, d accessrequest.Decision) error {
	return s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		held, err := holdRequest(ctx, tx, scope, d)
		if err != nil {
			return nil, err
		}
		mails, err := decideRequest(ctx, tx, held, d)
		if err != nil {
			return nil, fmt.Errorf("deciding about a request: %w", err)
		}
		if err := writeAudit(ctx, tx, d.Entry); err != nil || d.Grant == nil {
			return mails, err
		}
		// Somebody may be the area's first admin now.
		_, rerouted, err := tellRouted(ctx, tx, nil)
		return append(mails, rerouted...), err
	})
}

// heldRequest is what a decision needs of the request that it is about.
type heldRequest struct {
	Requester uuid.UUID
	Email     string
	Role      authz.Role
	AreaType  authz.AreaType
	AreaCode  string
	Status    accessrequest.Status
	May       bool
}

// holdRequest locks both people and then the request, in the order in which
// everything locks them.
func holdRequest(ctx context.Context, tx bun.IDB, scope authz.Scope, d accessrequest.Decision) (heldRequest, error) {
	var requester uuid.UUID
	err := tx.NewRaw("SELECT requester FROM access_request WHERE id = ?", d.ID).Scan(ctx, &requester)
	if errors.Is(err, sql.ErrNoRows) {
		return heldRequest{}, accessrequest.ErrOvertaken
	}
	if err != nil {
		return heldRequest{}, fmt.Errorf("reading who asked: %w", err)
	}
	if unchanged, err := holdActor(ctx, tx, d.By, requester); err != nil || !unchanged {
		return heldRequest{}, errors.Join(accessrequest.ErrOvertaken, err)
	}
	rows, _ := scopeOf(scope, authz.AccessRequests)
	var held heldRequest
	err = tx.NewRaw(`SELECT r.requester, a.email, r.role, r.area_type, r.area_code, r.status, ? AS may
		FROM access_request r JOIN account a ON a.id = r.requester WHERE r.id = ? AND ? FOR UPDATE OF r`,
		permits(scope, d.Action), d.ID, rows).Scan(ctx, &held)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return heldRequest{}, accessrequest.ErrOvertaken
	case err != nil:
		return heldRequest{}, fmt.Errorf("locking a request: %w", err)
	case held.Status != accessrequest.Pending:
		return heldRequest{}, accessrequest.ErrDecided
	case !held.May:
		return heldRequest{}, accessrequest.ErrOvertaken
	}
	return held, nil
}

// holdActor locks somebody's account together with that of whom they act upon,
// always in the same order, and tells whether they are still who they were when
// they were asked who they are.
func holdActor(ctx context.Context, tx bun.IDB, actor authz.Principal, upon uuid.UUID) (unchanged bool, err error) {
	var people []struct {
		ID           uuid.UUID
		Status       account.Status
		GrantVersion int64
	}
	err = tx.NewRaw("SELECT id, status, grant_version FROM account WHERE id IN (?) ORDER BY id FOR UPDATE",
		bun.List([]uuid.UUID{actor.ID, upon})).Scan(ctx, &people)
	if err != nil {
		return false, fmt.Errorf("locking who acts: %w", err)
	}
	for _, person := range people {
		if person.ID == actor.ID {
			return person.Status == account.Active && person.GrantVersion == actor.GrantVersion, nil
		}
	}
	return false, nil
}

// decideRequest writes a decision, and answers the mail to whoever asked.
func decideRequest(ctx context.Context, tx bun.IDB, held heldRequest, d accessrequest.Decision) ([]notification.Mail, error) {
	var granted *uuid.UUID
	if d.Grant != nil {
		granted = &d.Grant.ID
		if err := replaceGrants(ctx, tx, held, d); err != nil {
			return nil, err
		}
		row := grantRow{
			ID: d.Grant.ID, AccountID: held.Requester, Role: held.Role, AreaType: held.AreaType, AreaCode: held.AreaCode,
			GrantedAt: d.At, GrantedBy: d.By.ID, ValidUntil: d.Grant.Until,
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return nil, err
		}
		if err := raiseGrantVersions(ctx, tx, held.Requester); err != nil {
			return nil, err
		}
	}
	_, err := tx.NewRaw(`UPDATE access_request SET status = ?, decided_at = ?, decided_by = ?, decision_reason = ?, grant_id = ?,
			decided_route = access_route(requester, area_type, area_code) WHERE id = ?`,
		d.Move.To(), d.At, d.By.ID, d.Reason, granted, d.ID).Exec(ctx)
	if err != nil {
		return nil, err
	}
	kind, told := map[accessrequest.Move]notification.Kind{
		accessrequest.Approve: notification.AccessApproved, accessrequest.Reject: notification.AccessRejected,
	}[d.Move]
	if !told {
		return nil, nil
	}
	return []notification.Mail{requestMail(kind, d.ID, held.Email)}, nil
}

// replaceGrants ends what the requester was given of the same meanwhile, by the
// command line or with a registration: a role is held once, so that taking it away
// takes it away.
func replaceGrants(ctx context.Context, tx bun.IDB, held heldRequest, d accessrequest.Decision) error {
	var replaced []uuid.UUID
	err := tx.NewRaw(`UPDATE access_grant g SET revoked_at = ? WHERE g.account_id = ? AND g.role = ? AND g.area_type = ? AND g.area_code = ?
		AND `+liveNow+` RETURNING g.id`, d.At, held.Requester, held.Role, held.AreaType, held.AreaCode).Scan(ctx, &replaced)
	if err != nil {
		return fmt.Errorf("ending what a grant replaces: %w", err)
	}
	for _, id := range replaced {
		d.Entry.Detail["replaces"] = gid.Format(gid.Grant, id)
	}
	return nil
}

// requestMail is a mail whose link leads to a request.
func requestMail(kind notification.Kind, id uuid.UUID, to string) notification.Mail {
	request := gid.Format(gid.AccessRequest, id)
	return notification.Mail{Kind: kind, To: to, About: request, Details: map[string]string{"path": request}}
}
