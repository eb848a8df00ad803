package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lfpse/internal/organisation"
)

const (
	// memberLock is held while area_member changes, and shared by whoever writes
	// events; the migration that makes the tables has it too.
	memberLock = 7206001
	// settlerLock is held by whoever settles: one at a time.
	settlerLock = 7206002
	// foldedAtOnce is how many changes of the counts by month are added up in one transaction.
	foldedAtOnce = 50_000
)

// Areas keeps the events of every area together, by where organisations lie.
type Areas struct {
	db *bun.DB
}

// NewAreas makes the keeper of a database.
func NewAreas(db *bun.DB) *Areas { return &Areas{db: db} }

// Geography tells where every organisation lies at an instant.
type Geography interface {
	Placement(at time.Time) organisation.Placement
	// Period tells times apart at which the placements differ.
	Period(at time.Time) string
}

// Watch settles the areas whenever somebody has moved, and adds up their counts at every interval, until the
// context ends. What it has not done yet costs readers time, never truth.
func (a *Areas) Watch(ctx context.Context, geography Geography, interval time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for settled := ""; ; {
		if err := a.keep(ctx, geography, time.Now(), &settled); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the areas' events could not be put in order; it is tried again", "error", Discreet(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// keep settles the areas, unless that was done for the period, and adds up their counts.
func (a *Areas) keep(ctx context.Context, geography Geography, now time.Time, settled *string) error {
	if period := geography.Period(now); period != *settled {
		done, err := a.Settle(ctx, geography.Placement(now))
		if err != nil {
			return err
		}
		if done {
			*settled = period
		}
	}
	return a.Fold(ctx)
}

// Settle places the events of all organisations that have moved since it was last called. Another
// process that is about it is left to it: done is false. Areas are right for
// readers at every moment: see area_settled.
func (a *Areas) Settle(ctx context.Context, placement organisation.Placement) (done bool, err error) {
	conn, err := a.db.Conn(ctx)
	if err != nil {
		return false, fmt.Errorf("taking a connection: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var alone bool
	if err := conn.NewRaw(`SELECT pg_try_advisory_lock(?)`, settlerLock).Scan(ctx, &alone); err != nil {
		return false, fmt.Errorf("locking: %w", err)
	}
	if !alone {
		return false, nil
	}
	defer func() {
		_, unlocked := conn.NewRaw(`SELECT pg_advisory_unlock(?)`, settlerLock).Exec(context.WithoutCancel(ctx))
		err = errors.Join(err, unlocked)
	}()
	if err := (settling{conn: conn, placement: placement, fold: a.Fold}).run(ctx); err != nil {
		return false, err
	}
	return true, nil
}

// settling is one run of Settle.
type settling struct {
	conn      bun.Conn
	placement organisation.Placement
	// fold is called from time to time, so that what changes in the counts does not pile up.
	fold func(context.Context) error
}

func (s settling) run(ctx context.Context) error {
	settled, err := s.settled(ctx)
	if err != nil || settled {
		return err
	}
	if err := s.begin(ctx); err != nil {
		return fmt.Errorf("moving organisations: %w", err)
	}
	moved := 0
	for more := true; more; {
		var events int
		if events, more, err = s.move(ctx); err != nil {
			return fmt.Errorf("placing the events of an organisation: %w", err)
		}
		if moved += events; moved >= foldedAtOnce/10 { // an event is about ten changes
			if err := s.fold(ctx); err != nil {
				return err
			}
			moved = 0
		}
	}
	return s.finish(ctx)
}

// digests lists the areas beside their digests.
func (s settling) digests() (areas, digests any) {
	keys, values := make([]string, 0, len(s.placement.Digests)), make([]string, 0, len(s.placement.Digests))
	for key, digest := range s.placement.Digests {
		keys, values = append(keys, key), append(values, digest)
	}
	return pgdialect.Array(keys), pgdialect.Array(values)
}

// settled tells whether every area is as the placement has it, and nothing is left to be moved.
func (s settling) settled(ctx context.Context) (bool, error) {
	areas, digests := s.digests()
	var settled bool
	err := s.conn.NewRaw(`SELECT NOT EXISTS (SELECT FROM area_moving) AND NOT EXISTS (
			(SELECT area, digest FROM area_settled EXCEPT SELECT * FROM unnest(?0::text[], ?1::text[]))
			UNION ALL (SELECT * FROM unnest(?0::text[], ?1::text[]) EXCEPT SELECT area, digest FROM area_settled))`,
		areas, digests).Scan(ctx, &settled)
	if err != nil {
		return false, fmt.Errorf("comparing the areas: %w", err)
	}
	return settled, nil
}

// begin notes who has moved, and that areas which lose or win somebody are not settled. From
// then on events are written by the new placement. It waits for transactions that write events, and they for it:
// it reads no event.
func (s settling) begin(ctx context.Context) error {
	areas, digests := s.digests()
	return s.conn.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, `SET LOCAL statement_timeout = 0`)
		if err != nil {
			return err
		}
		if _, err := tx.NewRaw(`SELECT pg_advisory_xact_lock(?)`, memberLock).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`INSERT INTO area_moving SELECT '' WHERE NOT EXISTS (SELECT FROM area_settled WHERE area = 'N') ON CONFLICT DO NOTHING`).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`DELETE FROM area_settled WHERE (area, digest) NOT IN (SELECT * FROM unnest(?::text[], ?::text[]))`, areas, digests).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewRaw(`WITH wanted AS MATERIALIZED (
				SELECT * FROM unnest(?::text[], ?::text[]) AS w (organisation, area)
			), gone AS (
				DELETE FROM area_member AS m WHERE NOT EXISTS (
					SELECT FROM wanted AS w WHERE w.organisation = m.organisation AND w.area = m.area) RETURNING organisation
			), new AS (
				INSERT INTO area_member (organisation, area) SELECT organisation, area FROM wanted ON CONFLICT DO NOTHING RETURNING organisation
			)
			INSERT INTO area_moving SELECT organisation FROM gone UNION SELECT organisation FROM new ON CONFLICT DO NOTHING`,
			pgdialect.Array(s.placement.Organisations), pgdialect.Array(s.placement.Areas)).Exec(ctx)
		return err
	})
}

