// Package oidc verifies the tokens of one OpenID provider: that it signed them,
// for this service, and that they are good now. Whose they are is not its
// business.
package oidc

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"lfpse/internal/fault"
)

const (
	// maxLength is several times what providers write: longer ones are not decoded.
	maxLength = 16 << 10
	// maxSubject is how long OpenID Connect Core lets a subject be (section 2).
	maxSubject = 255
	// skew is by how much the clocks of two servers may disagree.
	skew = 5 * time.Second
	// answerTime is how long the provider may take to answer.
	answerTime = 5 * time.Second
)

// algorithms are those of signatures that are taken, whatever the provider says
// of itself: public keys only, so that nobody makes a token of what they can read.
func algorithms() []string { return []string{oidc.RS256, oidc.PS256, oidc.ES256} }

// mediaTypes are those of the tokens that are taken: access tokens (RFC 9068) and
// ID tokens, which name none. A provider signs other things with the same keys.
func mediaTypes() []string { return []string{"", "jwt", "at+jwt", "application/at+jwt"} }

// Options say whose tokens are taken.
type Options struct {
	Issuer string // as it stands in the tokens and answers /.well-known/openid-configuration
	// Audiences are those for whom a token may be: the service's name as a
	// resource, a frontend's client id for its ID tokens.
	Audiences []string
	Now       func() time.Time
	// Client asks the provider; nil for one that waits five seconds.
	Client *http.Client
}

// Verifier verifies tokens. It may be used by many goroutines.
type Verifier struct {
	options Options
	keys    *keys
}

// New makes a verifier. It does not ask the provider: that is done when the
// first token comes, so that a service starts while the provider is away.
func New(o Options) (*Verifier, error) {
	issuer, err := url.Parse(o.Issuer)
	switch {
	case err != nil || issuer.Host == "" || issuer.RawQuery != "" || issuer.Fragment != "":
		return nil, errors.New("the issuer is not a URL such as https://login.example.org")
	case issuer.Scheme != "https" && (issuer.Scheme != "http" || !loopback(issuer.Hostname())):
		return nil, errors.New("the issuer's URL must begin with https://: whoever stands between could forge its keys")
	case len(o.Audiences) == 0 || slices.Contains(o.Audiences, ""):
		return nil, errors.New("the audience of its tokens is wanted")
	case o.Now == nil:
		return nil, errors.New("a clock is wanted")
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: answerTime}
	}
	return &Verifier{options: o, keys: &keys{issuer: o.Issuer, client: o.Client, now: o.Now}}, nil
}

func loopback(host string) bool {
	address := net.ParseIP(host)
	return host == "localhost" || address != nil && address.IsLoopback()
}

// Issuer is whose tokens are verified.
func (v *Verifier) Issuer() string { return v.options.Issuer }

// Names tells whether a token names the provider as its issuer. Nothing of that is
// verified: it says by whom the token wants to be verified.
func (v *Verifier) Names(token string) bool {
	_, payload, ok := parts(token)
	return ok && payload.Issuer == v.options.Issuer
}

type header struct {
	Type string `json:"typ"`
}

type payload struct {
	Issuer string `json:"iss"`
}

func parts(token string) (h header, p payload, ok bool) {
	split := strings.Split(token, ".")
	if len(token) > maxLength || len(split) != 3 {
		return h, p, false
	}
	return h, p, read(split[0], &h) && read(split[1], &p)
}

func read(part string, into any) bool {
	decoded, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(decoded, into) == nil
}

// Verify answers what a token says: the subject, the e-mail address where the
// provider vouches for it (else none), and when it was issued. What is wrong with
// a token is a fault of kind Unauthenticated; that the provider's keys cannot be
// had is another error, and then no token is good.
func (v *Verifier) Verify(ctx context.Context, token string) (subject, email string, issued time.Time, err error) {
	h, _, ok := parts(token)
	if !ok || !slices.Contains(mediaTypes(), strings.ToLower(h.Type)) {
		return "", "", time.Time{}, refused(errors.New("it is no access token and no ID token"))
	}
	set, err := v.keys.forToken(ctx, token)
	if err != nil {
		return "", "", time.Time{}, err
	}
	verified, err := oidc.NewVerifier(v.options.Issuer, set, &oidc.Config{
		SkipClientIDCheck: true, SupportedSigningAlgs: algorithms(), Now: v.options.Now,
	}).Verify(ctx, token)
	if err != nil {
		return "", "", time.Time{}, refused(reasonOf(err))
	}
	if err := v.check(verified); err != nil {
		return "", "", time.Time{}, refused(err)
	}
	return verified.Subject, vouched(verified), verified.IssuedAt, nil
}

// check is what the library leaves to its callers.
func (v *Verifier) check(t *oidc.IDToken) error {
	now := v.options.Now()
	var claims struct {
		NotBefore json.Number     `json:"nbf"`
		Events    json.RawMessage `json:"events"`
	}
	if err := t.Claims(&claims); err != nil {
		return errors.New("its claims are not of their types")
	}
	switch {
	case !slices.ContainsFunc(t.Audience, func(a string) bool { return slices.Contains(v.options.Audiences, a) }):
		return errors.New("it is for another audience")
	case t.Subject == "" || len(t.Subject) > maxSubject:
		return errors.New("it names nobody")
	case t.IssuedAt.IsZero() || t.IssuedAt.After(now.Add(skew)):
		return errors.New("it was issued at no time, or is to be")
	case claims.Events != nil:
		return errors.New("it tells of a security event")
	}
	if claims.NotBefore == "" {
		return nil
	}
	seconds, err := claims.NotBefore.Float64()
	if err != nil || now.Add(skew).Before(time.Unix(int64(seconds), 0)) {
		return errors.New("it is not good yet")
	}
	return nil
}

// vouched is the token's e-mail address where the provider says that it has
// verified it. Some write true as a text.
func vouched(t *oidc.IDToken) string {
	var claims struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"`
	}
	if t.Claims(&claims) != nil || claims.Verified != true && claims.Verified != "true" {
		return ""
	}
	return claims.Email
}

func refused(cause error) error {
	return fault.Wrap(fault.Unauthenticated, "This token of the OpenID provider is not good, or no longer. Please sign in there again.", cause)
}

// reasonOf gives a reason in our own words: the library's may quote the token.
func reasonOf(err error) error {
	if expired := (*oidc.TokenExpiredError)(nil); errors.As(err, &expired) {
		return errors.New("it has expired")
	}
	return fmt.Errorf("it does not verify")
}
