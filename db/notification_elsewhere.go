package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lfpse/internal/event"
	"lfpse/internal/notification"
)

// toldElsewhere lists events for those who look after where they occurred: the
// admins of areas that hold the place or, where there are none, the national
// leads; each once per event. A locked account is told: anybody can have it locked.
// Places are rows of event, instant, author, organisation and area (?0 to ?4), ?5 is the present.
const toldElsewhere = `WITH place AS (
	SELECT * FROM unnest(?0::uuid[], ?1::timestamptz[], ?2::uuid[], ?3::text[], ?4::text[]) AS p (event, at, author, organisation, area)
), held AS (
	SELECT g.id, g.account_id, g.area_type || ':' || g.area_code AS area
	FROM access_grant g JOIN account a ON a.id = g.account_id AND a.status <> 'CLOSED'
	WHERE g.area_type || ':' || g.area_code IN (SELECT area FROM place UNION ALL SELECT 'NATIONAL:')
		AND g.role IN ('ADMIN', 'NATIONAL_LEAD') AND g.revoked_at IS NULL AND g.granted_at <= ?5
		AND (g.valid_until IS NULL OR g.valid_until > ?5)
), looked_after AS (
	SELECT p.event, p.at, p.author, p.organisation, h.account_id, h.id FROM place p JOIN held h ON h.area = p.area
), told AS (
	SELECT event, at, author, account_id, id FROM looked_after
	UNION ALL
	SELECT p.event, p.at, p.author, h.account_id, h.id FROM place p JOIN held h ON h.area = 'NATIONAL:'
	WHERE NOT EXISTS (SELECT FROM looked_after l WHERE l.event = p.event AND l.organisation = p.organisation)
)
INSERT INTO notification (id, receiver, type, subject, at, mail_by)
SELECT DISTINCT ON (event, account_id)
	gen_random_uuid(), account_id, 'EVENT_RECORDED_ELSEWHERE', 'event_' || replace(event::text, '-', ''), at, id
FROM told WHERE account_id <> author ORDER BY event, account_id, id
ON CONFLICT (receiver, subject) WHERE type = 'EVENT_RECORDED_ELSEWHERE' DO NOTHING`

// tellElsewhere lists events for those who look after where they occurred, in
// one statement however many events there are, and none where there is nobody to
// tell of. Mails follow a little later (Outbox.MailListed).
func tellElsewhere(ctx context.Context, tx bun.IDB, places []event.Elsewhere) error {
	if len(places) == 0 {
		return nil
	}
	var events, authors, organisations, areas []string
	var at []time.Time
	for _, p := range places {
		for _, area := range p.Areas {
			events, authors = append(events, p.Event.String()), append(authors, p.Author.String())
			organisations, areas = append(organisations, p.Organisation), append(areas, string(area.Type)+":"+area.Code)
			at = append(at, p.At)
		}
	}
	_, err := tx.NewRaw(toldElsewhere, pgdialect.Array(events), pgdialect.Array(at), pgdialect.Array(authors),
		pgdialect.Array(organisations), pgdialect.Array(areas), time.Now()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("telling of an event where it occurred: %w", err)
	}
	return nil
}

const (
	// mailAfter is how long events wait to be mailed. Of an anonymous event the minute is
	// kept and no more: when its mail is made tells no more than that.
	mailAfter = time.Minute
	// mailEvery is how often is looked for events to mail.
	mailEvery = 15 * time.Second
	// mailAtOnce bounds the events of one transaction; those of one receiver are one mail.
	mailAtOnce = 500
)

// listedMails takes events that are listed and not mailed (?0 the latest instant,
// ?1 how many, ?2 the present), and answers whom to mail which references:
// those whose grant is live still, of events that stand.
const listedMails = `WITH due AS (
	SELECT n.id, n.receiver, n.subject, n.mail_by FROM notification n
	WHERE n.mail_by IS NOT NULL AND n.at <= ?0 ORDER BY n.receiver, n.at LIMIT ?1 FOR UPDATE SKIP LOCKED
), taken AS (
	UPDATE notification n SET mail_by = NULL FROM due WHERE n.id = due.id RETURNING due.receiver, due.subject, due.mail_by
)
SELECT (SELECT count(*) FROM taken) AS taken, a.email, string_agg(e.reference, E'\n' ORDER BY e.reference) AS list
FROM taken t
	JOIN access_grant g ON g.id = t.mail_by AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > ?2)
	JOIN account a ON a.id = t.receiver AND a.status <> 'CLOSED'
	JOIN event e ON e.id = substr(t.subject, 7)::uuid AND e.status NOT IN ('DRAFT', 'WITHDRAWN')
GROUP BY a.id`

// MailListed puts mails of events that were listed some time before an instant
// into the outbox, one for each receiver: references and nothing else. Several
// processes may do so at once.
func (o *Outbox) MailListed(ctx context.Context, now time.Time) error {
	for more := true; more; {
		err := inTransaction(ctx, o.db, func(ctx context.Context, tx transaction) error {
			var due []struct {
				Taken       int
				Email, List string
			}
			err := tx.NewRaw(listedMails, now.Add(-mailAfter), mailAtOnce, now).Scan(ctx, &due)
			if err != nil {
				return fmt.Errorf("reading whom to mail of events: %w", err)
			}
			mails := make([]notification.Mail, len(due))
			for i, d := range due {
				mails[i] = notification.Mail{
					Kind: notification.EventsElsewhere, To: d.Email,
					Details: map[string]string{"references": strings.TrimSpace(d.List)},
				}
			}
			more = len(due) > 0 && due[0].Taken == mailAtOnce
			return o.enqueue(ctx, tx, mails)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// mailListed does so again and again until the context ends.
func (o *Outbox) mailListed(ctx context.Context) {
	ticker := time.NewTicker(mailEvery)
	defer ticker.Stop()
	for {
		if err := o.MailListed(ctx, time.Now()); err != nil && ctx.Err() == nil {
			o.log.ErrorContext(ctx, "mails of events recorded elsewhere wait", "error", Discreet(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