// move places the events of one organisation that has moved. Their rows are
// locked meanwhile, against changes alone.
func (s settling) move(ctx context.Context) (events int, more bool, err error) {
	err = s.conn.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var moving []string
		if err := tx.NewRaw(`SELECT organisation FROM area_moving ORDER BY organisation LIMIT 1`).Scan(ctx, &moving); err != nil || len(moving) == 0 {
			return err
		}
		more = true
		if _, err := tx.ExecContext(ctx, `SET LOCAL statement_timeout = 0`); err != nil {
			return err
		}
		ids, err := eventsOf(ctx, tx, moving[0])
		if err != nil {
			return err
		}
		events = len(ids)
		if _, err := tx.NewRaw(`DELETE FROM event_area WHERE event_id = ANY(?::uuid[])`, uuids(ids)).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`SELECT event_area_place(?::uuid[])`, uuids(ids)).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewRaw(`DELETE FROM area_moving WHERE organisation = ?`, moving[0]).Exec(ctx)
		return err
	})
	return events, more, err
}

// eventsOf locks the events that an organisation reported or that occurred there; for
// "", those of no organisation that lies anywhere.
func eventsOf(ctx context.Context, tx bun.Tx, organisation string) (ids []uuid.UUID, err error) {
	theirs := "e.organisation = ?0 OR e.occurred_at_organisations && ARRAY[?0]"
	if organisation == "" {
		theirs = "?0 = '' AND NOT EXISTS (SELECT FROM area_member AS m WHERE m.organisation = ANY(e.organisation || e.occurred_at_organisations))"
	}
	err = tx.NewRaw(`SELECT e.id FROM event AS e WHERE e.status <> 'DRAFT' AND (`+theirs+`) ORDER BY e.id FOR NO KEY UPDATE`, organisation).Scan(ctx, &ids)
	return ids, err
}

// finish says that every area is settled.
func (s settling) finish(ctx context.Context) error {
	areas, digests := s.digests()
	_, err := s.conn.NewRaw(`INSERT INTO area_settled (area, digest) SELECT * FROM unnest(?::text[], ?::text[])
		ON CONFLICT (area) DO UPDATE SET digest = excluded.digest WHERE area_settled.digest <> excluded.digest`, areas, digests).Exec(ctx)
	if err != nil {
		return fmt.Errorf("settling the areas: %w", err)
	}
	return nil
}

// Fold adds what has changed in the counts by month to them. Whoever reads adds
// both up, and sees one or the other.
func (a *Areas) Fold(ctx context.Context) error {
	for {
		folded, err := a.fold(ctx)
		if err != nil {
			return fmt.Errorf("adding up the counts by month: %w", err)
		}
		if folded < foldedAtOnce {
			return nil
		}
	}
}

func (a *Areas) fold(ctx context.Context) (folded int, err error) {
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var alone bool
		if err := tx.NewRaw(`SELECT pg_try_advisory_xact_lock(?)`, settlerLock+1).Scan(ctx, &alone); err != nil || !alone {
			return err
		}
		return tx.NewRaw(`WITH taken AS (
				DELETE FROM area_month_change WHERE id IN (SELECT id FROM area_month_change ORDER BY id LIMIT ?) RETURNING *
			), added AS (
				INSERT INTO area_month AS m (area, dimension, month, value, kind, status, physical_harm, events, first)
				SELECT area, dimension, month, value, kind, status, physical_harm, sum(events), sum(first) FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7
				ON CONFLICT (area, dimension, month, value, kind, status, physical_harm)
				DO UPDATE SET events = m.events + excluded.events, first = m.first + excluded.first
			) SELECT count(*) FROM taken`, foldedAtOnce).Scan(ctx, &folded)
	})
	return folded, err
}
