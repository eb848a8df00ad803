package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/account"
)

// SignedIn answers whom a live session of an active account stands for.
func (s *Accounts) SignedIn(ctx context.Context, id, family uuid.UUID, at time.Time) (account.Caller, bool, error) {
	session := &s.sessions.anywhere
	if journeyOf(ctx) != nil {
		session = &s.sessions.positioned
	}
	answer, err := session.ask(ctx, sessionKey{account: id, family: family, at: at})
	if err = errors.Join(err, answer.unread, notePosition(ctx, answer.position)); err != nil {
		return account.Caller{}, false, fmt.Errorf("reading a session: %w", err)
	}
	return answer.who, answer.found, nil
}

// sessionKey is a session as it is at an instant.
type sessionKey struct {
	account, family uuid.UUID
	at              time.Time
}

// signedInAnswer is whom a session stands for.
type signedInAnswer struct {
	who      account.Caller
	found    bool
	unread   error  // what is stored of them cannot be read
	position string // empty where it was not asked for
}

// sessions read who signed in. Every request does: those that come at once are read
// together.
type sessions struct {
	anywhere   gathering[sessionKey, signedInAnswer]
	positioned gathering[sessionKey, signedInAnswer] // with the position
}

func newSessions(db *bun.DB) *sessions {
	s := &sessions{}
	for position, of := range map[string]*gathering[sessionKey, signedInAnswer]{"NULL::text": &s.anywhere, positionNow: &s.positioned} {
		statement := statementOf(bun.SafeQuery(`SELECT k.n, o.*
			FROM unnest(?::uuid[], ?::uuid[], ?::timestamptz[]) WITH ORDINALITY AS k (family, account, at, n) CROSS JOIN LATERAL (? LIMIT 1) AS o`,
			slot(0), slot(1), slot(2),
			bun.SafeQuery(signedIn, bun.SafeQuery("k.at"), bun.SafeQuery("k.family"), bun.SafeQuery("k.account"), bun.SafeQuery(position+" AS position"))))
		of.patience = patience
		of.read = func(ctx context.Context, keys []sessionKey) ([]signedInAnswer, error) {
			return readSessions(ctx, db, statement, keys)
		}
	}
	return s
}

// numberedCaller is the caller of a session that has a number among those asked for,
// from 1 on.
type numberedCaller struct {
	n int
	callerRow
}

func (r *numberedCaller) into() []any { return append([]any{&r.n}, r.callerRow.into()...) }

func readSessions(ctx context.Context, db *bun.DB, s statement, keys []sessionKey) ([]signedInAnswer, error) {
	families, accounts, at := make([]storedID, len(keys)), make([]storedID, len(keys)), make([]time.Time, len(keys))
	for i, key := range keys {
		families[i], accounts[i], at[i] = storedID(key.family), storedID(key.account), key.at
	}
	answers := make([]signedInAnswer, len(keys))
	err := preparedText(ctx, db, s.sql, s.with(families, accounts, at), (*numberedCaller).into, func(row *numberedCaller) {
		answer := &answers[row.n-1]
		answer.who, answer.unread = row.caller()
		answer.who.Family, answer.found, answer.position = keys[row.n-1].family, true, row.Position
	})
	return answers, err
}
