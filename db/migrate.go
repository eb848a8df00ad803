package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"

	"lfpse/db/migrations"
)

// ErrNewerDatabase is returned when a database has had migrations that this
// program does not know: a newer version of it has been here.
var ErrNewerDatabase = errors.New("the database was made by a newer version of this program")

const (
	// migrationsTable is where bun keeps which migrations have been applied.
	migrationsTable = "bun_migrations"

	// migrationsLock is the advisory lock that one migrator of a database holds
	// at a time: "lfpse" in ASCII. Unlike bun's own, which is a row, it ends
	// with the connection that took it and is never left behind by a crash.
	migrationsLock = 0x6c66707365

	// migrationsLockTimeout is how long a migration waits for a table. Whoever
	// asks for that table after it waits behind it, so a migration that does
	// not get its lock gives up rather than stop the service.
	migrationsLockTimeout = "10s"
)

// Migration is one step in the making of the database.
type Migration struct {
	Name      string    // such as "0001_core"
	Group     int64     // those applied by one call share it; 0 when not applied
	AppliedAt time.Time // zero when not applied
}

// MigrateUp applies the service's migrations that the database has not had, each
// in a transaction together with the note that it was applied. It returns those
// it applied, also when it fails after some of them. Of several processes that
// migrate at once one does the work and the others wait for it.
//
// The connection must be to the server itself: through a pooler that shares
// connections between transactions there would be no lock.
func MigrateUp(ctx context.Context, d *DB) ([]Migration, error) {
	return migrateUp(ctx, d, migrations.Files)
}

// MigrateDown takes back the migrations of the last call of MigrateUp that
// applied any, the newest first, and returns those it took back. What is in the
// tables they made is lost.
func MigrateDown(ctx context.Context, d *DB) ([]Migration, error) {
	return migrateDown(ctx, d, migrations.Files)
}

// MigrationStatus returns the service's migrations in their order, those that
// the database has had and those that it has not.
func MigrationStatus(ctx context.Context, d *DB) ([]Migration, error) {
	return migrationStatus(ctx, d, migrations.Files)
}

func migrateUp(ctx context.Context, d *DB, files fs.FS) (done []Migration, err error) {
	m, err := newMigrator(ctx, d, files)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	known, err := m.status(ctx)
	if err != nil {
		return nil, err
	}
	group := known.LastGroupID() + 1
	for _, step := range known.Unapplied() {
		step.GroupID = group
		if err := m.up(ctx, &step); err != nil {
			return done, fmt.Errorf("applying migration %s: %w", step, err)
		}
		done = append(done, public(step))
	}
	return done, nil
}

func migrateDown(ctx context.Context, d *DB, files fs.FS) (done []Migration, err error) {
	m, err := newMigrator(ctx, d, files)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	known, err := m.status(ctx)
	if err != nil {
		return nil, err
	}
	for _, step := range slices.Backward(known.LastGroup().Migrations) {
		if err := m.down(ctx, &step); err != nil {
			return done, fmt.Errorf("taking back migration %s: %w", step, err)
		}
		done = append(done, public(step))
	}
	return done, nil
}

func migrationStatus(ctx context.Context, d *DB, files fs.FS) ([]Migration, error) {
	known, err := discover(files)
	if err != nil {
		return nil, err
	}
	known, err = statusOf(ctx, d, known)
	if err != nil {
		return nil, err
	}
	all := make([]Migration, len(known))
	for i, m := range known {
		all[i] = public(m)
	}
	return all, nil
}

func public(m migrate.Migration) Migration {
	return Migration{Name: m.String(), Group: m.GroupID, AppliedAt: m.MigratedAt}
}

// migrator migrates over one connection, which holds the lock.
type migrator struct {
	files fs.FS
	known migrate.MigrationSlice
	db    *DB
	conn  bun.Conn
}

// newMigrator waits for the lock and takes it.
func newMigrator(ctx context.Context, d *DB, files fs.FS) (*migrator, error) {
	known, err := discover(files)
	if err != nil {
		return nil, err
	}
	// A connection outside the pool: closing it is sure to let go of the lock,
	// and a migration may take longer than a statement of the service may.
	config := d.Pool.Config()
	config.MaxConns, config.MinConns, config.MinIdleConns = 1, 0, 0
	config.ConnConfig.RuntimeParams["application_name"] = "lfpse migrate"
	config.ConnConfig.RuntimeParams["statement_timeout"] = "0"
	own, err := open(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("migrating: %w", err)
	}
	m := &migrator{files: files, known: known, db: own}
	if err := m.lock(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("waiting for other migrators: %w", err), own.Close())
	}
	return m, nil
}

