package redaction

import (
	"slices"
	"sync"
)

// readings waits for the next text with the memory of those before it, in which
// nothing of them is left.
var readings = sync.Pool{New: func() any { return new(reading) }}

// release wipes a reading and gives its memory back. What has been found in it
// stays with whoever has it.
func (r *reading) release() {
	clear(r.tokens)
	*r = reading{
		tokens: r.tokens[:0], numeric: r.numeric[:0], marked: r.marked[:0], fresh: r.fresh[:0], runs: r.runs[:0], spans: r.spans[:0], sites: r.sites[:0], fixed: r.fixed[:0], dates: r.dates[:0],
		from: r.from[:0], to: r.to[:0], names: r.names[:0], taken: r.taken[:0], scores: r.scores[:0], hidden: r.hidden[:0],
		signs: r.signs[:0], maybe: r.maybe[:0],
	}
	readings.Put(r)
}

// release gives the memory of a record's readings back.
func (rec *record) release() {
	for _, rd := range rec.readings {
		rd.release()
	}
}

// blank answers n noughts, in memory that others have left.
func blank[T any](left []T, n int) []T {
	left = slices.Grow(left[:0], n)[:n]
	clear(left)
	return left
}
