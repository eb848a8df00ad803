package token

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
)

// overlap is how long a retired key goes on being trusted: as long as the last
// token that it signed lives, and a minute for clocks that disagree.
const overlap = Lifetime + time.Minute

// keyFile is the key file's content: the key that signs, private half and all,
// and the public halves of those that signed before it.
type keyFile struct {
	Signing json.RawMessage `json:"signing"` // a JSON Web Key
	Retired []retiredKey    `json:"retired,omitempty"`
}

type retiredKey struct {
	Key   json.RawMessage `json:"key"` // a JSON Web Key without its private half
	Until time.Time       `json:"until"`
}

// keys is a key file, read.
type keys struct {
	signing jwk.Key
	trusted map[string]trustedKey // by key id
	read    fs.FileInfo
}

type trustedKey struct {
	public jwk.Key
	until  time.Time // zero for the key that signs
}

// Create makes a key file that only its owner may read. It refuses to replace
// one.
func Create(path string) error {
	signing, err := newKey()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("creating the key file: %w", err)
	}
	if err := write(f, keyFile{Signing: signing}); err != nil {
		return errors.Join(fmt.Errorf("creating the key file: %w", err), os.Remove(path))
	}
	return nil
}

// Rotate puts a new key in the place of the one that signs. The old one's
// private half is gone at once; its public half is trusted until the last token
// that it can have signed is over. Services that hold the file open notice by
// themselves. Where a key has leaked, remove the file and Create another: every
// access token ends with it, and refresh tokens bring new ones.
func Rotate(path string, now time.Time) error {
	// The name of the draft is fixed and it is made before the file is read, so
	// that two who rotate at once cannot both succeed and lose a key.
	draft := path + ".new"
	f, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("rotating the key: %s exists: another rotation is under way, or one broke off and left it to be removed", draft)
	}
	if err != nil {
		return fmt.Errorf("rotating the key: %w", err)
	}
	if err := rotateInto(f, path, now); err != nil {
		return errors.Join(fmt.Errorf("rotating the key: %w", err), os.Remove(draft))
	}
	return nil
}

func rotateInto(draft *os.File, path string, now time.Time) error {
	file, _, err := readFile(path)
	if err != nil {
		return errors.Join(err, draft.Close())
	}
	next, err := file.rotated(now)
	if err != nil {
		return errors.Join(err, draft.Close())
	}
	if err := write(draft, next); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

func (f keyFile) rotated(now time.Time) (keyFile, error) {
	old, err := public(f.Signing)
	if err != nil {
		return keyFile{}, fmt.Errorf("reading the signing key: %w", err)
	}
	next := keyFile{Retired: []retiredKey{{Key: old, Until: now.UTC().Add(overlap)}}}
	for _, retired := range f.Retired {
		if now.Before(retired.Until) {
			next.Retired = append(next.Retired, retired)
		}
	}
	next.Signing, err = newKey()
	return next, err
}

// write fills a key file and closes it.
func write(f *os.File, file keyFile) error {
	content, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return errors.Join(err, f.Close())
	}
	if _, err := f.Write(append(content, '\n')); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

func readFile(path string) (keyFile, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return keyFile{}, nil, fmt.Errorf("reading the key file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return keyFile{}, nil, fmt.Errorf("reading the key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return keyFile{}, nil, fmt.Errorf("reading the key file: others than its owner may open it (mode %04o, want 0600)", info.Mode().Perm())
	}
	var file keyFile
	if err := json.NewDecoder(f).Decode(&file); err != nil {
		// The decoder's own text may quote the file, which holds a secret.
		return keyFile{}, nil, errors.New("reading the key file: it is not JSON of the expected form")
	}
	return file, info, nil
}

// load reads a key file and what it trusts.
func load(path string) (*keys, error) {
	file, info, err := readFile(path)
	if err != nil {
		return nil, err
	}
	signing, err := parseKey(file.Signing)
	if err != nil {
		return nil, fmt.Errorf("reading the signing key: %w", err)
	}
	if private, err := jwk.IsPrivateKey(signing); err != nil || !private {
		return nil, errors.New("reading the signing key: its private half is missing")
	}
	held := &keys{signing: signing, trusted: make(map[string]trustedKey), read: info}
	if err := held.trust(signing, time.Time{}); err != nil {
		return nil, fmt.Errorf("reading the signing key: %w", err)
	}
	for _, retired := range file.Retired {
		key, err := parseKey(retired.Key)
		if err != nil {
			return nil, fmt.Errorf("reading a retired key: %w", err)
		}
		if err := held.trust(key, retired.Until); err != nil {
			return nil, fmt.Errorf("reading a retired key: %w", err)
		}
	}
	return held, nil
}

func (k *keys) trust(key jwk.Key, until time.Time) error {
	id, ok := key.KeyID()
	if !ok || id == "" {
		return errors.New("it has no key id")
	}
	half, err := key.PublicKey()
	if err != nil {
		return errors.New("it has no public half")
	}
	k.trusted[id] = trustedKey{public: half, until: until}
	return nil
}

// newKey makes an Ed25519 key named by its thumbprint (RFC 7638), so that two
// keys never share a name.
func newKey() (json.RawMessage, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	key, err := jwk.Import(private)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	thumbprint, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("naming a key: %w", err)
	}
	if err := key.Set(jwk.KeyIDKey, base64.RawURLEncoding.EncodeToString(thumbprint)); err != nil {
		return nil, fmt.Errorf("naming a key: %w", err)
	}
	return json.Marshal(key)
}

func parseKey(raw json.RawMessage) (jwk.Key, error) {
	key, err := jwk.ParseKey(raw)
	if err != nil {
		return nil, errors.New("it is no JSON Web Key")
	}
	okp, ok := key.(interface {
		Crv() (jwa.EllipticCurveAlgorithm, bool)
	})
	if !ok {
		return nil, errors.New("it is not an Ed25519 key")
	}
	if crv, _ := okp.Crv(); crv != jwa.Ed25519() {
		return nil, errors.New("it is not an Ed25519 key")
	}
	return key, nil
}

func public(raw json.RawMessage) (json.RawMessage, error) {
	key, err := parseKey(raw)
	if err != nil {
		return nil, err
	}
	half, err := key.PublicKey()
	if err != nil {
		return nil, errors.New("it has no public half")
	}
	return json.Marshal(half)
}
