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
		tokens: r.tokens[:0], numeric: r.numeric[:0], houses: r.houses[:0], marked: r.marked[:0], where: r.where[:0], fresh: r.fresh[:0], runs: r.runs[:0], spans: r.spans[:0], common: r.common[:0], sites: r.sites[:0], fixed: r.fixed[:0], dates: r.dates[:0],
		from: r.from[:0], to: r.to[:0], names: r.names[:0], taken: r.taken[:0], scores: r.scores[:0], hidden: r.hidden[:0],
		signs: r.signs[:0], open: r.open[:0], maybe: r.maybe[:0], sure: r.sure[:0], verdicts: r.verdicts[:0],
	}
	readings.Put(r)
}

// records waits for the next record, as readings does for the next text.
var records = sync.Pool{New: func() any { return new(record) }}

func newRecord(lex *lexicon, known *known) *record {
	rec := records.Get().(*record)
	rec.lex, rec.known = lex, known
	return rec
}

// muchWords is how many names a record has whose memory is not kept: it would take
// longer to wipe than to get.
const muchWords = 256

// release wipes a record and gives its memory and that of its readings back.
func (rec *record) release() {
	for _, rd := range rec.readings {
		rd.release()
	}
	if len(rec.accepted) > muchWords || len(rec.seen) > muchWords || len(rec.crowd.people) > muchWords {
		return
	}
	*rec = record{
		readings: wiped(rec.readings), mentions: wiped(rec.mentions), words: wiped(rec.words), order: wiped(rec.order),
		near:     near{words: wiped(rec.near.words)},
		crowd:    crowd{people: wiped(rec.crowd.people), room: wiped(rec.crowd.room)},
		accepted: rec.accepted, monograms: rec.monograms, seen: rec.seen,
	}
	clear(rec.accepted)
	clear(rec.monograms)
	clear(rec.seen)
	records.Put(rec)
}

// wiped is memory in which nothing is left.
func wiped[T any](used []T) []T {
	clear(used)
	return used[:0]
}

// blank answers n noughts, in memory that others have left.
func blank[T any](left []T, n int) []T {
	left = slices.Grow(left[:0], n)[:n]
	clear(left)
	return left
}
