//go:build unix

package dbtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lfpse/db"
)

// databasePrefix begins the name of each database of a test:
// lfpse_test_<run>_<number>.
const databasePrefix = "lfpse_test_"

// run is one process's use of a server.
type run struct {
	server url.URL
	id     string

	// lease is a connection that holds an advisory lock on the run's id for as
	// long as the process lives: databases whose run is not locked are nobody's.
	lease *pgx.Conn

	// makers are the connections that databases are made and dropped over.
	makers *pgxpool.Pool

	last atomic.Int64 // number of the last database made

	made sync.Map // names of templates that are known to exist

	mu      sync.Mutex
	sharing map[string]*db.DB // by template
}

// startRun is the run of this process. It is a value computed once, and is
// kept in the package as nothing else spans the tests of a process.
var startRun = sync.OnceValues(func() (*run, error) {
	ctx := context.Background()
	server, err := serverURL(ctx)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(server)
	if err != nil {
		return nil, errors.New("LFPSE_TEST_SERVER is not a URL")
	}
	r := &run{
		server:  *u,
		id:      strings.ToLower(rand.Text()[:10]),
		sharing: map[string]*db.DB{},
	}
	if r.makers, err = pgxpool.New(ctx, server); err != nil {
		return nil, errors.New("LFPSE_TEST_SERVER is not the URL of a PostgreSQL server")
	}
	if r.lease, err = r.connect(ctx); err != nil {
		return nil, err
	}
	if _, err := r.lease.Exec(ctx, "SELECT pg_advisory_lock(hashtext($1), hashtext($2))", databasePrefix, r.id); err != nil {
		return nil, fmt.Errorf("taking out the lease: %w", err)
	}
	if err := r.sweep(ctx); err != nil {
		return nil, fmt.Errorf("clearing away what earlier runs left: %w", err)
	}
	return r, nil
})

func serverURL(ctx context.Context) (string, error) {
	if named := os.Getenv("LFPSE_TEST_SERVER"); named != "" {
		return named, nil
	}
	return ownServer(ctx)
}

// url is the URL of a database of the server.
func (r *run) url(database string) string {
	u := r.server
	u.Path = "/" + database
	return u.String()
}

// connect opens a connection to the server that is the caller's alone.
func (r *run) connect(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, r.server.String())
	if err != nil {
		return nil, fmt.Errorf("connecting to the server of the tests: %w", err)
	}
	return conn, nil
}

// create makes a database of this run as a copy of another. The files are
// copied: for databases as small as ours that takes half as long as going
// through the log, PostgreSQL's other way.
func (r *run) create(ctx context.Context, from string) (string, error) {
	name := fmt.Sprintf("%s%s_%d", databasePrefix, r.id, r.last.Add(1))
	if _, err := r.makers.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+from+" STRATEGY file_copy"); err != nil {
		return "", fmt.Errorf("copying %s: %w", from, err)
	}
	return name, nil
}

func (r *run) drop(ctx context.Context, name string) error {
	if _, err := r.makers.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("dropping %s: %w", name, err)
	}
	return nil
}

// shared returns the one open database for the options.
func (r *run) shared(ctx context.Context, opts []Option) (*db.DB, error) {
	t, err := newTemplate(opts)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if d := r.sharing[t.name()]; d != nil {
		return d, nil
	}
	d, err := r.copy(ctx, t)
	if err != nil {
		return nil, err
	}
	r.sharing[t.name()] = d
	return d, nil
}

// fresh opens a new database for the options.
func (r *run) fresh(ctx context.Context, opts []Option) (*db.DB, error) {
	t, err := newTemplate(opts)
	if err != nil {
		return nil, err
	}
	return r.copy(ctx, t)
}

// copy opens a new copy of a template, which it makes where it is missing.
func (r *run) copy(ctx context.Context, t *template) (*db.DB, error) {
	if err := r.ensure(ctx, t); err != nil {
		return nil, fmt.Errorf("making the template: %w", err)
	}
	name, err := r.create(ctx, t.name())
	if err != nil {
		return nil, err
	}
	d, err := db.Open(context.WithoutCancel(ctx), r.url(name), db.WithApplicationName("lfpse test"), db.WithMaxConns(8))
	if err != nil {
		return nil, errors.Join(err, r.drop(ctx, name))
	}
	return d, nil
}

// sweep drops the databases of runs that have ended without doing so.
func (r *run) sweep(ctx context.Context) error {
	conn, err := r.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", databasePrefix)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := dropIfNobodys(ctx, conn, name); err != nil {
			return err
		}
	}
	return nil
}

func dropIfNobodys(ctx context.Context, conn *pgx.Conn, name string) error {
	id, _, _ := strings.Cut(strings.TrimPrefix(name, databasePrefix), "_")
	var nobodys bool
	err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock(hashtext($1), hashtext($2))", databasePrefix, id).Scan(&nobodys)
	if err != nil || !nobodys {
		return err
	}
	_, err = conn.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)")
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "SELECT pg_advisory_unlock(hashtext($1), hashtext($2))", databasePrefix, id)
	return err
}