func (m *migrator) lock(ctx context.Context) error {
	conn, err := m.db.Conn(ctx)
	if err != nil {
		return err
	}
	m.conn = conn
	// If this process is killed, let the server notice and end its statement
	// and its lock. Not every system lets a server notice; then both end when the
	// statement does.
	_, _ = conn.ExecContext(ctx, "SET client_connection_check_interval = '1s'")
	_, err = conn.ExecContext(ctx, "SELECT pg_advisory_lock(?)", migrationsLock)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	return nil
}

func (m *migrator) close() error {
	if err := errors.Join(m.conn.Close(), m.db.Close()); err != nil {
		return fmt.Errorf("ending the migration: %w", err)
	}
	return nil
}

func (m *migrator) status(ctx context.Context) (migrate.MigrationSlice, error) {
	_, err := m.conn.NewCreateTable().Model((*migrate.Migration)(nil)).ModelTableExpr(migrationsTable).IfNotExists().Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("making the table of migrations: %w", err)
	}
	return statusOf(ctx, m.conn, m.known)
}

func (m *migrator) up(ctx context.Context, step *migrate.Migration) error {
	if err := m.riverBefore(ctx, step.String()); err != nil {
		return err
	}
	return m.run(ctx, upFile(*step), func(tx transaction) error {
		if err := riverUp(ctx, tx, step.String()); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(step).ModelTableExpr(migrationsTable).Returning("*").Exec(ctx)
		return err
	})
}

func (m *migrator) down(ctx context.Context, step *migrate.Migration) error {
	return m.run(ctx, downFile(*step), func(tx transaction) error {
		if err := riverDown(ctx, tx, step.String()); err != nil {
			return err
		}
		_, err := tx.NewDelete().Model(step).ModelTableExpr(migrationsTable).Where("id = ?", step.ID).Exec(ctx)
		return err
	})
}

// run runs a file, what belongs to it, and makes a note of it: all or nothing.
func (m *migrator) run(ctx context.Context, file string, note func(transaction) error) error {
	statements, err := fs.ReadFile(m.files, file)
	if err != nil {
		return fmt.Errorf("reading it: %w", err)
	}
	return onConnection(ctx, m.conn, func(ctx context.Context, tx transaction) error {
		if _, err := tx.ExecContext(ctx, "SET LOCAL lock_timeout = '"+migrationsLockTimeout+"'"); err != nil {
			return fmt.Errorf("limiting its wait for locks: %w", err)
		}
		if _, err := tx.ExecContext(ctx, string(statements)); err != nil {
			return fmt.Errorf("running %s: %w", file, ofOurFile(err))
		}
		if err := note(tx); err != nil {
			return fmt.Errorf("making a note of it: %w", err)
		}
		return nil
	})
}

// ofOurFile returns an error of a migration with as much of its message as
// speaks of the file: errors of syntax and of names that do not exist (class 42)
// quote nothing else, whereas errors about data may quote the data.
func ofOurFile(err error) error {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && strings.HasPrefix(pgErr.Code, "42") {
		return err
	}
	return Discreet(err)
}

// discover finds the migrations and sees that each can be taken back.
func discover(files fs.FS) (migrate.MigrationSlice, error) {
	found := migrate.NewMigrations()
	if err := found.Discover(files); err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	known := found.Sorted()
	for _, m := range known {
		for _, file := range []string{upFile(m), downFile(m)} {
			if _, err := fs.Stat(files, file); err != nil {
				return nil, fmt.Errorf("reading migration %s: %w", m, err)
			}
		}
	}
	return known, nil
}

func upFile(m migrate.Migration) string   { return m.String() + ".up.sql" }
func downFile(m migrate.Migration) string { return m.String() + ".down.sql" }

// statusOf completes the known migrations with what the database has had.
func statusOf(ctx context.Context, conn bun.IDB, known migrate.MigrationSlice) (migrate.MigrationSlice, error) {
	var exists bool
	if err := conn.NewRaw("SELECT to_regclass(?) IS NOT NULL", migrationsTable).Scan(ctx, &exists); err != nil {
		return nil, fmt.Errorf("looking for the table of migrations: %w", err)
	}
	if !exists {
		return known, nil
	}
	var applied migrate.MigrationSlice
	if err := conn.NewSelect().ColumnExpr("*").Model(&applied).ModelTableExpr(migrationsTable).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the table of migrations: %w", err)
	}
	for _, a := range applied {
		i := slices.IndexFunc(known, func(m migrate.Migration) bool { return m.Name == a.Name })
		if i < 0 {
			return nil, fmt.Errorf("%w: it has had migration %s", ErrNewerDatabase, a.Name)
		}
		known[i].ID, known[i].GroupID, known[i].MigratedAt = a.ID, a.GroupID, a.MigratedAt
	}
	return known, nil
}
