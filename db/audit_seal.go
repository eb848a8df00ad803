package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/uptrace/bun"

	"lfpse/internal/audit"
)

// Trail is the audit trail as a whole: sealing and verifying it. Entries are
// written by the stores, in the transactions of what they speak of.
type Trail struct {
	db *DB
}

// NewTrail is the trail of a database.
func NewTrail(d *DB) *Trail { return &Trail{db: d} }

const (
	// sealingLock is the advisory lock that one sealer of a database holds at a
	// time: "seal" in ASCII. It ends with the transaction.
	sealingLock = 0x7365616c

	// sealBatch is how many entries are sealed in one transaction.
	sealBatch = 2000

	// headInterval is how often the head is logged while it moves: a log that is
	// kept elsewhere keeps heads that the database's owner cannot change.
	headInterval = time.Hour
)

// Watch seals what is written, at each interval, until the context ends. Several
// processes may do so: one seals at a time.
func (t *Trail) Watch(ctx context.Context, interval time.Duration, log *slog.Logger) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	var told time.Time
	for {
		head, moved, err := t.Seal(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.ErrorContext(ctx, "the audit trail could not be sealed; it will be tried again", "error", Discreet(err))
		case moved && time.Since(told) >= headInterval:
			log.InfoContext(ctx, "the audit trail is sealed", "head", head.String())
			told = time.Now()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Seal seals every entry that waits. It answers the head, and whether that has
// moved; while another process seals it does nothing.
func (t *Trail) Seal(ctx context.Context) (head audit.Head, moved bool, err error) {
	for {
		last, n, err := t.sealBatch(ctx)
		if err != nil {
			return head, moved, fmt.Errorf("sealing the audit trail: %w", err)
		}
		if n > 0 {
			head, moved = last, true
		}
		if n < sealBatch {
			return head, moved, nil
		}
	}
}

func (t *Trail) sealBatch(ctx context.Context) (head audit.Head, n int, err error) {
	err = inTransaction(ctx, t.db.DB, func(ctx context.Context, tx transaction) error {
		var mine bool
		if err := tx.NewRaw("SELECT pg_try_advisory_xact_lock(?)", sealingLock).Scan(ctx, &mine); err != nil || !mine {
			return err
		}
		waiting, err := waitingEntries(ctx, tx)
		if err != nil || len(waiting) == 0 {
			return err
		}
		if head, err = readHead(ctx, tx); err != nil {
			return err
		}
		n = len(waiting)
		head, err = addSeals(ctx, tx, head, waiting)
		return err
	})
	return head, n, err
}

// waitingEntries answers the next entries to seal, those first that were begun
// first among those that are committed.
func waitingEntries(ctx context.Context, tx transaction) ([]audit.Kept, error) {
	var rows []auditRow
	err := tx.NewRaw(`SELECT a.id, a.at, a.actor_kind, a.actor_id, a.action, a.subject, a.detail
		FROM audit_unsealed AS u JOIN audit_entry AS a ON a.id = u.entry_id
		ORDER BY u.entry_id LIMIT ?`, sealBatch).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("reading what waits: %w", err)
	}
	entries := make([]audit.Kept, len(rows))
	for i, row := range rows {
		entries[i] = row.kept()
	}
	return entries, nil
}

func readHead(ctx context.Context, tx bun.IDB) (audit.Head, error) {
	var row struct {
		Sequence int64
		Hash     []byte
	}
	err := tx.NewRaw("SELECT sequence, hash FROM audit_seal ORDER BY sequence DESC LIMIT 1").Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return audit.Head{}, nil
	}
	if err != nil {
		return audit.Head{}, fmt.Errorf("reading the head: %w", err)
	}
	return audit.Head{Sequence: row.Sequence, Hash: hashOf(row.Hash)}, nil
}

// hashOf reads a hash; what is none becomes the zero one, which no link has.
func hashOf(kept []byte) audit.Hash {
	if len(kept) != len(audit.Hash{}) {
		return audit.Hash{}
	}
	return audit.Hash(kept)
}

func addSeals(ctx context.Context, tx transaction, head audit.Head, entries []audit.Kept) (audit.Head, error) {
	rows, ids := make([][]any, len(entries)), make([]int64, len(entries))
	for i, e := range entries {
		head = head.Next(e)
		hash := head.Hash // the row's own, which the next link does not overwrite
		rows[i], ids[i] = []any{head.Sequence, e.ID, hash[:]}, e.ID
	}
	_, err := tx.pgx.CopyFrom(ctx, pgx.Identifier{"audit_seal"}, []string{"sequence", "entry_id", "hash"}, pgx.CopyFromRows(rows))
	if err != nil {
		return audit.Head{}, fmt.Errorf("adding seals: %w", err)
	}
	if _, err := tx.pgx.Exec(ctx, "DELETE FROM audit_unsealed WHERE entry_id = ANY($1)", ids); err != nil {
		return audit.Head{}, fmt.Errorf("taking what is sealed from what waits: %w", err)
	}
	return head, nil
}

