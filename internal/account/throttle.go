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

	// Whoever goes on failing waits longer and longer: from the tenth failure in a row
	// for one address on, whether or not it is anybody's, and from the hundredth from one
	// network, which many people may share.
	failuresPerEmail     = 10
	longestEmailWait     = 15 * time.Minute
	failuresPerNetwork   = 100
	longestNetworkWait   = 30 * time.Second
	failuresForgotten    = time.Hour
	secondsAfterFailures = 10

	// What is asked for an address sends mail to somebody who may not want it.
	asksPerEmail      = 3
	minutesPerAsk     = 5
	asksPerNetwork    = 60
	networkAskSeconds = 10
)

// throttle bounds how often somebody may try to sign in. It remembers a fixed
// number of those who did, in memory, e-mail addresses as hashes only.
type throttle struct {
	now      func() time.Time
	emails   *buckets[[sha256.Size]byte]
	networks *buckets[netip.Prefix]

	failedEmails   *waits[[sha256.Size]byte]
	failedNetworks *waits[netip.Prefix]

	asksByEmail   *buckets[[sha256.Size]byte]
	asksByNetwork *buckets[netip.Prefix]
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
	t := &throttle{now: now, emails: emails, networks: networks}
	if t.failedEmails, err = newWaits[[sha256.Size]byte](failuresPerEmail, longestEmailWait, emailsRemembered); err != nil {
		return nil, err
	}
	if t.failedNetworks, err = newWaits[netip.Prefix](failuresPerNetwork, longestNetworkWait, networksRemembered); err != nil {
		return nil, err
	}
	t.asksByEmail, err = newBuckets[[sha256.Size]byte](rate.Every(minutesPerAsk*time.Minute), asksPerEmail, emailsRemembered)
	if err != nil {
		return nil, err
	}
	t.asksByNetwork, err = newBuckets[netip.Prefix](rate.Every(networkAskSeconds*time.Second), asksPerNetwork, networksRemembered)
	return t, err
}

// admit takes one try from an e-mail address and from a network address; the
// zero netip.Addr is not counted. Its error is a fault of kind RateLimited.
func (t *throttle) admit(email string, from netip.Addr) error {
	now := t.now()
	if !t.failedEmails.over(sha256.Sum256([]byte(email)), now) || from.IsValid() && !t.failedNetworks.over(networkOf(from), now) {
		return errTooManyTries()
	}
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
	t.failedEmails.forget(sha256.Sum256([]byte(email)))
}

// failed notes a try that failed.
func (t *throttle) failed(email string, from netip.Addr) {
	now := t.now()
	t.failedEmails.fail(sha256.Sum256([]byte(email)), now)
	if from.IsValid() {
		t.failedNetworks.fail(networkOf(from), now)
	}
}

// admitAsking takes one request to send mail to an address. Addresses that may be of
// one mailbox share what it is sent. Its error is a fault of kind RateLimited.
func (t *throttle) admitAsking(email string, from netip.Addr) error {
	now := t.now()
	email, _ = mailbox(email)
	if from.IsValid() && !t.asksByNetwork.take(networkOf(from), now) || !t.asksByEmail.take(sha256.Sum256([]byte(email)), now) {
		return fault.New(fault.RateLimited, "This was asked several times already. Please look for the mail, or wait a few minutes.")
	}
	return nil
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
