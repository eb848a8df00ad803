package account

import (
	"crypto/sha256"
	"net/netip"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"lfpse/internal/fault"
)

// Guessing is slowed down twice over: per e-mail address, whether or not it
// belongs to anybody, and per network address.
const (
	// Ten tries, then one in ten seconds: a person who mistypes does not notice,
	// a guesser has some 8,600 a day.
	triesPerEmail    = 10
	secondsPerEmail  = 10
	emailsRemembered = 20_000
	// A whole hospital may come from one address at the change of shift.
	triesPerNetwork    = 200
	networkPerSecond   = 5
	networksRemembered = 20_000
)

// throttle bounds how often somebody may try to sign in. It remembers a fixed
// number of those who did, in memory, e-mail addresses as hashes only.
type throttle struct {
	now      func() time.Time
	emails   *buckets[[sha256.Size]byte]
	networks *buckets[netip.Prefix]
}

func newThrottle(now func() time.Time) (*throttle, error) {
	emails, err := newBuckets[[sha256.Size]byte](rate.Every(secondsPerEmail*time.Second), triesPerEmail, emailsRemembered)
	if err != nil {
		return nil, err
	}
	networks, err := newBuckets[netip.Prefix](networkPerSecond, triesPerNetwork, networksRemembered)
	if err != nil {
		return nil, err
	}
	return &throttle{now: now, emails: emails, networks: networks}, nil
}

// admit takes one try from an e-mail address and from a network address; the
// zero netip.Addr is not counted. Its error is a fault of kind RateLimited.
func (t *throttle) admit(email string, from netip.Addr) error {
	now := t.now()
	if from.IsValid() && !t.networks.take(networkOf(from), now) {
		return errTooManyTries()
	}
	if !t.emails.take(sha256.Sum256([]byte(email)), now) {
		return errTooManyTries()
	}
	return nil
}

// forgive forgets the tries of an e-mail address whose owner has signed in.
func (t *throttle) forgive(email string) {
	t.emails.forget(sha256.Sum256([]byte(email)))
}

func errTooManyTries() error {
	return fault.New(fault.RateLimited, "Too many tries to sign in. Please wait a minute before the next.")
}

// networkOf is what one customer of a network is given: an address of IPv4, a
// /64 of IPv6.
func networkOf(address netip.Addr) netip.Prefix {
	address = address.Unmap().WithZone("")
	if address.Is4() {
		return netip.PrefixFrom(address, 32)
	}
	return netip.PrefixFrom(address, 64).Masked()
}

// buckets are token buckets by key, of which the least recently used are
// forgotten.
type buckets[K comparable] struct {
	limit rate.Limit
	burst int
	held  *lru.Cache[K, *rate.Limiter]
}

func newBuckets[K comparable](limit rate.Limit, burst, size int) (*buckets[K], error) {
	held, err := lru.New[K, *rate.Limiter](size)
	if err != nil {
		return nil, err
	}
	return &buckets[K]{limit: limit, burst: burst, held: held}, nil
}

func (b *buckets[K]) take(key K, now time.Time) bool {
	limiter, ok := b.held.Get(key)
	if !ok {
		limiter = rate.NewLimiter(b.limit, b.burst)
		if earlier, found, _ := b.held.PeekOrAdd(key, limiter); found {
			limiter = earlier
		}
	}
	return limiter.AllowN(now, 1)
}

func (b *buckets[K]) forget(key K) { b.held.Remove(key) }
