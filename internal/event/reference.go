package event

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// alphabet has no 0, O, 1 or I: a reference is read over telephones.
const alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

const (
	referenceLength = 10 // nine random characters (45 bits) and one check character
	referenceHalf   = referenceLength / 2
)

// NewReference makes a reference, such as 7KQM2-FXDW9, from nothing but chance.
func NewReference() (string, error) { return DrawReference(rand.Reader) }

// DrawReference makes a reference from eight bytes of a source of chance.
func DrawReference(source io.Reader) (string, error) {
	var b [8]byte
	if _, err := io.ReadFull(source, b[:]); err != nil {
		return "", fmt.Errorf("drawing a reference: %w", err)
	}
	bits := binary.BigEndian.Uint64(b[:])
	digits := make([]byte, 0, referenceLength+1)
	for range referenceLength - 1 {
		digits = append(digits, alphabet[bits%uint64(len(alphabet))])
		bits /= uint64(len(alphabet))
	}
	digits = append(digits, checkCharacter(string(digits)))
	return string(digits[:referenceHalf]) + "-" + string(digits[referenceHalf:]), nil
}

// checkCharacter is Luhn's algorithm over the alphabet: it notices every single
// wrong character and nearly every swap of neighbours.
func checkCharacter(digits string) byte {
	n, sum, factor := len(alphabet), 0, 2
	for i := len(digits) - 1; i >= 0; i-- {
		product := factor * strings.IndexByte(alphabet, digits[i])
		sum += product/n + product%n
		factor = 3 - factor
	}
	return alphabet[(n-sum%n)%n]
}

// ParseReference reads a reference as people write it: case, spaces and
// hyphens do not matter. ok is false where the check character does not fit.
func ParseReference(text string) (reference string, ok bool) {
	text = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if len(text) != referenceLength || strings.Trim(text, alphabet) != "" {
		return "", false
	}
	if checkCharacter(text[:referenceLength-1]) != text[referenceLength-1] {
		return "", false
	}
	return text[:referenceHalf] + "-" + text[referenceHalf:], true
}
