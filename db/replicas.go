package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// Replicas are servers that follow the primary. What a request only reads is read
// at one of them, where it has by then everything that the primary had when
// the request's caller was named; at the primary otherwise.
//
// So a request sees all that was committed before it began, by whomever and on
// whichever instance of the service: people find what they wrote, and what was
// hidden or taken away stays so.
type Replicas struct {
	all  []*replica
	next atomic.Uint32
}

// OpenReplicas opens replicas of a primary at PostgreSQL URLs, with the options
// of the primary's own. One that is away now is taken when it is there (Watch);
// what could never work is an error.
func OpenReplicas(ctx context.Context, primary *DB, urls []string, log *slog.Logger, opts ...Option) (*Replicas, error) {
	system, err := replicated(ctx, primary)
	if err != nil {
		return nil, fmt.Errorf("looking whether the database can have replicas: %w", err)
	}
	s := &Replicas{}
	for i, url := range urls {
		r, err := openReplica(ctx, i+1, url, system, log, opts)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("replica %d: %w", i+1, err), s.Close())
		}
		s.all = append(s.all, r)
	}
	return s, nil
}

// replicated answers which system a primary is, and why it cannot have replicas:
// another itself, it does not say how far it is; without waiting for its disk,
// it shows what it may still lose, and its position does not tell of it.
func replicated(ctx context.Context, primary *DB) (system string, err error) {
	var following bool
	var commits string
	err = primary.Pool.QueryRow(ctx, `SELECT pg_is_in_recovery(), current_setting('synchronous_commit'),
		(SELECT system_identifier::text FROM pg_control_system())`).Scan(&following, &commits, &system)
	switch {
	case err != nil:
		return "", err
	case following:
		return "", errors.New("it is a replica itself")
	case commits == "off":
		return "", errors.New("its setting synchronous_commit is off: what is committed must be on its disk before anybody is told")
	}
	return system, nil
}

// Watch takes and leaves replicas as they come and go, until the context ends.
func (s *Replicas) Watch(ctx context.Context) {
	var all sync.WaitGroup
	for _, r := range s.all {
		all.Go(func() { r.watch(ctx) })
	}
	all.Wait()
}

// Begin makes room for what the reads of one request have in common. It comes
// before the caller is named.
func (s *Replicas) Begin(ctx context.Context) context.Context {
	return context.WithValue(ctx, journeyKey{}, &journey{replicas: s})
}

// Free has the reads of a request made at a replica from here on. It is not for
// what writes: that decides by what it reads.
func (s *Replicas) Free(ctx context.Context) context.Context {
	return context.WithValue(ctx, freeKey{}, true)
}

// Standing says of each replica whether it is used, without where it is.
func (s *Replicas) Standing() []string {
	lines := make([]string, len(s.all))
	for i, r := range s.all {
		lines[i] = fmt.Sprintf("replica %d: %s", r.number, r.standing())
	}
	return lines
}

// Close closes the connections.
func (s *Replicas) Close() error {
	var err error
	for _, r := range s.all {
		err = errors.Join(err, r.db.Close())
	}
	return err
}

// choose answers the replica whose turn it is, of those that are used; nil for
// none.
func (s *Replicas) choose() *replica {
	turn := int(s.next.Add(1) % uint32(len(s.all)))
	for i := range s.all {
		if r := s.all[(turn+i)%len(s.all)]; r.standing() == standsUsed {
			return r
		}
	}
	return nil
}

// look is what a server says of itself.
type look struct {
	following bool
	system    string
	readable  bool
	started   string // when, which no two servers have in common
	at        position
}

// looking asks a server for it. The timeline is that of its last restart point:
// where the primary is another server than before, that of a replica which
// has followed it there.
func looking(ctx context.Context, conn *pgx.Conn) (l look, err error) {
	var at uint64
	err = conn.QueryRow(ctx, `SELECT pg_is_in_recovery(), (SELECT system_identifier::text FROM pg_control_system()),
			coalesce(has_table_privilege(to_regclass('event'), 'SELECT'), FALSE), pg_postmaster_start_time()::text, (SELECT timeline_id FROM pg_control_checkpoint()),
			coalesce(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'), 0)::bigint`, pgx.QueryExecModeCacheStatement).
		Scan(&l.following, &l.system, &l.readable, &l.started, &l.at.timeline, &at)
	l.at.byte = at
	return l, err
}
