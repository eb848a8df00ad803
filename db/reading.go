package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// reading answers what do reads: at a replica, where the request may be answered
// from one, and otherwise, or where that fails, at the primary. do may run twice,
// and so begins with nothing; it writes nothing.
func reading[T any](ctx context.Context, primary *bun.DB, do func(context.Context, bun.IDB) (T, error)) (T, error) {
	j := freeJourney(ctx)
	r, needs := j.at()
	if r == nil {
		return do(ctx, primary)
	}
	answer, err := readingAt(ctx, r, needs, do)
	if err == nil || ctx.Err() != nil || isAnswer(err) {
		return answer, err
	}
	r.failed(ctx, needs, err)
	j.toPrimary()
	return do(ctx, primary)
}

// isAnswer tells whether an error is what the primary would answer too: that there
// is no row, or that an area's rows cannot be counted.
func isAnswer(err error) bool { return errors.Is(err, sql.ErrNoRows) || isUnsettled(err) }

func readingAt[T any](ctx context.Context, r *replica, needs position, do func(context.Context, bun.IDB) (T, error)) (answer T, err error) {
	ctx, done, err := r.while(ctx)
	if err != nil {
		return answer, err
	}
	defer done()
	conn, err := r.db.Conn(ctx)
	if err != nil {
		return answer, gone(ctx, err)
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool, which looks at it
	err = onDriver(ctx, conn, func(own *pgx.Conn) error { return r.awaits(ctx, own, needs) })
	if errors.Is(err, errBehind) {
		return answer, err
	}
	if err != nil {
		return answer, gone(ctx, err)
	}
	answer, err = do(ctx, conn)
	if err != nil && isLost(ctx, conn) {
		err = gone(ctx, err)
	}
	return answer, err
}

// isLost tells whether a connection has ended.
func isLost(ctx context.Context, conn bun.Conn) bool {
	lost := true
	_ = onDriver(context.WithoutCancel(ctx), conn, func(own *pgx.Conn) error { // an error: it is lost
		lost = own.IsClosed()
		return nil
	})
	return lost
}

// readRows answers the rows of a statement that is planned for its values.
func readRows[T any](ctx context.Context, primary *bun.DB, sql string, args ...any) ([]T, error) {
	return reading(ctx, primary, func(ctx context.Context, q bun.IDB) (rows []T, err error) {
		err = q.NewRaw(sql, args...).Scan(ctx, &rows)
		return rows, err
	})
}

// readCount answers the one number of a statement that counts.
func readCount(ctx context.Context, primary *bun.DB, sql string, args ...any) (int, error) {
	return reading(ctx, primary, func(ctx context.Context, q bun.IDB) (n int, err error) {
		err = q.NewRaw(sql, args...).Scan(ctx, &n)
		return n, err
	})
}

// readPrepared answers what keep makes of the rows of a statement that is planned
// once: see prepared.
func readPrepared[T, R any](ctx context.Context, primary *bun.DB, query schema.QueryWithArgs, columns func(*T) []any, keep func(*T) R) ([]R, error) {
	return reading(ctx, primary, func(ctx context.Context, q bun.IDB) (kept []R, err error) {
		err = prepared(ctx, q, query, columns, func(row *T) { kept = append(kept, keep(row)) })
		return kept, err
	})
}
