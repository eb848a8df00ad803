package db

import (
	"context"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"lfpse/internal/notification"
)

// The migrations of a test are its own.
var (
	MigrateUpFrom       = migrateUp
	MigrateDownTo       = migrateDown
	MigrationStatusFrom = migrationStatus
)

// Submitted are the statuses of which a reader who sees all of an area is known to see all.
var Submitted = submitted

// InTransaction makes a change that people are told of, as the stores do.
func (o *Outbox) InTransaction(ctx context.Context, d *bun.DB, do func(context.Context, bun.IDB) ([]notification.Mail, error)) error {
	return o.inTransaction(ctx, d, do)
}

// ListenAndTry is Listen that tries its connection after so long a silence.
func ListenAndTry(ctx context.Context, d *DB, to Listener, log *slog.Logger, quiet time.Duration) {
	ear{db: d, to: to, log: log, quiet: quiet}.listen(ctx)
}

// Name names a request's caller, as the statement does that reads a session.
func Name(ctx context.Context, d *DB) error {
	var at string
	if err := d.NewRaw("SELECT ?", askedPosition(ctx)).Scan(ctx, &at); err != nil {
		return err
	}
	return notePosition(ctx, at)
}

// Reading answers what do reads, wherever that is.
func Reading[T any](ctx context.Context, d *bun.DB, do func(context.Context, bun.IDB) (T, error)) (T, error) {
	return reading(ctx, d, do)
}

// TextsRow is a row of texts in the forms in which columns have them.
type TextsRow struct {
	Plain    string
	Optional *string
	List     []string
}

// ReadTexts reads rows of texts by a statement that is planned once, or for its values.
func ReadTexts(ctx context.Context, d *bun.DB, rows int, once bool) (all []TextsRow, err error) {
	read := planned[TextsRow]
	if once {
		read = prepared[TextsRow]
	}
	query := bun.SafeQuery(`SELECT 'plain ' || n % 13, CASE WHEN n % 3 > 0 THEN 'é' || n % 7 END,
		CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '{}' ELSE ARRAY['"', 'b' || n, ''] END FROM generate_series(0, ?::int - 1) AS n`, rows)
	into := func(r *TextsRow) []any { return []any{textTo(&r.Plain), optionalTextTo(&r.Optional), textsTo(&r.List)} }
	err = read(ctx, d, query, into, func(row *TextsRow) { all = append(all, *row) })
	return all, err
}
