package event

import (
	"testing"

	"pgregory.net/rapid"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// Drawn draws a valid event.
func Drawn(t testing.TB, r *rapid.T, codes *taxonomy.Taxonomy) *Input {
	event, _ := drawn(r, codes)
	return inputOf(t, event)
}

// Problems are what is wrong with an event, recorded at the trust RGT.
func Problems(t testing.TB, in *Input) fault.Problems {
	return newCheck(t, in, false, "RGT").all()
}
