package event

import "testing"

// What validation costs, beside writing out the same input as JSON for its idempotency key.
func BenchmarkCheck(b *testing.B) {
	in := valid()
	in.ReporterContact = nil
	c := newCheck(b, &in, false, "RGT")
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			if problems := c.all(); len(problems) > 0 {
				b.Fatal(problems)
			}
		}
	})
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			content(&in)
		}
	})
}
