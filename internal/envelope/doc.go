// Package envelope encrypts what people typed, so that a copy of the database
// without the key file tells nobody anything.
//
// It is envelope encryption proper. Every record has a data key of its own
// (AES-256-GCM); the data key is wrapped by the primary key of a Tink keyset
// that lives in a file outside the database and travels, wrapped, with each
// field it sealed:
//
//	1 byte   format (1)
//	2 bytes  length of the wrapped data key, big endian
//	n bytes  the data key, wrapped by the keyset
//	12 bytes nonce
//	rest     ciphertext and 16 bytes tag
//
// The place that a text was typed in (record, revision, field) is its
// associated data: a row copied over another, or a field over its neighbour,
// does not open. See [Place].
//
// The wrapping keys are XAES-256-GCM, whose 192-bit nonces can be drawn at
// random for as many records as a service will ever have. Keys are rotated with
// [Rotate]; old keys go on opening what they sealed, and [Sealer.Rewrap] moves
// a sealed field to the newest key without touching its text.
//
// No error of this package carries plaintext or key material.
package envelope
