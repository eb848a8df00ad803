package main

import (
	"context"
	"runtime"
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
		ctx, cancel := context.WithCancel(t.Context())
		spendMemory(ctx, func(name string) (string, bool) { return "", name == tt.set })
		cancel()
		if gotPercent, gotLimit := debug.SetGCPercent(77), debug.SetMemoryLimit(7<<30); gotPercent != tt.percent || gotLimit != tt.limit {
			t.Errorf("with %s set: %d %% and %d bytes, want %d %% and %d bytes", tt.set, gotPercent, gotLimit, tt.percent, tt.limit)
		}
	}
}

// Where much is in use the limit gives way, and is as it was again once it is not.
func TestThereIsRoomForWhatIsInUse(t *testing.T) {
	for inUse, want := range map[uint64]int64{0: softMemory, 40 << 20: softMemory, 400 << 20: 624 << 20} {
		if got := limitFor(inUse); got != want {
			t.Errorf("with %d bytes in use the limit is %d, not %d", inUse, got, want)
		}
	}
	held := make([]byte, 32<<20)
	runtime.GC()
	if inUse() < 32<<20 {
		t.Errorf("%d bytes are in use", inUse())
	}
	runtime.KeepAlive(held)
}
