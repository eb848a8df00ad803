package db

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
)

const (
	auditGrantEnded       audit.Action = "grant.ended"
	auditRequestCancelled audit.Action = "access_request.cancelled"

	// mostTold is how many requests are passed on at a time.
	mostTold = 500
)

// Tend does what happens by itself: grants on ICBs that are over end and
// requests for them are cancelled, and whoever requests have come to is told:
// the last admin's grant may have run out, or their account be locked. National
// leads are told of registrations that came since they were last.
func (s *AccessRequests) Tend(ctx context.Context, at time.Time) (done accessrequest.Tended, err error) {
	err = s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) (mails []notification.Mail, err error) {
		ended, err := endAbolished(ctx, tx, at)
		if err != nil {
			return nil, err
		}
		cancelled, err := cancelAbolished(ctx, tx, at)
		if err != nil {
			return nil, err
		}
		done.GrantsEnded, done.RequestsCancelled = len(ended), len(cancelled)
		told := map[string]bool{}
		for _, each := range append(ended, cancelled...) {
			if !told[each.Email] {
				told[each.Email] = true
				mails = append(mails, notification.Mail{Kind: notification.AccessEnded, To: each.Email})
			}
		}
		rerouted, more, err := tellRouted(ctx, tx, nil)
		if err != nil {
			return nil, err
		}
		registered, err := tellLeads(ctx, tx, at.Add(-account.LeadsTold))
		done.RequestsRerouted, done.LeadsTold = rerouted, len(registered)
		return slices.Concat(mails, more, registered), err
	})
	if err != nil {
		return accessrequest.Tended{}, fmt.Errorf("tending grants and requests: %w", Discreet(err))
	}
	return done, nil
}

// over is something of somebody's that an ICB took with it.
type over struct {
	ID      uuid.UUID
	Account uuid.UUID
	Email   string
	Role    authz.Role
	Area    string
}

// entry is what is kept of it.
func (o over) entry(at time.Time, action audit.Action, subject gid.Type) audit.Entry {
	return audit.Entry{
		At: at, ActorKind: audit.System, Action: action, Subject: gid.Format(subject, o.ID),
		Detail: map[string]string{"account": gid.Format(gid.Account, o.Account), "role": string(o.Role), "area": o.Area, "why": "abolished"},
	}
}

// abolished are the ICBs that are over today.
const abolished = `SELECT ods_code FROM icb WHERE valid_until < (now() AT TIME ZONE 'Europe/London')::date`

func endAbolished(ctx context.Context, tx bun.IDB, at time.Time) ([]over, error) {
	var holders []uuid.UUID
	err := tx.NewRaw(`SELECT a.id FROM account a WHERE EXISTS (SELECT FROM access_grant g
			WHERE g.account_id = a.id AND g.area_type = 'ICB' AND g.area_code IN (`+abolished+`) AND `+liveNow+`)
		ORDER BY a.id FOR UPDATE OF a`).Scan(ctx, &holders)
	if err != nil || len(holders) == 0 {
		return nil, err
	}
	var ended []over
	err = tx.NewRaw(`UPDATE access_grant g SET revoked_at = ? FROM account a
		WHERE a.id = g.account_id AND a.id IN (?) AND g.area_type = 'ICB' AND g.area_code IN (`+abolished+`) AND `+liveNow+`
		RETURNING g.id, a.id AS account, a.email, g.role, g.area_type || ':' || g.area_code AS area`,
		at, bun.List(holders)).Scan(ctx, &ended)
	if err != nil || len(ended) == 0 {
		return nil, err
	}
	if err := raiseGrantVersions(ctx, tx, holders...); err != nil {
		return nil, err
	}
	return ended, auditOver(ctx, tx, ended, at, auditGrantEnded, gid.Grant)
}

