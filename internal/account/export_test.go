package account

import "sync/atomic"

// Work is what a hasher has been asked to do: how many times, and with which
// parameters at the last.
type Work struct {
	Times atomic.Int64
	Last  atomic.Value // of Params
}

// Watch counts the work of a hasher from now on. It is what an onlooker with a
// stopwatch would measure, without the stopwatch.
func (h *Hasher) Watch() *Work {
	work := new(Work)
	derive := h.derive
	h.derive = func(password, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte {
		work.Times.Add(1)
		work.Last.Store(Params{Memory: memory, Passes: passes, Lanes: lanes})
		return derive(password, salt, passes, memory, lanes, length)
	}
	return work
}
