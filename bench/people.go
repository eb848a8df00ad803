package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// trusts have a reader each: their answers differ.
	trusts    = 50
	leadEmail = "margaret.holloway@demo.example"
	// fresh is how long a token is used: less than half as long as it is good for.
	fresh = 4 * time.Minute
)

// reader is somebody who can sign in, and what they answer for.
type reader struct{ Email, Area string }

// people are the readers, and their sessions.
type people struct {
	trusts, icbs, regions []reader
	lead                  reader

	address, password string
	mu                sync.Mutex
	sessions          map[string]session
}

type session struct {
	token string
	begun time.Time
}

// hire makes the readers' accounts.
func (l *lab) hire(ctx context.Context) error {
	conn, err := l.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	var codes []string
	if err := conn.QueryRow(ctx, busiest).Scan(&codes); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, statement("people"), pgx.QueryExecModeExec, codes[:trusts]); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement("hire"))
	return err
}

// meetPeople answers the readers.
func (l *lab) meetPeople(ctx context.Context) (*people, error) {
	password, err := os.ReadFile(filepath.Join(l.data, "demo-password"))
	if err != nil {
		return nil, fmt.Errorf("reading the sample accounts' password: %w", err)
	}
	p := &people{
		lead: reader{Email: leadEmail}, address: l.service.address, password: string(password), sessions: map[string]session{},
	}
	rows, err := l.pool.Query(ctx, `SELECT a.email, g.area_code FROM account AS a JOIN access_grant AS g ON g.account_id = a.id
		WHERE a.email LIKE '%@bench.example' ORDER BY a.email`)
	if err != nil {
		return nil, fmt.Errorf("listing readers: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[reader])
	if err != nil {
		return nil, fmt.Errorf("listing readers: %w", err)
	}
	for _, r := range all {
		switch kind, _, _ := strings.Cut(r.Email, "."); kind {
		case "trust":
			p.trusts = append(p.trusts, r)
		case "icb":
			p.icbs = append(p.icbs, r)
		case "region":
			p.regions = append(p.regions, r)
		}
	}
	return p, nil
}

const signIn = `mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }`

// token answers a reader's access token, of a session that has just begun or
// nearly so.
func (p *people) token(ctx context.Context, email string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.sessions[email]; time.Since(s.begun) < fresh {
		return s.token, nil
	}
	body, err := json.Marshal(map[string]any{
		"query": signIn, "variables": map[string]any{"input": map[string]any{"email": email, "password": p.password}},
	})
	if err != nil {
		return "", err
	}
	answer, err := once(ctx, p.address, post("/graphql", "", body))
	if err != nil {
		return "", fmt.Errorf("signing in: %w", err)
	}
	var of struct {
		Data struct {
			SignIn struct {
				Session *struct{ AccessToken string }
			}
		}
	}
	if err := json.Unmarshal(answer, &of); err != nil || of.Data.SignIn.Session == nil {
		return "", fmt.Errorf("signing in as %s was refused", email)
	}
	token := of.Data.SignIn.Session.AccessToken
	p.sessions[email] = session{token: token, begun: time.Now()}
	return token, nil
}
