package main

import (
	"runtime/debug"
	"testing"
)

func TestWhoeverSetsGoMemoryDecides(t *testing.T) {
	percent, limit := debug.SetGCPercent(77), debug.SetMemoryLimit(7<<30)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	for _, tt := range []struct {
		set     string
		percent int
		limit   int64
	}{
		{"GOGC", 77, 7 << 30},
		{"GOMEMLIMIT", 77, 7 << 30},
		{"PATH", garbage, softMemory},
	} {
		spendMemory(func(name string) (string, bool) { return "", name == tt.set })
		if gotPercent, gotLimit := debug.SetGCPercent(77), debug.SetMemoryLimit(7<<30); gotPercent != tt.percent || gotLimit != tt.limit {
			t.Errorf("with %s set: %d %% and %d bytes, want %d %% and %d bytes", tt.set, gotPercent, gotLimit, tt.percent, tt.limit)
		}
	}
}
