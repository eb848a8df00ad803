package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// garbage is how much may gather before it is collected, in per cent of what is in
	// use. Go's own 100 suits programs whose memory is scarcer than their processor time.
	garbage = 400
	// softMemory is from how many bytes on memory is the scarcer of the two again.
	softMemory = 112 << 20
	// Much in use needs room beside it, or nothing but collecting would be done: half as much again, and what the
	// runtime needs for itself.
	roomFor = 1.5
	ofOwn   = 24 << 20
	// memoryInterval is how often what is in use is looked at.
	memoryInterval = time.Second
)

// spendMemory trades memory for processor time until the context ends, unless GOGC or GOMEMLIMIT are set:
// whoever sets one has decided.
func spendMemory(ctx context.Context, lookup func(name string) (value string, ok bool)) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, decided := lookup(name); decided {
			return
		}
	}
	debug.SetGCPercent(garbage)
	debug.SetMemoryLimit(softMemory)
	go func() {
		for tick := time.NewTicker(memoryInterval); ; {
			select {
			case <-tick.C:
				debug.SetMemoryLimit(limitFor(inUse()))
			case <-ctx.Done():
				tick.Stop()
				return
			}
		}
	}()
}

// inUse answers how many bytes were in use when garbage was collected last.
func inUse() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return live[0].Value.Uint64()
}

// limitFor is how much memory there should be where so many bytes of it are in use.
func limitFor(inUse uint64) int64 {
	return max(softMemory, int64(roomFor*float64(inUse))+ofOwn)
}
