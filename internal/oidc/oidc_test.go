package oidc_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"

	"lfpse/internal/fault"
	"lfpse/internal/oidc"
	"lfpse/internal/oidc/oidctest"
)

// desk is a provider and a verifier of its tokens, with a clock of their own.
type desk struct {
	*oidctest.Provider
	*oidc.Verifier
	t     *testing.T
	clock time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{Provider: oidctest.Start(t), t: t, clock: time.Now().Truncate(time.Second)}
	var err error
	d.Verifier, err = oidc.New(oidc.Options{
		Issuer: d.Provider.Issuer(), Audiences: []string{"the frontend", oidctest.Audience}, Now: func() time.Time { return d.clock },
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// token is a good one, changed.
func (d *desk) token(change map[string]any) string {
	claims := d.Claims("somebody", d.clock)
	maps.Copy(claims, change)
	maps.DeleteFunc(claims, func(_ string, value any) bool { return value == nil })
	return d.Sign("at+jwt", claims)
}

func TestWhatAGoodTokenSays(t *testing.T) {
	d := newDesk(t)
	for name, tt := range map[string]struct {
		claims map[string]any
		email  string
	}{
		"no address":                       {nil, ""},
		"an address":                       {map[string]any{"email": "a@nhs.test"}, ""},
		"one that is not verified":         {map[string]any{"email": "a@nhs.test", "email_verified": false}, ""},
		"one that was verified":            {map[string]any{"email": "a@nhs.test", "email_verified": true}, "a@nhs.test"},
		"and says so in words":             {map[string]any{"email": "a@nhs.test", "email_verified": "true"}, "a@nhs.test"},
		"or says something else":           {map[string]any{"email": "a@nhs.test", "email_verified": 1}, ""},
		"or has no address":                {map[string]any{"email_verified": true}, ""},
		"or an address that is not a text": {map[string]any{"email": []string{"a@nhs.test"}, "email_verified": true}, ""},
		"for several audiences":            {map[string]any{"aud": []string{"another", "the frontend"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			token := d.token(tt.claims)
			subject, email, issued, err := d.Verify(t.Context(), token)
			if err != nil || subject != "somebody" || email != tt.email || !issued.Equal(d.clock) || !d.Names(token) {
				t.Errorf("got %q, %q, %v, %v", subject, email, issued, err)
			}
		})
	}
	t.Run("an ID token", func(t *testing.T) {
		if subject, _, _, err := d.Verify(t.Context(), d.Sign("", d.Claims("somebody", d.clock))); err != nil || subject != "somebody" {
			t.Errorf("got %q, %v", subject, err)
		}
	})
}

func TestTokensThatAreRefused(t *testing.T) {
	d := newDesk(t)
	other := oidctest.Start(t)
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	good := d.Claims("somebody", d.clock)
	split := strings.Split(d.token(nil), ".")
	forged := must[[]byte](t)(json.Marshal(d.Claims("somebody else", d.clock)))
	for name, token := range map[string]string{
		"for another audience":         d.token(map[string]any{"aud": "another"}),
		"for none":                     d.token(map[string]any{"aud": nil}),
		"of another issuer":            d.token(map[string]any{"iss": other.Issuer()}),
		"of another issuer's key":      other.Sign("at+jwt", good),
		"of no issuer":                 d.token(map[string]any{"iss": nil}),
		"expired":                      d.token(map[string]any{"exp": d.clock.Add(-time.Second).Unix()}),
		"without an end":               d.token(map[string]any{"exp": nil}),
		"to begin":                     d.token(map[string]any{"nbf": d.clock.Add(10 * time.Second).Unix()}),
		"to begin some day":            d.token(map[string]any{"nbf": "soon"}),
		"issued tomorrow":              d.token(map[string]any{"iat": d.clock.Add(24 * time.Hour).Unix()}),
		"issued at no time":            d.token(map[string]any{"iat": nil}),
		"of nobody":                    d.token(map[string]any{"sub": nil}),
		"of somebody with a long name": d.token(map[string]any{"sub": strings.Repeat("s", 256)}),
		"of a logout":                  d.Sign("logout+jwt", good),
		"of a logout without its type": d.token(map[string]any{"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}}}),
		"unsigned":                     base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + split[1] + ".",
		"signed with none and a rest":  base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + split[1] + "." + split[2],
		"signed by a stranger":         oidctest.Sign(t, jose.SigningKey{Algorithm: jose.RS256, Key: stranger}, "at+jwt", good),
		"with an algorithm not pinned": oidctest.Sign(t, jose.SigningKey{Algorithm: jose.RS512, Key: stranger}, "at+jwt", good),
		"changed":                      split[0] + "." + base64.RawURLEncoding.EncodeToString(forged) + "." + split[2],
		"cut off":                      split[0] + "." + split[1] + ".",
		"too long":                     d.token(map[string]any{"groups": strings.Repeat("g", 16<<10)}),
		"none at all":                  "Pemberton",
	} {
		t.Run(name, func(t *testing.T) {
			_, _, _, err := d.Verify(t.Context(), token)
			if fault.KindOf(err) != fault.Unauthenticated || strings.Contains(err.Error(), "somebody") {
				t.Errorf("got %v", err)
			}
		})
	}
	for name, secret := range map[string][]byte{
		"in PEM": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: must[[]byte](t)(x509.MarshalPKIXPublicKey(d.Key()))}),
		"in DER": must[[]byte](t)(x509.MarshalPKIXPublicKey(d.Key())),
	} {
		t.Run("signed with the public key for a secret, "+name, func(t *testing.T) {
			token := oidctest.Sign(t, jose.SigningKey{Algorithm: jose.HS256, Key: secret}, "at+jwt", good)
			if _, _, _, err := d.Verify(t.Context(), token); fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, _, _, err := d.Verify(t.Context(), d.token(nil)); err != nil {
		t.Errorf("and the good one: %v", err)
	}
	if asked := d.Asked.Load(); asked > 1 {
		t.Errorf("the provider was asked %d times within five seconds", asked)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func (d *desk) good(token string) bool {
	d.t.Helper()
	_, _, _, err := d.Verify(d.t.Context(), token)
	return err == nil
}

func TestKeysThatChange(t *testing.T) {
	d := newDesk(t)
	first := d.token(map[string]any{"exp": d.clock.Add(time.Hour).Unix()})
	if !d.good(first) {
		t.Fatal("a good token is refused")
	}
	d.Rotate(false)
	d.clock = d.clock.Add(10 * time.Second)
	if second := d.token(nil); !d.good(second) {
		t.Error("the next key is not taken")
	}
	if !d.good(first) {
		t.Error("the former key is not taken, while it is published")
	}
	d.Rotate(true)
	d.clock = d.clock.Add(20 * time.Minute)
	if d.good(first) {
		t.Error("a key that was withdrawn is taken for a quarter of an hour and more")
	}
}

func TestAProviderThatIsAway(t *testing.T) {
	d := newDesk(t)
	d.Away.Store(true)
	token := d.token(map[string]any{"exp": d.clock.Add(24 * time.Hour).Unix()})
	if _, _, _, err := d.Verify(t.Context(), token); fault.KindOf(err) != fault.Internal {
		t.Errorf("without keys it answers %v", err)
	}
	d.Away.Store(false)
	d.clock = d.clock.Add(6 * time.Second)
	if !d.good(token) {
		t.Error("once it is back, a good token is refused")
	}
	d.Away.Store(true)
	d.clock = d.clock.Add(time.Hour)
	if !d.good(token) {
		t.Error("its keys are forgotten within the hour")
	}
	d.clock = d.clock.Add(12 * time.Hour)
	if _, _, _, err := d.Verify(t.Context(), token); fault.KindOf(err) != fault.Internal {
		t.Errorf("its keys are used for half a day and more: %v", err)
	}
}

func TestManyTokensAtOnceAskTheProviderOnce(t *testing.T) {
	d := newDesk(t)
	token := d.token(nil)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if !d.good(token) {
				t.Error("a good token is refused")
			}
		})
	}
	wait.Wait()
	if asked := d.Asked.Load(); asked != 1 {
		t.Errorf("the provider was asked %d times", asked)
	}
}

func TestSettingsThatAreRefused(t *testing.T) {
	for name, o := range map[string]oidc.Options{
		"no issuer":                   {},
		"an issuer that is no URL":    {Issuer: "login.example.org"},
		"an issuer in the clear":      {Issuer: "http://login.example.org"},
		"an issuer with a query":      {Issuer: "https://login.example.org/?realm=1"},
		"an issuer without audience":  {Issuer: "https://login.example.org", Audiences: []string{}},
		"an issuer of empty audience": {Issuer: "https://login.example.org", Audiences: []string{""}},
	} {
		o.Now = time.Now
		if o.Audiences == nil {
			o.Audiences = []string{"lfpse"}
		}
		if _, err := oidc.New(o); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