func cancelAbolished(ctx context.Context, tx bun.IDB, at time.Time) ([]over, error) {
	var cancelled []over
	err := tx.NewRaw(`UPDATE access_request r SET status = 'CANCELLED', decided_at = ?,
			decided_route = access_route(r.requester, r.area_type, r.area_code)
		FROM account a
		WHERE a.id = r.requester AND r.status = 'PENDING' AND r.area_type = 'ICB' AND r.area_code IN (`+abolished+`)
		RETURNING r.id, a.id AS account, a.email, r.role, r.area_type || ':' || r.area_code AS area`, at).Scan(ctx, &cancelled)
	if err != nil || len(cancelled) == 0 {
		return nil, err
	}
	return cancelled, auditOver(ctx, tx, cancelled, at, auditRequestCancelled, gid.AccessRequest)
}

func auditOver(ctx context.Context, tx bun.IDB, all []over, at time.Time, action audit.Action, subject gid.Type) error {
	entries := make([]audit.Entry, len(all))
	for i, each := range all {
		entries[i] = each.entry(at, action, subject)
	}
	return writeAudit(ctx, tx, entries...)
}

// routed is a request that has come to somebody who was not told of it.
type routed struct {
	ID        uuid.UUID
	Requester uuid.UUID
	AreaType  authz.AreaType
	AreaCode  string
	Route     accessrequest.Route
}

// tellRouted answers the mails to those whom requests have come to and who were
// not told: of one request or, where only is nil, of as many as are passed on at a
// time. Where there is nobody to tell, it is tried again, and nobody else's waits for
// it. A request that somebody decides about at this moment is left alone.
func tellRouted(ctx context.Context, tx bun.IDB, only *uuid.UUID) (requests int, mails []notification.Mail, err error) {
	which := bun.SafeQuery("TRUE")
	if only != nil {
		which = bun.SafeQuery("r.id = ?", *only)
	}
	var waiting []routed
	err = tx.NewRaw(`SELECT r.id, r.requester, r.area_type, r.area_code, now_to.route
		FROM access_request r CROSS JOIN LATERAL (SELECT access_route(r.requester, r.area_type, r.area_code) AS route) AS now_to
		WHERE r.status = 'PENDING' AND r.told_route IS DISTINCT FROM now_to.route AND ?
			AND (now_to.route = 'AREA_ADMINS' OR EXISTS (SELECT FROM access_grant g JOIN account a ON a.id = g.account_id
				WHERE g.role = 'NATIONAL_LEAD' AND a.status = 'ACTIVE' AND a.id <> r.requester AND `+liveNow+`))
		ORDER BY r.id LIMIT ? FOR UPDATE OF r SKIP LOCKED`, which, mostTold).Scan(ctx, &waiting)
	if err != nil {
		return 0, nil, fmt.Errorf("finding whom requests have come to: %w", err)
	}
	for _, request := range waiting {
		people, err := whoDecides(ctx, tx, request)
		if err != nil {
			return 0, nil, fmt.Errorf("finding who decides about a request: %w", err)
		}
		if len(people) == 0 {
			continue
		}
		requests++
		for _, to := range people {
			mails = append(mails, requestMail(notification.AccessRequested, request.ID, to))
		}
		if _, err := tx.NewRaw("UPDATE access_request SET told_route = ? WHERE id = ?", request.Route, request.ID).Exec(ctx); err != nil {
			return 0, nil, fmt.Errorf("noting who was told of a request: %w", err)
		}
	}
	return requests, mails, nil
}

// whoDecides answers the addresses of those who decide about a request by its
// route, the requester excepted.
func whoDecides(ctx context.Context, tx bun.IDB, r routed) (people []string, err error) {
	err = tx.NewRaw(`SELECT DISTINCT a.email FROM account a JOIN access_grant g ON g.account_id = a.id
		WHERE a.status = 'ACTIVE' AND a.id <> ?0 AND `+liveNow+` AND CASE ?1
			WHEN 'AREA_ADMINS' THEN g.role = 'ADMIN' AND g.area_type || ':' || g.area_code = ANY (areas_around(?2, ?3))
			ELSE g.role = 'NATIONAL_LEAD' END
		ORDER BY a.email`, r.Requester, r.Route, r.AreaType, r.AreaCode).Scan(ctx, &people)
	return people, err
}
