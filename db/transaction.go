package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
)

// transaction is one transaction seen two ways: as bun's, for queries that are
// built, and as pgx's, which the queue of mails speaks.
type transaction struct {
	bun.IDB
	pgx pgx.Tx
}

// inTransaction commits what do did, or, where it answers an error or panics,
// undoes all of it.
func inTransaction(ctx context.Context, d *bun.DB, do func(context.Context, transaction) error) error {
	conn, err := d.Conn(ctx)
	if err != nil {
		return fmt.Errorf("taking a connection: %w", err)
	}
	return errors.Join(onConnection(ctx, conn, do), conn.Close())
}

// onConnection is inTransaction on a connection that the caller holds. bun's
// own transactions do not let go of the connection under them, so pgx begins
// this one, and bun speaks on the same connection meanwhile.
func onConnection(ctx context.Context, conn bun.Conn, do func(context.Context, transaction) error) error {
	tx, err := begin(ctx, conn)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	// After a commit this does nothing. A connection that cannot even undo is
	// thrown away by its pool.
	defer end(conn, func() error { return tx.Rollback(context.WithoutCancel(ctx)) }) //nolint:errcheck // see above
	if err := do(ctx, transaction{IDB: conn, pgx: tx}); err != nil {
		return err
	}
	if err := end(conn, func() error { return tx.Commit(ctx) }); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// end ends a transaction on its connection, unless that is the pool's again: so it is
// once bun has found it broken, however that came about.
func end(conn bun.Conn, how func() error) error {
	return conn.Raw(func(any) error { return how() })
}

func begin(ctx context.Context, conn bun.Conn) (tx pgx.Tx, err error) {
	err = conn.Raw(func(driver any) error {
		own, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the connection is a %T, not pgx's", driver)
		}
		tx, err = own.Conn().Begin(ctx)
		return err
	})
	return tx, err
}
