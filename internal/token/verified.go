package token

import (
	"crypto/sha256"
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// remembered is how many tokens are known to be good at once: those of as many
// people at work. Others are verified again.
const remembered = 10_000

// verified is what was made of a token: it stays so while the key file does, for
// as long as the token and its key are good. Verifying a signature takes longer
// than answering many a question.
type verified struct {
	account, family uuid.UUID
	held            *keys
	from, until     time.Time
}

func (v verified) holds(held *keys, now time.Time) bool {
	return v.held == held && !now.Before(v.from) && now.Before(v.until)
}

// memory keeps what was made of tokens by their digests: nothing in it is a token.
type memory = lru.Cache[[sha256.Size]byte, verified]

// lasting answers what is to be kept of a token that was verified with a key.
func lasting(account, family uuid.UUID, claims jwt.Token, key trustedKey, held *keys) verified {
	from, _ := claims.IssuedAt()
	until, _ := claims.Expiration()
	if !key.until.IsZero() && key.until.Before(until) {
		until = key.until
	}
	return verified{account: account, family: family, held: held, from: from, until: until}
}
