package token_test

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/gid"
	"lfpse/internal/token"
)

// signingKey reads the private key of a key file, as only a test may.
func signingKey(t *testing.T, path string) json.RawMessage {
	t.Helper()
	var file struct{ Signing json.RawMessage }
	check(t, json.Unmarshal([]byte(read(t, path)), &file))
	return file.Signing
}

func segment(t *testing.T, value map[string]any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	check(t, err)
	return base64.RawURLEncoding.EncodeToString(raw)
}

func TestForgeIsABelievableForger(t *testing.T) {
	c, path := newClock(), keyFile(t)
	if _, _, err := open(t, path, c).Verify(forge(t, signingKey(t, path), c, nil, nil)); err != nil {
		t.Fatalf("the tests below would pass for the wrong reason: %v", err)
	}
}

// Everything here is signed with the true key: what is refused is what it says.
func TestClaimsThatAreRefused(t *testing.T) {
	c, path := newClock(), keyFile(t)
	tokens, key := open(t, path, c), signingKey(t, path)
	set := func(name string, value any) func(map[string]any) {
		return func(claims map[string]any) { claims[name] = value }
	}
	without := func(name string) func(map[string]any) {
		return func(claims map[string]any) { delete(claims, name) }
	}
	refused := map[string]func(map[string]any){
		"another issuer":          set("iss", "https://elsewhere.test"),
		"no issuer":               without("iss"),
		"another audience":        set("aud", "another"),
		"no audience":             without("aud"),
		"expired":                 set("exp", c.Now().Add(-time.Minute).Unix()),
		"no end":                  without("exp"),
		"no beginning":            without("iat"),
		"issued in the future":    set("iat", c.Now().Add(time.Minute).Unix()),
		"longer-lived than ours":  set("exp", c.Now().Add(time.Hour).Unix()),
		"no subject":              without("sub"),
		"a subject of other type": set("sub", gid.Format(gid.Event, uuid.New())),
		"a bare subject":          set("sub", uuid.NewString()),
		"no session":              without("sid"),
		"a session that is short": set("sid", "abcd"),
		"a session that is no id": set("sid", strings.Repeat("z", 32)),
		"a session of other type": set("sid", 7),
	}
	for name, claims := range refused {
		t.Run(name, func(t *testing.T) {
			if _, _, err := tokens.Verify(forge(t, key, c, nil, claims)); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestHeadersThatAreRefused(t *testing.T) {
	c, path := newClock(), keyFile(t)
	tokens, key := open(t, path, c), signingKey(t, path)
	refused := map[string]func(map[string]any){
		"another type of token": func(h map[string]any) { h["typ"] = "JWT" },
		"no type":               func(h map[string]any) { delete(h, "typ") },
		"an unknown key":        func(h map[string]any) { h["kid"] = "another" },
	}
	for name, header := range refused {
		t.Run(name, func(t *testing.T) {
			if _, _, err := tokens.Verify(forge(t, key, c, header, nil)); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestSignaturesThatAreRefused(t *testing.T) {
	c, path := newClock(), keyFile(t)
	tokens, key := open(t, path, c), signingKey(t, path)
	good := issue(t, tokens)
	parts := strings.Split(good, ".")
	var claims, public map[string]any
	part(t, good, 1, &claims)
	check(t, json.Unmarshal(key, &public))
	claims["sub"] = gid.Format(gid.Account, uuid.New())
	id := keyID(t, good)

	_, other, err := ed25519.GenerateKey(rand.Reader)
	check(t, err)
	confused := segment(t, map[string]any{"alg": "HS256", "typ": "at+jwt", "kid": id}) + "." + parts[1]
	secret, err := base64.RawURLEncoding.DecodeString(public["x"].(string))
	check(t, err)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(confused))

	refused := map[string]string{
		"other claims under the same signature": parts[0] + "." + segment(t, claims) + "." + parts[2],
		"no signature":                          parts[0] + "." + parts[1] + ".",
		"algorithm none":                        segment(t, map[string]any{"alg": "none", "typ": "at+jwt", "kid": id}) + "." + parts[1] + ".",
		"algorithm none, signature kept":        segment(t, map[string]any{"alg": "none", "typ": "at+jwt", "kid": id}) + "." + parts[1] + "." + parts[2],
		"the public key as a shared secret":     confused + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)),
		"another key under our key's name":      forge(t, json.RawMessage(marshalKey(t, other, id)), c, nil, nil),
		"another key that it brings along": forge(t, json.RawMessage(marshalKey(t, other, id)), c, func(h map[string]any) {
			h["jku"] = "https://elsewhere.test/keys"
		}, nil),
		"nothing":    "",
		"no token":   "secret",
		"very long":  strings.Repeat("a", 1<<20),
		"bare JSON":  `{"sub":"account_secret"}`,
		"two tokens": good + "." + good,
	}
	for name, signed := range refused {
		t.Run(name, func(t *testing.T) {
			_, _, err := tokens.Verify(signed)
			if err == nil {
				t.Fatal("accepted")
			}
			if strings.Contains(err.Error(), "secret") {
				t.Error("the error repeats the token")
			}
		})
	}
}

func TestAnotherServicesKeyFileDoesNotVerifyOurs(t *testing.T) {
	c := newClock()
	signed := issue(t, open(t, keyFile(t), c))
	if _, _, err := open(t, keyFile(t), c).Verify(signed); err == nil {
		t.Error("accepted")
	}
}

func BenchmarkVerify(b *testing.B) {
	path := b.TempDir() + "/keys.json"
	if err := token.Create(path); err != nil {
		b.Fatal(err)
	}
	tokens, err := token.Open(path, token.Options{Issuer: "i", Audience: "a", Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	signed, _, err := tokens.Issue(uuid.New(), uuid.New())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := tokens.Verify(signed); err != nil {
			b.Fatal(err)
		}
	}
}
