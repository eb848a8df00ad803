package main

import "runtime/debug"

const (
	// garbage is how much may gather before it is collected, in per cent of what is in
	// use. Go's own 100 suits programs whose memory is scarcer than their processor time.
	garbage = 400
	// softMemory is from how many bytes on memory is the scarcer of the two again.
	softMemory = 1 << 30
)

// spendMemory trades memory for processor time, unless GOGC or GOMEMLIMIT are set:
// whoever sets one has decided.
func spendMemory(lookup func(name string) (value string, ok bool)) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, decided := lookup(name); decided {
			return
		}
	}
	debug.SetGCPercent(garbage)
	debug.SetMemoryLimit(softMemory)
}
