package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

const (
	// lookTime is how long a replica may take to say how far it is.
	lookTime = time.Second
	// A replica that is used is looked at every lookUsed; one that fell behind, every
	// lookBehind; one that is away after firstLook, then twice as long each time, up
	// to lastLook.
	lookUsed   = time.Second
	lookBehind = 100 * time.Millisecond
	firstLook  = 250 * time.Millisecond
	lastLook   = 15 * time.Second
	// A read waits so long for a replica to catch up, first and in all.
	firstWait  = time.Millisecond
	longestLag = 60 * time.Millisecond
	// longBehind is from when on the log tells that a replica is behind.
	longBehind = 10 * time.Second
)

var (
	errBehind = errors.New("the replica is behind")
	errAway   = errors.New("the replica is away")
	errLeft   = errors.New("the replica was left already")
)

// replica is one server that follows the primary.
type replica struct {
	number int
	system string // of which it must be
	db     *DB
	log    *slog.Logger
	wake   chan struct{} // has watch look at once

	mu   sync.Mutex
	used bool
	// lost ends what runs at the replica, once it is away.
	lost     context.Context
	lose     context.CancelCauseFunc
	awaited  position // what it is not used before, where it fell behind
	behind   time.Time
	seen     position // how far it was at least
	seenOf   string   // when the server was started that was seen
	told     bool     // that it is away, or long behind
	everUsed bool
}

// openReplica makes the pool of a replica, without a connection.
func openReplica(ctx context.Context, number int, url, system string, log *slog.Logger, opts []Option) (*replica, error) {
	config, err := settingsOf(opts).config(url)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.ConnectTimeout = lookTime
	config.ConnConfig.RuntimeParams["default_transaction_read_only"] = "on"
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	d := &DB{DB: bun.NewDB(stdlib.OpenDBFromPool(pool), pgdialect.New()), Pool: pool}
	return &replica{number: number, system: system, db: d, log: log.With("replica", number), wake: make(chan struct{}, 1)}, nil
}

// How a replica stands.
const (
	standsUsed   = "used"
	standsBehind = "behind"
	standsAway   = "away"
)

func (r *replica) standing() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case !r.used:
		return standsAway
	case r.awaited != (position{}):
		return standsBehind
	}
	return standsUsed
}

// watch looks at the replica again and again.
func (r *replica) watch(ctx context.Context) {
	for pause := firstLook; ctx.Err() == nil; {
		err := r.visit(ctx)
		if ctx.Err() != nil {
			return
		}
		var next time.Duration
		switch {
		case err == nil:
			next, pause = lookUsed, firstLook
		case errors.Is(err, errBehind):
			next, pause = lookBehind, firstLook
		default:
			r.leave(ctx, err)
			next, pause = pause, min(2*pause, lastLook)
		}
		select {
		case <-ctx.Done():
		case <-r.wake:
		case <-time.After(next):
		}
	}
}

// visit looks at the replica and takes it where it can be used.
func (r *replica) visit(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	conn, err := r.db.Pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := r.ask(ctx, conn.Conn()); err != nil {
		return err
	}
	return r.take(ctx)
}

// startedKey is under which a connection keeps when its server was started.
const startedKey = "started"

// ask asks the replica how far it is, and remembers the answer.
func (r *replica) ask(ctx context.Context, conn *pgx.Conn) (position, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	l, err := looking(ctx, conn)
	switch {
	case err != nil:
		return position{}, fmt.Errorf("asking the replica how far it is: %w", err)
	case !l.following:
		return position{}, errors.New("the server follows no other")
	case l.system != r.system:
		return position{}, errors.New("the server is of another database system")
	case !l.readable:
		return position{}, errors.New("its database has no events that the role may read")
	}
	conn.PgConn().CustomData()[startedKey] = l.started
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seenOf != l.started || l.at.timeline != r.seen.timeline || l.at.byte > r.seen.byte {
		r.seen, r.seenOf = l.at, l.started
	}
	return l.at, nil
}

