package db

import (
	"context"
	"fmt"
	"sync"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// position is how far a server's log of changes is: on which line of history, and
// how many bytes along it. The zero position is before everything.
type position struct {
	timeline uint32
	byte     uint64
}

// reaches tells whether whoever has everything up to p has everything up to
// another. Of another line of history nobody knows.
func (p position) reaches(other position) bool {
	return p.timeline == other.timeline && p.byte >= other.byte
}

// positionNow is how far the primary is, as parsePosition reads it. What was
// committed before a statement began is flushed before it answers this.
const positionNow = `(SELECT left(pg_walfile_name(now.at), 8) || '/' || now.at FROM pg_current_wal_flush_lsn() AS now (at))`

// parsePosition reads three hexadecimal numbers: the timeline, and the two halves
// of the place in the log.
func parsePosition(text string) (position, error) {
	var timeline uint32
	var high, low uint64
	if _, err := fmt.Sscanf(text, "%08X/%X/%X", &timeline, &high, &low); err != nil {
		return position{}, fmt.Errorf("reading a position of the log: %w", err)
	}
	return position{timeline: timeline, byte: high<<32 | low}, nil
}

// journey is what the reads of one request have in common: how new what they see
// must be, and where they are made.
type journey struct {
	replicas *Replicas

	mu      sync.Mutex
	needs   position // zero until the caller was named
	on      *replica // nil until one is chosen
	primary bool     // for the rest of the request
}

type (
	journeyKey struct{}
	freeKey    struct{}
)

// journeyOf answers the journey of a request; nil where there are no replicas.
func journeyOf(ctx context.Context) *journey {
	j, _ := ctx.Value(journeyKey{}).(*journey)
	return j
}

// freeJourney answers the journey of a request whose reads may be made at a
// replica; nil for every other.
func freeJourney(ctx context.Context) *journey {
	if free, _ := ctx.Value(freeKey{}).(bool); !free {
		return nil
	}
	return journeyOf(ctx)
}

// askedPosition is the column position of the statement that names a request's
// caller: null where nobody needs it.
func askedPosition(ctx context.Context) schema.QueryWithArgs {
	if journeyOf(ctx) == nil {
		return bun.SafeQuery("NULL::text AS position")
	}
	return bun.SafeQuery(positionNow + " AS position")
}

// notePosition keeps the answer of askedPosition: from here on the request sees
// nothing older.
func notePosition(ctx context.Context, text string) error {
	j := journeyOf(ctx)
	if j == nil || text == "" {
		return nil
	}
	needs, err := parsePosition(text)
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.needs = needs
	return nil
}

// at answers the replica at which the request reads, and how far it must be; nil
// for the primary. All reads of a request are made at one: between two, time
// could go backwards.
func (j *journey) at() (*replica, position) {
	if j == nil {
		return nil, position{}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.primary || j.needs == (position{}) {
		return nil, position{}
	}
	if j.on == nil {
		j.on = j.replicas.choose()
	}
	j.primary = j.on == nil
	return j.on, j.needs
}

// toPrimary has the rest of the request read at the primary, which is ahead of
// every replica.
func (j *journey) toPrimary() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.primary = true
}
