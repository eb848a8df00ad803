package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/gid"
	"lfpse/internal/notification"
)

// remind notes whom it reminds of what falls due between two days (?0, ?1) at an
// instant (?2), and answers each receiver once for each event. Of each organisation
// that an event concerns, receivers are those who are nearest: its admins and those
// of the organisations that it lies in; where there are none, those of its ICB and
// region, who may answer on its behalf; where there are none either, the national
// leads, who may not, and make admins. A locked account is told: anybody can have it
// locked.
const remind = `WITH due AS (
		SELECT q.event_id, q.code, o.organisation
		FROM event_requirement AS q JOIN event AS e ON e.id = q.event_id CROSS JOIN LATERAL (
			SELECT e.organisation WHERE e.organisation IS NOT NULL UNION SELECT unnest(e.occurred_at_organisations)
		) AS o (organisation)
		WHERE q.open AND q.due_on BETWEEN ?0::date AND ?1::date
	), concerned AS MATERIALIZED (
		SELECT o.organisation, areas_around('ORGANISATION', o.organisation) || 'NATIONAL:'::text AS areas
		FROM (SELECT DISTINCT organisation FROM due) AS o
	), held AS (
		SELECT c.organisation, g.account_id,
			rank() OVER (PARTITION BY c.organisation ORDER BY CASE g.area_type WHEN 'ORGANISATION' THEN 1 WHEN 'NATIONAL' THEN 3 ELSE 2 END) AS nearness
		FROM concerned AS c JOIN access_grant AS g ON g.area_type || ':' || g.area_code = ANY (c.areas) AND g.role IN ('ADMIN', 'NATIONAL_LEAD')
			JOIN account AS x ON x.id = g.account_id AND x.status IN ('ACTIVE', 'LOCKED')
		WHERE g.revoked_at IS NULL AND g.granted_at <= ?2 AND (g.valid_until IS NULL OR g.valid_until > ?2)
	), reminded AS (
		INSERT INTO requirement_reminder (event_id, code, account_id, reminded_at)
		SELECT DISTINCT d.event_id, d.code, h.account_id, ?2::timestamptz
		FROM due AS d JOIN held AS h ON h.organisation = d.organisation AND h.nearness = 1
		ON CONFLICT DO NOTHING RETURNING event_id, account_id
	)
	SELECT DISTINCT e.id, e.reference, x.email FROM reminded AS r
		JOIN event AS e ON e.id = r.event_id JOIN account AS x ON x.id = r.account_id ORDER BY e.reference, x.email`

// Remind tells those who look after events of requirements that fall due from one day to another and
// still have to be answered: each once of each requirement, however often and
// from however many processes it is called. It answers how many mails that were.
func (s *Governance) Remind(ctx context.Context, from, to, at time.Time) (mails int, err error) {
	err = s.outbox.inTransaction(ctx, s.db, func(ctx context.Context, tx bun.IDB) ([]notification.Mail, error) {
		var due []struct {
			ID               uuid.UUID
			Reference, Email string
		}
		err := tx.NewRaw(remind, from.Format(time.DateOnly), to.Format(time.DateOnly), at).Scan(ctx, &due)
		if err != nil {
			return nil, fmt.Errorf("looking for what falls due: %w", err)
		}
		told := make([]notification.Mail, len(due))
		for i, d := range due {
			told[i] = notification.Mail{Kind: notification.RequirementDue, To: d.Email, About: gid.Format(gid.Event, d.ID), Details: map[string]string{"reference": d.Reference}}
		}
		mails = len(told)
		return told, nil
	})
	return mails, err
}
