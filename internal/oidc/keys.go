package oidc

import (
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	jose "github.com/go-jose/go-jose/v4"
	"golang.org/x/sync/singleflight"
)

const (
	// keysLife is how long keys are used before they are asked for again: so soon
	// is one no longer taken that the provider has withdrawn.
	keysLife = 15 * time.Minute
	// keysLast is how long they are used where the provider does not answer.
	// Afterwards no token is good.
	keysLast = 12 * time.Hour
	// keysPause is how long the provider is left alone after it was asked: anybody
	// can send tokens that no key fits.
	keysPause = 5 * time.Second

	maxKeySet = 1 << 20 // bytes
)

// keys are the provider's, as it had them when it was last asked.
type keys struct {
	issuer string
	client *http.Client
	now    func() time.Time
	flight singleflight.Group // asks the provider once for all who want to know

	mu      sync.Mutex
	held    []crypto.PublicKey
	fetched time.Time // when those held were had
	asked   time.Time // when the provider was last asked, in vain or not
}

// forToken answers the keys to verify a token with: asked for anew where they are
// old, or none of them fits, since providers change keys without notice.
func (k *keys) forToken(ctx context.Context, token string) (oidc.KeySet, error) {
	held, age := k.current()
	if age < keysLife && fits(ctx, held, token) {
		return held, nil
	}
	_, err, _ := k.flight.Do("keys", func() (any, error) {
		// Whoever sent the token may hang up; the others want the keys all the same.
		return nil, k.renew(context.WithoutCancel(ctx))
	})
	held, age = k.current()
	if age >= keysLast {
		return nil, fmt.Errorf("the OpenID provider's keys cannot be had: %w", err)
	}
	return held, nil
}

func fits(ctx context.Context, held *oidc.StaticKeySet, token string) bool {
	_, err := held.VerifySignature(ctx, token)
	return err == nil
}

// current answers the keys that are held and how old they are; without any they
// are as old as can be.
func (k *keys) current() (held *oidc.StaticKeySet, age time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return &oidc.StaticKeySet{PublicKeys: k.held}, k.now().Sub(k.fetched)
}

// renew asks the provider, unless it was asked a moment ago.
func (k *keys) renew(ctx context.Context) error {
	k.mu.Lock()
	now := k.now()
	soon := now.Sub(k.asked) < keysPause
	if !soon {
		k.asked = now
	}
	k.mu.Unlock()
	if soon {
		return errors.New("it was asked a moment ago")
	}
	held, err := k.fetch(ctx)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held, k.fetched = held, now
	return nil
}

// fetch asks the provider where its keys are, and for them.
func (k *keys) fetch(ctx context.Context) ([]crypto.PublicKey, error) {
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, k.client), k.issuer)
	if err != nil {
		return nil, fmt.Errorf("asking what it can do: %w", err)
	}
	var about struct {
		Keys string `json:"jwks_uri"`
	}
	if err := provider.Claims(&about); err != nil {
		return nil, fmt.Errorf("reading what it can do: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, about.Keys, nil)
	if err != nil {
		return nil, fmt.Errorf("asking for its keys: %w", err)
	}
	response, err := k.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("asking for its keys: %w", err)
	}
	defer response.Body.Close() //nolint:errcheck // it was only read
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("asking for its keys: it answers %d", response.StatusCode)
	}
	var set jose.JSONWebKeySet
	if err := json.NewDecoder(io.LimitReader(response.Body, maxKeySet)).Decode(&set); err != nil {
		return nil, fmt.Errorf("reading its keys: %w", err)
	}
	return signing(set)
}

// signing are the public keys of a set that signatures are made with.
func signing(set jose.JSONWebKeySet) ([]crypto.PublicKey, error) {
	var public []crypto.PublicKey
	for _, key := range set.Keys {
		if key.Valid() && key.IsPublic() && (key.Use == "" || key.Use == "sig") {
			public = append(public, key.Key)
		}
	}
	if len(public) == 0 {
		return nil, errors.New("it has no keys to sign with")
	}
	return public, nil
}
