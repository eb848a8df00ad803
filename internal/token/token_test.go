package token_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"

	"lfpse/internal/gid"
	"lfpse/internal/token"
)

// clock is a time that tests move by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func keyFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := token.Create(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string, c *clock) *token.Tokens {
	t.Helper()
	tokens, err := token.Open(path, token.Options{Issuer: "https://lfpse.test", Audience: "lfpse", Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

func issue(t *testing.T, tokens *token.Tokens) string {
	t.Helper()
	signed, _, err := tokens.Issue(uuid.New(), uuid.New())
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestATokenSaysWhichAccountAndSessionItStandsFor(t *testing.T) {
	c := newClock()
	tokens := open(t, keyFile(t), c)
	account, family := uuid.New(), uuid.New()
	signed, expires, err := tokens.Issue(account, family)
	if err != nil {
		t.Fatal(err)
	}
	if want := c.Now().Add(10 * time.Minute); !expires.Equal(want) {
		t.Errorf("expires at %v, want %v", expires, want)
	}
	gotAccount, gotFamily, err := tokens.Verify(signed)
	if err != nil {
		t.Fatal(err)
	}
	if gotAccount != account || gotFamily != family {
		t.Error("the token stands for another account or session")
	}
}

func TestATokenSaysNothingElse(t *testing.T) {
	c := newClock()
	tokens := open(t, keyFile(t), c)
	account := uuid.New()
	signed, _, err := tokens.Issue(account, uuid.New())
	if err != nil {
		t.Fatal(err)
	}
	var claims map[string]any
	part(t, signed, 1, &claims)
	for _, name := range []string{"iss", "aud", "sub", "sid", "iat", "exp"} {
		if _, ok := claims[name]; !ok {
			t.Errorf("claim %s is missing", name)
		}
		delete(claims, name)
	}
	if len(claims) > 0 {
		t.Errorf("%d claims too many", len(claims))
	}
}

func TestATokenIsGoodUntilItExpires(t *testing.T) {
	c := newClock()
	tokens := open(t, keyFile(t), c)
	signed := issue(t, tokens)
	c.pass(token.Lifetime - time.Second)
	if _, _, err := tokens.Verify(signed); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	c.pass(time.Minute)
	if _, _, err := tokens.Verify(signed); err == nil {
		t.Error("good after its end")
	}
}

func TestATokenSurvivesARestart(t *testing.T) {
	c, path := newClock(), keyFile(t)
	signed := issue(t, open(t, path, c))
	if _, _, err := open(t, path, c).Verify(signed); err != nil {
		t.Error(err)
	}
}

func TestRotation(t *testing.T) {
	c, path := newClock(), keyFile(t)
	running := open(t, path, c)
	before := issue(t, running)
	if err := token.Rotate(path, c.Now()); err != nil {
		t.Fatal(err)
	}
	after := issue(t, running)
	if keyID(t, before) == keyID(t, after) {
		t.Error("the running service goes on signing with the old key")
	}
	restarted := open(t, path, c)
	for name, tokens := range map[string]*token.Tokens{"running": running, "restarted": restarted} {
		for when, signed := range map[string]string{"before": before, "after": after} {
			if _, _, err := tokens.Verify(signed); err != nil {
				t.Errorf("%s service, token of %s the rotation: %v", name, when, err)
			}
		}
	}
	if content := read(t, path); strings.Count(content, `"d"`) != 1 {
		t.Error("the key file must hold the private half of the signing key alone")
	}
}

func TestARetiredKeyIsTrustedNoLongerThanItsTokensLive(t *testing.T) {
	c, path := newClock(), keyFile(t)
	var old struct{ Signing json.RawMessage }
	if err := json.Unmarshal([]byte(read(t, path)), &old); err != nil {
		t.Fatal(err)
	}
	if err := token.Rotate(path, c.Now()); err != nil {
		t.Fatal(err)
	}
	tokens := open(t, path, c)
	c.pass(token.Lifetime + 2*time.Minute)
	if _, _, err := tokens.Verify(forge(t, old.Signing, c, nil, nil)); err == nil {
		t.Error("whoever kept the retired key can still sign")
	}
	if err := token.Rotate(path, c.Now()); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(read(t, path), `"until"`); n != 1 {
		t.Errorf("%d retired keys kept, want only the one just retired", n)
	}
}

func TestAReplacedKeyFileEndsEveryTokenAtOnce(t *testing.T) {
	c, path := newClock(), keyFile(t)
	tokens := open(t, path, c)
	signed := issue(t, tokens)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := tokens.Verify(signed); err == nil {
		t.Error("good without a key file")
	}
	if err := token.Create(path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := tokens.Verify(signed); err == nil {
		t.Error("good under a key that is gone")
	}
}

func TestOnlyOneRotationAtATime(t *testing.T) {
	path := keyFile(t)
	if err := os.WriteFile(path+".new", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	if err := token.Rotate(path, time.Now()); err == nil || !strings.Contains(err.Error(), "another rotation") {
		t.Errorf("got %v", err)
	}
	if read(t, path) != before {
		t.Error("the key file changed")
	}
}

func TestKeyFilesThatAreNotOpened(t *testing.T) {
	files := map[string]func(t *testing.T, path string){
		"missing":             func(t *testing.T, path string) { check(t, os.Remove(path)) },
		"readable by others":  func(t *testing.T, path string) { check(t, os.Chmod(path, 0o644)) },
		"not JSON":            func(t *testing.T, path string) { check(t, os.WriteFile(path, []byte("secretkey"), 0o600)) },
		"without a key":       func(t *testing.T, path string) { check(t, os.WriteFile(path, []byte("{}"), 0o600)) },
		"of a symmetric key":  func(t *testing.T, path string) { write(t, path, `{"kty":"oct","k":"c2VjcmV0a2V5","kid":"1"}`) },
		"of a public key":     func(t *testing.T, path string) { write(t, path, publicKey(t)) },
		"of a key of no name": func(t *testing.T, path string) { write(t, path, unnamedKey(t)) },
	}
	for name, spoil := range files {
		t.Run(name, func(t *testing.T) {
			path := keyFile(t)
			spoil(t, path)
			_, err := token.Open(path, token.Options{Issuer: "i", Audience: "a", Now: time.Now})
			if err == nil {
				t.Fatal("opened")
			}
			if strings.Contains(err.Error(), "secretkey") {
				t.Error("the error repeats the file")
			}
		})
	}
}

func TestCreateDoesNotReplaceAKeyFile(t *testing.T) {
	path := keyFile(t)
	before := read(t, path)
	if err := token.Create(path); err == nil {
		t.Error("created over another")
	}
	if read(t, path) != before {
		t.Error("the key file changed")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("mode %04o, want 0600", mode)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	check(t, err)
	return string(content)
}

func write(t *testing.T, path, key string) {
	t.Helper()
	check(t, os.WriteFile(path, []byte(`{"signing":`+key+`}`), 0o600))
}

func publicKey(t *testing.T) string {
	t.Helper()
	half, _, err := ed25519.GenerateKey(rand.Reader)
	check(t, err)
	return marshalKey(t, half, "1")
}

func unnamedKey(t *testing.T) string {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	check(t, err)
	return marshalKey(t, private, "")
}

func marshalKey(t *testing.T, raw any, id string) string {
	t.Helper()
	key, err := jwk.Import(raw)
	check(t, err)
	if id != "" {
		check(t, key.Set(jwk.KeyIDKey, id))
	}
	text, err := json.Marshal(key)
	check(t, err)
	return string(text)
}

// part decodes the header (0) or the claims (1) of a token.
func part(t *testing.T, signed string, n int, into any) {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(signed, ".")[n])
	check(t, err)
	check(t, json.Unmarshal(raw, into))
}

func keyID(t *testing.T, signed string) string {
	t.Helper()
	var header struct{ Kid string }
	part(t, signed, 0, &header)
	return header.Kid
}

// forge signs a token of our form by hand with any key, changed as the two
// functions say.
func forge(t *testing.T, key json.RawMessage, c *clock, header, claims func(map[string]any)) string {
	t.Helper()
	parsed, err := jwk.ParseKey(key)
	check(t, err)
	id, _ := parsed.KeyID()
	h := map[string]any{"alg": "EdDSA", "typ": "at+jwt", "kid": id}
	p := map[string]any{
		"iss": "https://lfpse.test", "aud": "lfpse", "sub": gid.Format(gid.Account, uuid.New()),
		"sid": strings.ReplaceAll(uuid.NewString(), "-", ""),
		"iat": c.Now().Unix(), "exp": c.Now().Add(token.Lifetime).Unix(),
	}
	if header != nil {
		header(h)
	}
	if claims != nil {
		claims(p)
	}
	// Signing names the key by itself, whatever the header says.
	check(t, parsed.Set(jwk.KeyIDKey, h["kid"]))
	payload, err := json.Marshal(p)
	check(t, err)
	headers := jws.NewHeaders()
	for name, value := range h {
		if name != "alg" {
			check(t, headers.Set(name, value))
		}
	}
	signed, err := jws.Sign(payload, jws.WithKey(jwa.EdDSA(), parsed, jws.WithProtectedHeaders(headers)))
	check(t, err)
	return string(signed)
}

// What is remembered of a token that was good is forgotten with its key file.
func TestATokenThatWasGoodEndsWithItsKeyFile(t *testing.T) {
	c, path := newClock(), keyFile(t)
	tokens := open(t, path, c)
	signed := issue(t, tokens)
	for range 2 {
		if _, _, err := tokens.Verify(signed); err != nil {
			t.Fatal(err)
		}
	}
	check(t, os.Remove(path))
	if _, _, err := tokens.Verify(signed); err == nil {
		t.Error("good without a key file")
	}
	check(t, token.Create(path))
	if _, _, err := tokens.Verify(signed); err == nil {
		t.Error("good under a key that is gone")
	}
}

func TestATokenThatWasGoodEndsWithItsRetiredKey(t *testing.T) {
	c, path := newClock(), keyFile(t)
	var old struct{ Signing json.RawMessage }
	check(t, json.Unmarshal([]byte(read(t, path)), &old))
	check(t, token.Rotate(path, c.Now()))
	tokens := open(t, path, c)
	c.pass(token.Lifetime + 30*time.Second)
	signed := forge(t, old.Signing, c, nil, nil)
	if _, _, err := tokens.Verify(signed); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Minute)
	if _, _, err := tokens.Verify(signed); err == nil {
		t.Error("good under a key that is trusted no longer")
	}
}

// Of many tokens each goes on standing for its own.
func TestATokenIsNotTakenForAnother(t *testing.T) {
	c := newClock()
	tokens := open(t, keyFile(t), c)
	stands := map[string]uuid.UUID{}
	for range 20 {
		account := uuid.New()
		signed, _, err := tokens.Issue(account, uuid.New())
		check(t, err)
		stands[signed] = account
	}
	for range 2 {
		for signed, want := range stands {
			if got, _, err := tokens.Verify(signed); err != nil || got != want {
				t.Errorf("it stands for %v, not %v: %v", got, want, err)
			}
		}
	}
}
