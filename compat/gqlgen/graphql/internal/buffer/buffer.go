// Package buffer lends what answers are written in: most of what a request would
// otherwise leave to be collected.
package buffer

import "sync"

// largest is beyond which size a buffer is not lent again, in bytes.
const largest = 16 << 20

var free = sync.Pool{New: func() any { return new([]byte) }}

// Take lends a buffer. It is empty.
func Take() *[]byte { return free.Get().(*[]byte) }

// Give takes a buffer back. Nothing may look at it after that.
func Give(b *[]byte) {
	if cap(*b) <= largest {
		*b = (*b)[:0]
		free.Put(b)
	}
}
