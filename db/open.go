// Package db keeps the service's records in PostgreSQL.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// DB is one pool of connections seen two ways: as bun's database, for queries
// that are built, and as pgx's pool, for COPY, LISTEN and hot paths. A
// statement is counted and timed whichever way it takes.
type DB struct {
	*bun.DB
	Pool *pgxpool.Pool
}

// Option changes how Open opens a database.
type Option func(*settings)

type settings struct {
	application      string
	role             string // that every connection assumes; empty for the URL's own
	statementTimeout time.Duration
	maxConns         int32 // 0: what the URL says, else defaultMaxConns
	slow             time.Duration
	log              *slog.Logger
}

const (
	// defaultMaxConns leaves room for four copies of the service on a server
	// that takes PostgreSQL's usual hundred connections.
	defaultMaxConns = 20

	// mostPrepared is how many statements a connection keeps prepared. Readers of
	// one role share their texts; a plan takes some 100 kB of the server's memory.
	mostPrepared = 128

	// idleInTransaction is how long a transaction may do nothing: what it has
	// locked, others wait for.
	idleInTransaction = time.Minute
)

// WithApplicationName sets the name that the server's own views show for these
// connections; "lfpse" by default.
func WithApplicationName(name string) Option {
	return func(s *settings) { s.application = name }
}

// WithRole has every connection assume a role, from its beginning: RESET ROLE
// comes back to it.
func WithRole(name string) Option {
	return func(s *settings) { s.role = name }
}

// WithStatementTimeout sets how long the server lets a statement run; 30
// seconds by default, 0 for ever.
func WithStatementTimeout(d time.Duration) Option {
	return func(s *settings) { s.statementTimeout = d }
}

// WithMaxConns sets the size of the pool; by default the URL's pool_max_conns,
// else 20.
func WithMaxConns(n int32) Option {
	return func(s *settings) { s.maxConns = n }
}

// WithSlowLog has statements that take at least d logged by their shape,
// without any value.
func WithSlowLog(log *slog.Logger, d time.Duration) Option {
	return func(s *settings) { s.log, s.slow = log, d }
}

// Open opens the database at a PostgreSQL URL and sees that it answers. The
// caller closes it. No error repeats the URL, which holds a password.
func Open(ctx context.Context, url string, opts ...Option) (*DB, error) {
	config, err := settingsOf(opts).config(url)
	if err != nil {
		return nil, err
	}
	return open(ctx, config)
}

func open(ctx context.Context, config *pgxpool.Config) (*DB, error) {
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	return &DB{DB: bun.NewDB(stdlib.OpenDBFromPool(pool), pgdialect.New()), Pool: pool}, nil
}

func settingsOf(opts []Option) settings {
	s := settings{
		application:      "lfpse",
		statementTimeout: 30 * time.Second,
		log:              slog.New(slog.DiscardHandler),
	}
	for _, o := range opts {
		o(&s)
	}
	return s
}

// config turns a URL into the configuration of the pool.
func (s settings) config(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		// pgx's message quotes the URL, and hides the password only where the
		// URL is well formed enough for it to be found.
		return nil, errors.New("opening the database: its URL is not of the form postgres://user:password@host/database")
	}
	switch {
	case s.maxConns > 0:
		config.MaxConns = s.maxConns
	case !strings.Contains(url, "pool_max_conns"):
		config.MaxConns = defaultMaxConns
	}
	config.MaxConnIdleTime = 5 * time.Minute
	config.MaxConnLifetimeJitter = 5 * time.Minute
	config.AfterConnect = prepareConn

	// bun writes values into the text of a statement, so no two statements
	// are alike: a cache of prepared ones would cost a round trip each and never
	// be used. What prepared sends has texts of its own, and is kept.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.ConnConfig.StatementCacheCapacity = mostPrepared
	config.ConnConfig.Tracer = &tracer{log: s.log, slow: s.slow}
	for name, value := range map[string]string{
		"application_name":                    s.application,
		"statement_timeout":                   milliseconds(s.statementTimeout),
		"idle_in_transaction_session_timeout": milliseconds(idleInTransaction),
		"timezone":                            "UTC",
		// What has parameters is planned once for all values; what must be planned
		// for its values has them in its text.
		"plan_cache_mode": "force_generic_plan",
		// How bun and pgx quote a string is safe under these and only these.
		"standard_conforming_strings": "on",
		"client_encoding":             "UTF8",
	} {
		config.ConnConfig.RuntimeParams[name] = value
	}
	if s.role != "" {
		config.ConnConfig.RuntimeParams["role"] = s.role
	}
	return config, nil
}

// prepareConn has times read as UTC, whatever the zone of this machine.
func prepareConn(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name:  "timestamptz",
		OID:   pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// Close closes the pool. It waits for connections that are in use.
func (d *DB) Close() error {
	err := d.DB.Close()
	d.Pool.Close()
	if err != nil && !errors.Is(err, sql.ErrConnDone) {
		return fmt.Errorf("closing the database: %w", err)
	}
	return nil
}

func milliseconds(d time.Duration) string {
	return strconv.FormatInt(d.Milliseconds(), 10)
}
