package client

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"hash/crc32"
	"math/big"
	"strings"
)

// A key is "lfpse_", 256 random bits and a checksum of what stands before it, in
// digits and letters: 55 characters. Whoever scans for secrets that got out knows one by its beginning, and by the
// checksum that it is no accident.
const (
	keyPrefix      = "lfpse_"
	secretBytes    = 32
	secretDigits   = 43 // of base 62, for 256 bits
	checksumDigits = 6  // for 32
	keyLength      = len(keyPrefix) + secretDigits + checksumDigits
	shownDigits    = 4 // of the secret: enough to tell a few keys apart
	base           = 62
)

// Hash is what a key is known by. Nobody can try 2^256 keys, so that a plain
// hash keeps them as well as one that is slow or salted, and finds them by an index.
type Hash [sha256.Size]byte

// same compares in a time that does not tell how much was right.
func (h Hash) same(other Hash) bool { return subtle.ConstantTimeCompare(h[:], other[:]) == 1 }

// newKey draws a key.
func newKey() (string, error) {
	secret := make([]byte, secretBytes)
	if _, err := rand.Read(secret); err != nil {
		return "", fmt.Errorf("drawing a key: %w", err)
	}
	key := keyPrefix + digits(new(big.Int).SetBytes(secret), secretDigits)
	return key + checksum(key), nil
}

// IsKey tells whether a token is written as a key is. One that is not was never
// issued.
func IsKey(token string) bool {
	if len(token) != keyLength || !strings.HasPrefix(token, keyPrefix) {
		return false
	}
	rest := len(token) - checksumDigits
	return checksum(token[:rest]) == token[rest:]
}

func hashOf(key string) Hash { return sha256.Sum256([]byte(key)) }

// shown is as much of a key as is shown ever after.
func shown(key string) string { return key[:len(keyPrefix)+shownDigits] }

func checksum(text string) string {
	return digits(big.NewInt(int64(crc32.ChecksumIEEE([]byte(text)))), checksumDigits)
}

// digits writes a number in base 62, with zeros in front.
func digits(n *big.Int, width int) string {
	text := n.Text(base)
	return strings.Repeat("0", width-len(text)) + text
}
