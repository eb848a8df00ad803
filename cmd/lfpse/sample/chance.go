package sample

import (
	"encoding/binary"
	"math/rand/v2"
	"sort"
)

// weighted lists values with the share of each.
type weighted[T any] []struct {
	value T
	share float64
}

// A draw draws values by their shares.
type draw[T any] struct {
	values []T
	upTo   []float64 // the shares of each value and all before it
}

// shares makes a draw ready.
func shares[T any](w weighted[T]) draw[T] {
	d := draw[T]{values: make([]T, len(w)), upTo: make([]float64, len(w))}
	total := 0.0
	for i, one := range w {
		total += one.share
		d.values[i], d.upTo[i] = one.value, total
	}
	return d
}

func (d draw[T]) draw(r *rand.Rand) T {
	last := len(d.upTo) - 1
	at := r.Float64() * d.upTo[last]
	return d.values[min(last, sort.SearchFloat64s(d.upTo, at))]
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// often tells whether what has a share of all is so this time.
func often(r *rand.Rand, share float64) bool { return r.Float64() < share }

func pointer[T any](value T) *T { return &value }

// seeded makes bytes of a seeded source.
type seeded struct{ r *rand.Rand }

func (c seeded) Read(p []byte) (int, error) {
	var b [8]byte
	for i := 0; i < len(p); i += len(b) {
		binary.LittleEndian.PutUint64(b[:], c.r.Uint64())
		copy(p[i:], b[:])
	}
	return len(p), nil
}
