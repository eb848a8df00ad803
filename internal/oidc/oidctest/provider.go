// Package oidctest runs an OpenID provider for tests, which signs whatever a test
// wants signed: what no decent provider would too.
package oidctest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"
)

// Audience is for whom the provider's tokens are.
const Audience = "https://lfpse.example"

// Provider is a running provider.
type Provider struct {
	t      testing.TB
	server *httptest.Server

	// Asked is how often its keys were asked for; Away has it answer nothing.
	Asked atomic.Int64
	Away  atomic.Bool

	mu      sync.Mutex
	key     crypto.Signer
	kid     int
	retired []jose.JSONWebKey
}

// Start starts a provider, which ends with the test.
func Start(t testing.TB) *Provider {
	t.Helper()
	p := &Provider{t: t}
	p.Rotate(true)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		p.answer(w, map[string]any{
			"issuer": p.Issuer(), "jwks_uri": p.Issuer() + "/keys", "authorization_endpoint": p.Issuer() + "/auth",
			"id_token_signing_alg_values_supported": []string{"RS256", "ES256", "HS256", "none"},
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		p.Asked.Add(1)
		p.answer(w, p.public())
	})
	p.server = httptest.NewServer(mux)
	t.Cleanup(p.server.Close)
	return p
}

// Issuer is the provider's name.
func (p *Provider) Issuer() string { return p.server.URL }

func (p *Provider) answer(w http.ResponseWriter, body any) {
	if p.Away.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(body) //nolint:errcheck // the caller has gone
}

// Rotate has the provider sign with another key from now on, of another sort than
// before; the former one is withdrawn, or still published.
func (p *Provider) Rotate(withdraw bool) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.key != nil {
		p.retired = append(p.retired, p.jwk())
	}
	if withdraw {
		p.retired = nil
	}
	p.kid++
	var err error
	if p.kid%2 == 1 {
		p.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	} else {
		p.key, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		p.t.Fatal("making a key for the provider:", err)
	}
}

func (p *Provider) jwk() jose.JSONWebKey {
	return jose.JSONWebKey{Key: p.key.Public(), KeyID: strconv.Itoa(p.kid), Use: "sig"}
}

func (p *Provider) public() jose.JSONWebKeySet {
	p.mu.Lock()
	defer p.mu.Unlock()
	return jose.JSONWebKeySet{Keys: append([]jose.JSONWebKey{p.jwk()}, p.retired...)}
}

// Key answers the public key that the provider signs for.
func (p *Provider) Key() crypto.PublicKey {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.key.Public()
}

// Claims are those of a good token for a subject at an instant, to be changed.
func (p *Provider) Claims(subject string, now time.Time) map[string]any {
	return map[string]any{
		"iss": p.Issuer(), "aud": Audience, "sub": subject, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}
}

// Sign signs claims as a token of a media type.
func (p *Provider) Sign(mediaType string, claims map[string]any) string {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	algorithm := jose.RS256
	if _, is := p.key.(*ecdsa.PrivateKey); is {
		algorithm = jose.ES256
	}
	return Sign(p.t, jose.SigningKey{Algorithm: algorithm, Key: jose.JSONWebKey{Key: p.key, KeyID: strconv.Itoa(p.kid)}}, mediaType, claims)
}

// Sign signs claims with any key.
func Sign(t testing.TB, key jose.SigningKey, mediaType string, claims map[string]any) string {
	t.Helper()
	options := &jose.SignerOptions{}
	if mediaType != "" {
		options = options.WithType(jose.ContentType(mediaType))
	}
	signer, err := jose.NewSigner(key, options)
	if err != nil {
		t.Fatal("signing a token:", err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal("signing a token:", err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		t.Fatal("signing a token:", err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal("signing a token:", err)
	}
	return token
}
