package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Listener is told what is heard of changes of access. Each is called from one
// goroutine and must not take long.
type Listener interface {
	// Account is told that grants, organisations, status or sessions of an
	// account have changed.
	Account(id uuid.UUID)
	// Map is told that the map has changed.
	Map()
	// Everything is told that anything may have: at the beginning, and whenever
	// something may have been missed.
	Everything()
}

const (
	// listenerName is what the server's views call the connection.
	listenerName = "lfpse listener"
	accessName   = "access"
	mapName      = "map"

	// quiet is how long nothing is heard before the connection is tried: one whose
	// other end is gone without a word is silent, too.
	quiet      = 5 * time.Second
	tryAnswer  = 2 * time.Second
	firstRetry = 50 * time.Millisecond
	lastRetry  = 5 * time.Second
)

// Listen tells a listener what any process changes of access in the database,
// this one included, until the context ends. It has a connection of its own, and
// makes another where it loses it.
//
// Nothing that must be so rests on it: who a caller is, what they hold and which
// map is stored are read anew with each request. It makes sooner what would be
// noticed later.
func Listen(ctx context.Context, d *DB, to Listener, log *slog.Logger) {
	ear{db: d, to: to, log: log, quiet: quiet}.listen(ctx)
}

// ear is what listens.
type ear struct {
	db    *DB
	to    Listener
	log   *slog.Logger
	quiet time.Duration
}

func (e ear) listen(ctx context.Context) {
	for retry := firstRetry; ctx.Err() == nil; {
		heard, err := e.onConnection(ctx)
		if ctx.Err() != nil {
			return
		}
		// Whatever is told from here on is missed until there is another connection.
		e.to.Everything()
		e.log.WarnContext(ctx, "changes of access are not heard at once; the connection is made anew", "error", Discreet(err))
		if heard {
			retry = firstRetry
		}
		select {
		case <-ctx.Done():
		case <-time.After(retry):
		}
		retry = min(2*retry, lastRetry)
	}
}

// onConnection listens on one connection for as long as it lasts. heard is false
// where it never began.
func (e ear) onConnection(ctx context.Context) (heard bool, err error) {
	config := e.db.Pool.Config().ConnConfig
	config.RuntimeParams["application_name"] = listenerName
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return false, fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it is not used any more
	if _, err := conn.Exec(ctx, "LISTEN "+accessName); err != nil {
		return false, fmt.Errorf("listening: %w", err)
	}
	e.to.Everything()
	for {
		if err := e.next(ctx, conn); err != nil {
			return true, err
		}
	}
}

// next passes on one notification, or, where nothing is heard for a while, sees
// that the connection lives.
func (e ear) next(ctx context.Context, conn *pgx.Conn) error {
	waiting, stop := context.WithTimeout(ctx, e.quiet)
	defer stop()
	n, err := conn.WaitForNotification(waiting)
	if err == nil {
		e.pass(n.Payload)
		return nil
	}
	if !errors.Is(waiting.Err(), context.DeadlineExceeded) || conn.IsClosed() {
		return fmt.Errorf("waiting: %w", err)
	}
	trying, stop := context.WithTimeout(ctx, tryAnswer)
	defer stop()
	if err := conn.Ping(trying); err != nil {
		return fmt.Errorf("trying the connection: %w", err)
	}
	return nil
}

// pass understands what migration 0010 has told. What it does not understand
// may be anything.
func (e ear) pass(payload string) {
	if payload == mapName {
		e.to.Map()
		return
	}
	if id, err := uuid.Parse(payload); err == nil {
		e.to.Account(id)
		return
	}
	e.to.Everything()
}
