package envelope

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"
)

const (
	format     = 1
	headerSize = 3
	dataKey    = 32
)

// wrapping is the associated data of every wrapped data key: nothing else that
// the keyset might ever encrypt can be passed off as one.
var wrapping = []byte("data key of a record, format 1")

var (
	// ErrFormat says that the bytes are not something that this package sealed.
	ErrFormat = errors.New("not a sealed text")
	// ErrOpen says that a sealed text did not open: another keyset, another
	// place, or changed bytes. Which of them is not told apart.
	ErrOpen = errors.New("sealed text does not open here")
)

// Sealer seals and opens texts with the keyset of one file. It is safe for
// concurrent use.
type Sealer struct {
	keys    tink.AEAD
	primary uint32
}

// Open reads the keyset at path. It refuses a file that people other than its
// owner and group can read, and tells a damaged file by [ErrKeyset].
func Open(path string) (*Sealer, error) {
	handle, err := readKeyset(path)
	if err != nil {
		return nil, err
	}
	keys, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("using keyset %s: %w", path, ErrKeyset)
	}
	primary, err := handle.Primary()
	if err != nil {
		return nil, fmt.Errorf("using keyset %s: %w", path, ErrKeyset)
	}
	return &Sealer{keys: keys, primary: primary.KeyID()}, nil
}

// Primary is the id of the key that seals, for logs and for finding what an
// older key still holds. An id is no secret.
func (s *Sealer) Primary() uint32 { return s.primary }

// Seal encrypts one text under a data key of its own. The associated data,
// usually [Place.AssociatedData], must be given again to open it.
func (s *Sealer) Seal(plaintext, associatedData []byte) ([]byte, error) {
	key, err := s.newKey()
	if err != nil {
		return nil, err
	}
	return key.seal(plaintext, associatedData)
}

// SealRecord encrypts the fields of one record under one data key. Every result
// stands alone: it opens by [Sealer.Open] with the place of its field.
func (s *Sealer) SealRecord(record Place, fields []Field) ([]Field, error) {
	key, err := s.newKey()
	if err != nil {
		return nil, err
	}
	sealed := make([]Field, len(fields))
	for i, f := range fields {
		data, err := key.seal(f.Data, record.in(f.Name))
		if err != nil {
			return nil, fmt.Errorf("sealing field %d of %d: %w", i+1, len(fields), err)
		}
		sealed[i] = Field{Name: f.Name, Data: data}
	}
	return sealed, nil
}

// Open decrypts what Seal or SealRecord made of a text with the same associated
// data.
func (s *Sealer) Open(sealed, associatedData []byte) ([]byte, error) {
	wrapped, payload, err := split(sealed)
	if err != nil {
		return nil, err
	}
	key, err := s.unwrap(wrapped)
	if err != nil {
		return nil, err
	}
	return key.open(payload, associatedData)
}

// OpenRecord decrypts the fields of one record and unwraps each data key once.
func (s *Sealer) OpenRecord(record Place, fields []Field) ([]Field, error) {
	opened := make([]Field, len(fields))
	var key recordKey
	for i, f := range fields {
		wrapped, payload, err := split(f.Data)
		if err != nil {
			return nil, fmt.Errorf("opening field %d of %d: %w", i+1, len(fields), err)
		}
		if !bytes.Equal(wrapped, key.wrapped) {
			if key, err = s.unwrap(wrapped); err != nil {
				return nil, fmt.Errorf("opening field %d of %d: %w", i+1, len(fields), err)
			}
		}
		data, err := key.open(payload, record.in(f.Name))
		if err != nil {
			return nil, fmt.Errorf("opening field %d of %d: %w", i+1, len(fields), err)
		}
		opened[i] = Field{Name: f.Name, Data: data}
	}
	return opened, nil
}

// Rewrap answers the same sealed text with its data key wrapped by the newest
// key. The text itself is neither decrypted nor changed.
func (s *Sealer) Rewrap(sealed []byte) ([]byte, error) {
	wrapped, payload, err := split(sealed)
	if err != nil {
		return nil, err
	}
	raw, err := s.keys.Decrypt(wrapped, wrapping)
	if err != nil {
		return nil, ErrOpen
	}
	defer clear(raw)
	again, err := s.wrap(raw)
	if err != nil {
		return nil, err
	}
	return join(again, payload), nil
}

// WrappedBy is the id of the key that wraps the data key of a sealed text.
func WrappedBy(sealed []byte) (uint32, error) {
	wrapped, _, err := split(sealed)
	if err != nil {
		return 0, err
	}
	// Tink's prefix: one byte of version, four of key id.
	if len(wrapped) < 5 || wrapped[0] != 1 {
		return 0, ErrFormat
	}
	return binary.BigEndian.Uint32(wrapped[1:5]), nil
}

func (s *Sealer) newKey() (recordKey, error) {
	raw := make([]byte, dataKey)
	defer clear(raw)
	if _, err := rand.Read(raw); err != nil {
		return recordKey{}, fmt.Errorf("drawing a data key: %w", err)
	}
	cipher, err := subtle.NewAESGCM(raw)
	if err != nil {
		return recordKey{}, errors.New("using a new data key")
	}
	wrapped, err := s.wrap(raw)
	if err != nil {
		return recordKey{}, err
	}
	return recordKey{cipher: cipher, wrapped: wrapped}, nil
}

func (s *Sealer) wrap(raw []byte) ([]byte, error) {
	wrapped, err := s.keys.Encrypt(raw, wrapping)
	if err != nil {
		return nil, fmt.Errorf("wrapping a data key: %w", err)
	}
	return wrapped, nil
}

func (s *Sealer) unwrap(wrapped []byte) (recordKey, error) {
	raw, err := s.keys.Decrypt(wrapped, wrapping)
	if err != nil {
		return recordKey{}, ErrOpen
	}
	defer clear(raw)
	cipher, err := subtle.NewAESGCM(raw)
	if err != nil {
		return recordKey{}, ErrOpen
	}
	return recordKey{cipher: cipher, wrapped: wrapped}, nil
}

// recordKey is a data key ready for use, with its wrapped form.
type recordKey struct {
	cipher  *subtle.AESGCM
	wrapped []byte
}

func (k recordKey) seal(plaintext, associatedData []byte) ([]byte, error) {
	payload, err := k.cipher.Encrypt(plaintext, associatedData)
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	return join(k.wrapped, payload), nil
}

func (k recordKey) open(payload, associatedData []byte) ([]byte, error) {
	plaintext, err := k.cipher.Decrypt(payload, associatedData)
	if err != nil {
		return nil, ErrOpen
	}
	return plaintext, nil
}

func join(wrapped, payload []byte) []byte {
	out := make([]byte, 0, headerSize+len(wrapped)+len(payload))
	out = append(out, format)
	out = binary.BigEndian.AppendUint16(out, uint16(len(wrapped)))
	out = append(out, wrapped...)
	return append(out, payload...)
}

func split(sealed []byte) (wrapped, payload []byte, err error) {
	if len(sealed) < headerSize || sealed[0] != format {
		return nil, nil, ErrFormat
	}
	n := int(binary.BigEndian.Uint16(sealed[1:headerSize]))
	rest := sealed[headerSize:]
	if n == 0 || n > len(rest) {
		return nil, nil, ErrFormat
	}
	return rest[:n], rest[n:], nil
}