// take has the replica used, unless it is to catch up first.
func (r *replica) take(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.used {
		r.used = true
		r.lost, r.lose = context.WithCancelCause(context.WithoutCancel(ctx))
	}
	if r.awaited != (position{}) && !r.seen.reaches(r.awaited) {
		if !r.told && time.Since(r.behind) > longBehind {
			r.told = true
			r.log.WarnContext(ctx, "the replica is behind, and not used", "since", r.behind)
		}
		return errBehind
	}
	r.awaited = position{}
	if r.told || !r.everUsed {
		r.log.InfoContext(ctx, "the replica is used")
	}
	r.told, r.everUsed = false, true
	return nil
}

// leave has the replica no longer used, ends what runs there, and forgets its
// connections.
func (r *replica) leave(ctx context.Context, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.used {
		r.lose(errLeft)
		r.db.Pool.Reset()
	}
	if !r.told {
		r.log.WarnContext(ctx, "the replica is away, and not used", "error", Discreet(why))
	}
	r.used, r.told, r.everUsed = false, true, true
}

// fellBehind has the replica not used before it has what a read waited for.
func (r *replica) fellBehind(needs position) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.awaited == (position{}) {
		r.behind = time.Now()
	}
	r.awaited = needs
	r.lookNow()
}

func (r *replica) lookNow() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// while is a context for something done at the replica, which ends when the
// replica is away.
func (r *replica) while(ctx context.Context) (context.Context, context.CancelFunc, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.used {
		return nil, nil, errLeft
	}
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(r.lost, func() { cancel(errLeft) })
	return ctx, func() { stop(); cancel(context.Canceled) }, nil
}

// awaits returns when the server of a connection has everything up to a position,
// errBehind where that takes too long.
func (r *replica) awaits(ctx context.Context, conn *pgx.Conn, needs position) error {
	if r.has(conn, needs) {
		return nil
	}
	for pause, waited := firstWait, time.Duration(0); ; pause, waited = 2*pause, waited+pause {
		at, err := r.ask(ctx, conn)
		if err != nil {
			return err
		}
		if at.reaches(needs) {
			return nil
		}
		if waited > longestLag {
			return errBehind
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}

// has tells whether the server of a connection is known to have everything up to
// a position. It does not go back while it runs.
func (r *replica) has(conn *pgx.Conn, needs position) bool {
	started, _ := conn.PgConn().CustomData()[startedKey].(string)
	r.mu.Lock()
	defer r.mu.Unlock()
	return started != "" && started == r.seenOf && r.seen.reaches(needs)
}

// gone is the error of a replica that does not answer: errLeft under a context
// of while that ended for that.
func gone(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errLeft) {
		return errLeft
	}
	return fmt.Errorf("%w: %w", errAway, err)
}

// failed looks at why a read failed at the replica, and has it left out where
// the next would fail too.
func (r *replica) failed(ctx context.Context, needs position, err error) {
	var refused *pgconn.PgError
	switch {
	case errors.Is(err, errLeft):
	case errors.Is(err, errBehind):
		r.fellBehind(needs)
	case errors.Is(err, errAway), errors.As(err, &refused) && isServersEnd(refused.Code):
		r.leave(ctx, err)
		r.lookNow()
	default:
		r.log.DebugContext(ctx, "a read is made anew at the primary", "error", Discreet(err))
	}
}

// isServersEnd tells whether a code says that the server ends, begins or has no
// room, rather than anything of the statement.
func isServersEnd(code string) bool {
	if code == codeQueryCanceled { // of the same class: the statement took too long
		return false
	}
	return slices.ContainsFunc([]string{"08", "28", "53", "57", "58", "F0", "XX"}, func(class string) bool {
		return strings.HasPrefix(code, class)
	})
}

const codeQueryCanceled = "57014"
