package db_test

import (
	"fmt"
	"runtime"
	"testing"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/audit"
)

// BenchmarkAuditVerify shows that a million entries take no more memory than ten
// thousand.
func BenchmarkAuditVerify(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := dbtest.Fresh(b)
			for range n / 10_000 {
				entries(b, d, 10_000)
				seal(b, d)
			}
			for b.Loop() {
				peak := uint64(0)
				v := &audit.Verifier{Tell: func(f audit.Finding) { b.Error(f) }}
				if _, err := db.NewTrail(d).Verify(b.Context(), v, func(int) {}, func(int) { peak = max(peak, inUse()) }); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(peak)/(1<<20), "MiB-in-use")
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}