// verifyBatch is how many links are read by one statement.
const verifyBatch = 10_000

// Verification is what was found by Verify.
type Verification struct {
	Head     audit.Head
	Waiting  int64 // entries that wait to be sealed
	Findings int
}

// Verify walks the whole trail as it is at one instant. v is told what is found;
// total is called once with the number of links, done with how many more were
// walked. It holds one batch in memory, however long the trail is.
func (t *Trail) Verify(ctx context.Context, v *audit.Verifier, total, done func(int)) (Verification, error) {
	var result Verification
	tell := v.Tell
	v.Tell = func(f audit.Finding) {
		result.Findings++
		tell(f)
	}
	err := pgx.BeginTxFunc(ctx, t.db.Pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		var links int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM audit_seal").Scan(&links); err != nil {
			return fmt.Errorf("counting seals: %w", err)
		}
		total(links)
		if err := walk(ctx, tx, v, done); err != nil {
			return err
		}
		unsealed, waiting, err := countUnsealed(ctx, tx)
		result.Waiting = waiting
		v.End(unsealed)
		return err
	})
	result.Head = v.Head()
	if err != nil {
		return result, fmt.Errorf("verifying the audit trail: %w", err)
	}
	return result, nil
}

func walk(ctx context.Context, tx pgx.Tx, v *audit.Verifier, done func(int)) error {
	after := int64(-1 << 63)
	for {
		links, err := readLinks(ctx, tx, after)
		if err != nil {
			return fmt.Errorf("reading seals: %w", err)
		}
		if len(links) == 0 {
			return nil
		}
		for _, link := range links {
			v.Link(link)
		}
		after = links[len(links)-1].Sequence
		done(len(links))
	}
}

func readLinks(ctx context.Context, tx pgx.Tx, after int64) ([]audit.Sealed, error) {
	rows, err := tx.Query(ctx, `SELECT s.sequence, s.entry_id, s.hash, a.id, a.at, a.actor_kind, a.actor_id, a.action, a.subject,
			CASE WHEN jsonb_typeof(a.detail) = 'object'
				AND NOT jsonb_path_exists(a.detail, '$.* ? (@.type() != "string")') THEN a.detail END AS detail
		FROM audit_seal AS s LEFT JOIN audit_entry AS a ON a.id = s.entry_id
		WHERE s.sequence > $1 ORDER BY s.sequence LIMIT $2`, after, verifyBatch)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanLink)
}

func scanLink(row pgx.CollectableRow) (audit.Sealed, error) {
	var (
		link                  audit.Sealed
		hash                  []byte
		id                    *int64
		at                    pgtype.Timestamptz
		kind, action, subject *string
		actor                 pgtype.UUID
		detail                map[string]string
	)
	err := row.Scan(&link.Sequence, &link.EntryID, &hash, &id, &at, &kind, &actor, &action, &subject, &detail)
	if err != nil {
		return audit.Sealed{}, err
	}
	link.Hash = hashOf(hash)
	if id == nil || at.InfinityModifier != pgtype.Finite || detail == nil {
		return link, nil
	}
	link.Entry = &audit.Kept{ID: *id, Entry: audit.Entry{
		At: at.Time, ActorKind: audit.ActorKind(*kind), ActorID: uuid.UUID(actor.Bytes),
		Action: audit.Action(*action), Subject: *subject, Detail: detail,
	}}
	return link, nil
}

// countUnsealed counts the entries that have no seal: those that wait for one, and
// those that do not, as the sealer never leaves them.
func countUnsealed(ctx context.Context, tx pgx.Tx) (lost, waiting int64, err error) {
	err = tx.QueryRow(ctx, `SELECT count(*) FILTER (WHERE u.entry_id IS NULL), count(u.entry_id)
		FROM audit_entry AS a LEFT JOIN audit_unsealed AS u ON u.entry_id = a.id
		WHERE NOT EXISTS (SELECT FROM audit_seal AS s WHERE s.entry_id = a.id)`).Scan(&lost, &waiting)
	if err != nil {
		return 0, 0, fmt.Errorf("counting entries without a seal: %w", err)
	}
	return lost, waiting, nil
}
