package envelope_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"testing"
	"time"

	"lfpse/internal/envelope"
)

// BenchmarkSealRecord seals a record of four texts of 600 bytes and prints how
// often a plain AES-256-GCM seal of the same bytes, key already set up, would
// have fitted into the time.
func BenchmarkSealRecord(b *testing.B) {
	sealer := open(b, newKeyset(b))
	text := make([]byte, 600)
	fields := []envelope.Field{{Name: "a", Data: text}, {Name: "b", Data: text}, {Name: "c", Data: text}, {Name: "d", Data: text}}
	plain := plainSeal(b, fields)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if _, err := sealer.SealRecord(place, fields); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/plain, "x-plain-gcm")
}

// plainSeal answers nanoseconds per record.
func plainSeal(b *testing.B, fields []envelope.Field) float64 {
	b.Helper()
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		b.Fatal(err)
	}
	const rounds = 5000
	nonce := make([]byte, gcm.NonceSize())
	start := time.Now()
	for range rounds {
		for _, f := range fields {
			if _, err := rand.Read(nonce); err != nil {
				b.Fatal(err)
			}
			gcm.Seal(nil, nonce, f.Data, nil)
		}
	}
	return float64(time.Since(start).Nanoseconds()) / rounds
}

func BenchmarkOpenRecord(b *testing.B) {
	sealer := open(b, newKeyset(b))
	text := make([]byte, 600)
	sealed, err := sealer.SealRecord(place, []envelope.Field{{Name: "a", Data: text}, {Name: "b", Data: text}, {Name: "c", Data: text}, {Name: "d", Data: text}})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if _, err := sealer.OpenRecord(place, sealed); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
