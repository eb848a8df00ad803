package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"lfpse/db/embedded"
)

// lab is what is measured, and what it is measured with.
type lab struct {
	o       options
	log     *slog.Logger
	data    string // the folder of the database and of the service's keys
	server  *embedded.Server
	url     string
	pool    *pgxpool.Pool
	master  int // the database server's process
	service *program
	idle    int64 // bytes that the service holds before it is asked anything
	yard    *program
	graph   *program // PostGraphile
	people  *people
}

// openLab starts everything, making what is missing.
func openLab(ctx context.Context, log *slog.Logger, o options) (*lab, error) {
	l := &lab{o: o, log: log, data: filepath.Join(o.dir, strconv.Itoa(o.events))}
	if err := l.open(ctx); err != nil {
		return nil, errors.Join(err, l.close())
	}
	return l, nil
}

func (l *lab) open(ctx context.Context) error {
	if err := os.MkdirAll(l.data, 0o711); err != nil { // the database server's account passes through
		return fmt.Errorf("making the folder of the databases: %w", err)
	}
	for _, step := range []func(context.Context) error{
		l.startDatabase, l.startService, l.seed, l.startYardsticks, l.startPostGraphile,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// close stops whatever runs.
func (l *lab) close() error {
	err := errors.Join(l.graph.stop(), l.yard.stop(), l.service.stop())
	if l.pool != nil {
		l.pool.Close()
	}
	return errors.Join(err, l.stopDatabase())
}

func (l *lab) stopDatabase() error {
	if l.server == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return l.server.Stop(ctx)
}

const database = "lfpse"

// startDatabase starts the server with what counts statements loaded.
func (l *lab) startDatabase(ctx context.Context) error {
	if err := l.connect(ctx); err != nil {
		return err
	}
	var loaded string
	if err := l.pool.QueryRow(ctx, "SHOW shared_preload_libraries").Scan(&loaded); err != nil {
		return fmt.Errorf("asking what the database server has loaded: %w", err)
	}
	if loaded == "" {
		if _, err := l.pool.Exec(ctx, "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'"); err != nil {
			return fmt.Errorf("having statements counted: %w", err)
		}
		l.pool.Close()
		if err := l.stopDatabase(); err != nil {
			return err
		}
		if err := l.connect(ctx); err != nil {
			return err
		}
	}
	for _, sql := range []string{
		"CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
		"ALTER SYSTEM SET pg_stat_statements.track_utility = off",
		"SELECT pg_reload_conf()",
	} {
		if _, err := l.pool.Exec(ctx, sql); err != nil {
			return fmt.Errorf("having statements counted: %w", err)
		}
	}
	return l.findMaster(ctx)
}

func (l *lab) connect(ctx context.Context) (err error) {
	l.server, err = embedded.Start(ctx, embedded.Options{Dir: filepath.Join(l.data, "postgres"), Durable: true})
	if err != nil {
		return err
	}
	if err := l.server.EnsureDatabase(ctx, database); err != nil {
		return err
	}
	l.url = l.server.URL(database)
	config, err := pgxpool.ParseConfig(l.url)
	if err != nil {
		return fmt.Errorf("reading the database's URL: %w", err)
	}
	config.MaxConns = 4
	if l.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	return nil
}

// findMaster finds the process above those of all connections.
func (l *lab) findMaster(ctx context.Context) error {
	var own int
	if err := l.pool.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&own); err != nil {
		return fmt.Errorf("asking for the database server's process: %w", err)
	}
	s, err := statOf(own)
	if err != nil {
		return fmt.Errorf("finding the database server's process: %w", err)
	}
	l.master = s.parent
	return nil
}

// command is one of the service's, over the database.
func (l *lab) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, l.o.lfpse, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Env = append(os.Environ(), "LFPSE_DATABASE_URL="+l.url, "LFPSE_DATA="+l.data, "LFPSE_LOG_LEVEL=warn")
	return cmd
}

// tell runs a command of the service's.
func (l *lab) tell(ctx context.Context, args ...string) error {
	out, err := l.command(ctx, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("lfpse %s: %w: %s", args[0], err, out)
	}
	return nil
}

func (l *lab) startService(ctx context.Context) error {
	if err := l.tell(ctx, "keys", "create"); err != nil {
		return err
	}
	address, err := freeAddress()
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	l.service, err = startProgram(ctx, "the service", address, l.command(context.WithoutCancel(ctx), "serve", "--port", port))
	if err != nil {
		return err
	}
	// Its port is open before its tables are there.
	if _, err := once(ctx, address, []byte("GET /readyz HTTP/1.1\r\nHost: bench\r\n\r\n")); err != nil {
		return fmt.Errorf("waiting for the service: %w: %s", err, l.service.said)
	}
	l.idle, err = peak(l.service.cmd.Process.Pid)
	return err
}

func (l *lab) startYardsticks(ctx context.Context) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	cmd := exec.Command(self, yardsticksCommand)
	cmd.Env = append(os.Environ(), "BENCH_DATABASE_URL="+l.url, "BENCH_ADDRESS="+address)
	l.yard, err = startProgram(ctx, "the yardsticks", address, cmd)
	return err
}

// startPostGraphile starts it where it is wanted.
func (l *lab) startPostGraphile(ctx context.Context) error {
	if !l.o.compares(postGraphile) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(l.o.postgraphile, "node_modules")); err != nil {
		return fmt.Errorf("PostGraphile is not installed in %s: npm ci there, or leave it out by -systems", l.o.postgraphile)
	}
	address, err := freeAddress()
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	cmd := exec.Command("node", "server.mjs")
	cmd.Dir = l.o.postgraphile
	cmd.Env = append(os.Environ(), "NODE_ENV=production", "GRAPHILE_ENV=production", "DATABASE_URL="+l.url, "PORT="+port)
	l.graph, err = startProgram(ctx, "PostGraphile", address, cmd)
	return err
}
