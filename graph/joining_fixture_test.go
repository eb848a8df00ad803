package graph_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/account"
	"lfpse/internal/mailer"
	"lfpse/internal/mailer/mailertest"
	"lfpse/internal/notification"
)

const (
	newPassword = "seven lanterns over the estuary"
	question    = "What was the name of your first teacher?"
	reply       = "Mrs. O'Flaherty"
)

// post starts a mail server, and a worker that delivers to it and looks at what
// people ask for.
func (s *service) post() *mailertest.Server {
	s.t.Helper()
	server := mailertest.Start(s.t, nil)
	sender := must[*mailer.SMTP](s.t)(mailer.NewSMTP(mailer.SMTPOptions{
		Host: server.Host, Port: server.Port, Security: mailer.Open, From: "no-reply@lfpse.example", Timeout: 10 * time.Second,
	}))
	words := must[*notification.Writer](s.t)(notification.NewWriter("https://lfpse.example"))
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.t.Context()))
	var ended sync.WaitGroup
	ended.Go(func() {
		if err := s.outbox.Deliver(ctx, db.Delivery{Writer: words, Sender: sender, Answer: s.accounts.Answer}); err != nil {
			s.t.Error(err)
		}
	})
	s.t.Cleanup(func() {
		cancel()
		ended.Wait()
	})
	return server
}

// say sends a mutation with one input and answers its payload.
func (s *service) say(reader, field, inputType, selection string, input map[string]any) map[string]any {
	s.t.Helper()
	document := fmt.Sprintf("mutation($input: %s!) { %s(input: $input) { %s userErrors { code path message } } }", inputType, field, selection)
	answer := s.ask(reader, document, map[string]any{"input": input})
	if answer["errors"] != nil {
		s.t.Fatalf("%s by %s: %v", field, reader, answer["errors"])
	}
	return dig[map[string]any](s.t, answer, "data", field)
}

// codes are the codes of a payload's problems, each with its path.
func codes(payload map[string]any) string {
	var found []string
	for _, e := range payload["userErrors"].([]any) {
		problem := e.(map[string]any)
		var path []string
		for _, step := range problem["path"].([]any) {
			path = append(path, step.(string))
		}
		found = append(found, problem["code"].(string)+" "+strings.Join(path, "."))
	}
	return strings.Join(found, ", ")
}

func (s *service) register(email string, change func(map[string]any)) map[string]any {
	s.t.Helper()
	input := map[string]any{
		"firstName": "Nadia", "lastName": "Haddad", "email": email, "confirmEmail": email, "jobRole": "Midwife",
		"organisation": "RGT", "acceptTerms": true,
	}
	if change != nil {
		change(input)
	}
	return s.say(nobody, "registerAccount", "RegisterAccountInput", "acknowledged", input)
}

func (s *service) activate(token string) map[string]any {
	s.t.Helper()
	return s.say(nobody, "activateAccount", "ActivateAccountInput", "session { accessToken viewer { account { name status } } }", map[string]any{
		"token": token, "password": newPassword, "securityQuestion": question, "securityAnswer": reply,
	})
}

func (s *service) tryToSignIn(email, password string) map[string]any {
	s.t.Helper()
	return s.say(nobody, "signIn", "SignInInput", "session { accessToken }", map[string]any{"email": email, "password": password})
}

// member registers and activates somebody.
func (s *service) member(post *mailertest.Server, email string) {
	s.t.Helper()
	s.register(email, nil)
	if payload := s.activate(post.Wait(s.t, email, 1).Token()); codes(payload) != "" {
		s.t.Fatalf("activating: %s", codes(payload))
	}
	post.Wait(s.t, email, 2)
}

// link makes an account with a link of a purpose, as if it had been mailed, and
// answers the link's token.
func (s *service) link(p account.Purpose, status account.Status) string {
	s.t.Helper()
	email := uuid.NewString() + "@staff.example"
	hash := must[string](s.t)(s.accounts.HashPassword(s.t.Context(), password))
	answer := must[string](s.t)(s.accounts.HashPassword(s.t.Context(), "mrs o flaherty"))
	ids, problems, err := s.accounts.Create(s.t.Context(), []account.NewAccount{{
		Email: email, FirstName: "Nadia", LastName: "Haddad", PasswordHash: hash, Status: status,
	}})
	if err != nil || len(problems) > 0 {
		s.t.Fatal(problems, err)
	}
	_, err = s.db.NewRaw("UPDATE account SET security_question = ?, security_answer_hash = ? WHERE id = ?", question, answer, ids[0]).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return s.linkFor(ids[0], p)
}

// linkFor makes a link of a purpose for an account in place of the former one,
// and answers its token.
func (s *service) linkFor(id uuid.UUID, p account.Purpose) string {
	s.t.Helper()
	random := sha256.Sum256(id[:])
	token := base64.RawURLEncoding.EncodeToString(random[:])
	kept := sha256.Sum256([]byte(token))
	_, err := s.db.NewRaw(`INSERT INTO account_link (hash, account_id, purpose, made_at, expires_at) VALUES (?, ?, ?, now(), now() + interval '1 hour')
		ON CONFLICT (account_id, purpose) DO UPDATE SET hash = excluded.hash`, kept[:], id, p).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return token
}

// waitingAccount makes an account that waits for a national lead, and answers its
// graph id.
func (s *service) waitingAccount() string {
	s.t.Helper()
	ids, problems, err := s.accounts.Create(s.t.Context(), []account.NewAccount{{
		Email: uuid.NewString() + "@clinic.example", FirstName: "Nadia", LastName: "Haddad", JobRole: "Midwife",
		Status: account.AwaitingApproval, Organisations: []string{"RGT"},
	}})
	if err != nil || len(problems) > 0 {
		s.t.Fatal(problems, err)
	}
	return fmt.Sprintf("account_%x", ids[0][:])
}
