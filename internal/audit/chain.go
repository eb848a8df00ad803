package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// Hash is a link of the chain: over the hash before it and an entry.
type Hash [sha256.Size]byte

// Kept is an entry as it is kept, under the number that it was given when it
// was written. Numbers are not in the order of commits.
type Kept struct {
	ID int64
	Entry
}

// Head is where the chain ends, or ended once: whoever keeps a head elsewhere can
// show that nothing before it was changed or taken away since. The zero Head is
// the chain's beginning.
type Head struct {
	Sequence int64
	Hash     Hash
}

// String writes a head as ParseHead reads it.
func (h Head) String() string {
	return strconv.FormatInt(h.Sequence, 10) + ":" + hex.EncodeToString(h.Hash[:])
}

// ParseHead reads a head as String writes it.
func ParseHead(text string) (Head, error) {
	number, digits, _ := strings.Cut(text, ":")
	sequence, err := strconv.ParseInt(number, 10, 64)
	hash, hexErr := hex.DecodeString(digits)
	if err != nil || hexErr != nil || sequence < 0 || len(hash) != sha256.Size {
		return Head{}, fmt.Errorf("a head of the audit trail is a number, a colon and 64 hexadecimal digits")
	}
	return Head{Sequence: sequence, Hash: Hash(hash)}, nil
}

// Next is the head after one more entry.
func (h Head) Next(e Kept) Head {
	digest := sha256.New()
	digest.Write(h.Hash[:])
	digest.Write(e.canonical())
	return Head{Sequence: h.Sequence + 1, Hash: Hash(digest.Sum(nil))}
}

// canonical is what is hashed of an entry: its parts as texts, each after its
// length in bytes as four bytes, so that no two entries are written alike. The
// parts are number, time (RFC 3339 in UTC, to the microsecond), kind of actor,
// actor, action and subject, then key and value of each detail by key. An actor
// without an id is an empty text.
func (e Kept) canonical() []byte {
	actor := ""
	if e.ActorID != uuid.Nil {
		actor = e.ActorID.String()
	}
	parts := []string{
		strconv.FormatInt(e.ID, 10), e.At.UTC().Format("2006-01-02T15:04:05.000000Z"),
		string(e.ActorKind), actor, string(e.Action), e.Subject,
	}
	for _, key := range slices.Sorted(maps.Keys(e.Detail)) {
		parts = append(parts, key, e.Detail[key])
	}
	var written []byte
	for _, part := range parts {
		written = binary.BigEndian.AppendUint32(written, uint32(len(part)))
		written = append(written, part...)
	}
	return written
}

// Sealed is a link of the chain as it is kept, with its entry. Entry is nil where
// there is none of its number, or none that an entry could be read from.
type Sealed struct {
	Sequence int64
	EntryID  int64
	Hash     Hash
	Entry    *Kept
}

// Finding is something about a chain that is not as it was sealed.
type Finding string

// Verifier walks a chain from its beginning. Each link is held against the one
// before it as that one is kept, so that one finding does not bring a finding for
// every link after it.
type Verifier struct {
	// Tell is told of each finding.
	Tell func(Finding)
	// Kept are heads that somebody kept elsewhere.
	Kept []Head

	at Head
}

// Head is the last link that was walked.
func (v *Verifier) Head() Head { return v.at }

// Link walks one link, in the order of sequence.
func (v *Verifier) Link(s Sealed) {
	if s.Sequence != v.at.Sequence+1 {
		v.tell("seals %d to %d are missing", v.at.Sequence+1, s.Sequence-1)
		v.at.Sequence = s.Sequence - 1
	}
	switch {
	case s.Entry == nil:
		v.tell("seal %d: entry %d is missing, or holds what no entry holds", s.Sequence, s.EntryID)
	case v.at.Next(*s.Entry).Hash != s.Hash:
		v.tell("seal %d: entry %d is not what was sealed, or not where", s.Sequence, s.EntryID)
	}
	v.at = Head{Sequence: s.Sequence, Hash: s.Hash}
	for _, kept := range v.Kept {
		if kept.Sequence == s.Sequence && kept.Hash != s.Hash {
			v.tell("seal %d is not the head that was kept", s.Sequence)
		}
	}
}

// End says that there are no more links, and how many entries have neither a
// seal nor wait for one.
func (v *Verifier) End(unsealed int64) {
	for _, kept := range v.Kept {
		if kept.Sequence > v.at.Sequence {
			v.tell("the trail ends at seal %d, before the head that was kept: %d", v.at.Sequence, kept.Sequence)
		}
	}
	if unsealed > 0 {
		v.tell("entries that have no seal and wait for none: %d", unsealed)
	}
}

func (v *Verifier) tell(format string, args ...any) {
	v.Tell(Finding(fmt.Sprintf(format, args...)))
}
