package graph_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestSomebodyJoins(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	if payload := s.register("Nadia.Haddad@NHS.net", func(input map[string]any) { input["confirmEmail"] = "nadia.haddad@nhs.net" }); payload["acknowledged"] != true {
		t.Fatalf("registering: %v", payload)
	}
	mail := post.Wait(t, "nadia.haddad@nhs.net", 1)
	if !strings.HasPrefix(mail.Link(), "https://lfpse.example/activate?token=") || strings.Contains(mail.Text, "Nadia") {
		t.Errorf("the mail says %s", mail.Text)
	}
	if payload := s.tryToSignIn("nadia.haddad@nhs.net", newPassword); payload["session"] != nil {
		t.Error("signed in before activating")
	}
	payload := s.activate(mail.Token())
	if got := dig[map[string]any](t, payload, "session", "viewer", "account"); got["name"] != "Nadia Haddad" || got["status"] != "ACTIVE" {
		t.Errorf("activated as %v", got)
	}
	if payload := s.activate(mail.Token()); codes(payload) != "EXPIRED token" {
		t.Errorf("the link works a second time: %v", payload)
	}
	if payload := s.tryToSignIn("nadia.haddad@nhs.net", newPassword); payload["session"] == nil {
		t.Errorf("signing in: %s", codes(payload))
	}
	if welcome := post.Wait(t, "nadia.haddad@nhs.net", 2); !strings.Contains(welcome.Subject, "Welcome") {
		t.Errorf("then came %q", welcome.Subject)
	}
}

func TestWhoHasAnAccountIsToldOfARegistrationAndNobodyElse(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	known := s.register("reporter@staff.example", nil)
	unknown := s.register("stranger@nhs.net", nil)
	if fmt.Sprint(known) != fmt.Sprint(unknown) {
		t.Errorf("a known address is answered %v, an unknown one %v", known, unknown)
	}
	if mail := post.Wait(t, "reporter@staff.example", 1); !strings.Contains(mail.Subject, "already have an account") || mail.Token() != "" {
		t.Errorf("its owner is told %q", mail.Text)
	}
}

func TestTheLatestRegistrationOfAnAddressCounts(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	s.register("nadia@nhs.net", func(input map[string]any) { input["firstName"] = "Somebody" })
	first := post.Wait(t, "nadia@nhs.net", 1)
	s.register("nadia@nhs.net", nil)
	second := post.Wait(t, "nadia@nhs.net", 2)
	if payload := s.activate(first.Token()); codes(payload) != "EXPIRED token" {
		t.Errorf("the first link: %v", payload)
	}
	if got := dig[string](t, s.activate(second.Token()), "session", "viewer", "account", "name"); got != "Nadia Haddad" {
		t.Errorf("activated as %s", got)
	}
}

func TestALeadDecidesAboutAnAddressThatNobodyRecognises(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	s.register("nadia@clinic.example", nil)
	s.register("mallory@clinic.example", func(input map[string]any) { input["firstName"] = "Mallory" })
	if mail := post.Wait(t, "nadia@clinic.example", 1); mail.Token() != "" {
		t.Errorf("a link came before the decision: %s", mail.Text)
	}
	post.Wait(t, "mallory@clinic.example", 1)
	post.Wait(t, "national.lead@staff.example", 1)
	waiting := s.registrations(lead)
	if len(waiting) != 2 || waiting["Nadia Haddad"] == "" {
		t.Fatalf("what waits for a lead: %v", waiting)
	}
	if seen := s.registrations(admin); len(seen) != 0 {
		t.Errorf("an admin is shown %v", seen)
	}
	approved := s.say(lead, "approveRegistration", "DecideRegistrationInput", "account { status }", map[string]any{"accountId": waiting["Nadia Haddad"]})
	if got := dig[string](t, approved, "account", "status"); got != "AWAITING_ACTIVATION" {
		t.Errorf("approved, it is %s", got)
	}
	if again := s.say(lead, "rejectRegistration", "DecideRegistrationInput", "account { status }", map[string]any{"accountId": waiting["Nadia Haddad"]}); codes(again) != "ALREADY_DECIDED accountId" {
		t.Errorf("deciding again: %v", again)
	}
	if payload := s.activate(post.Wait(t, "nadia@clinic.example", 2).Token()); codes(payload) != "" {
		t.Errorf("activating: %s", codes(payload))
	}
	s.say(lead, "rejectRegistration", "DecideRegistrationInput", "account { status }", map[string]any{"accountId": waiting["Mallory Haddad"], "reason": "Nobody there knows of them."})
	if mail := post.Wait(t, "mallory@clinic.example", 2); !strings.Contains(mail.Subject, "not accepted") || strings.Contains(mail.Text, "Nobody there") {
		t.Errorf("rejected, they are told %q", mail.Text)
	}
	if left := s.registrations(lead); len(left) != 0 {
		t.Errorf("still waiting: %v", left)
	}
}

// registrations are the ids of the accounts that wait for a reader, by name.
func (s *service) registrations(reader string) map[string]string {
	s.t.Helper()
	answer := s.ask(reader, "{ registrations { totalCount nodes { id name } } }", nil)
	found := map[string]string{}
	for _, node := range dig[[]any](s.t, answer, "data", "registrations", "nodes") {
		account := node.(map[string]any)
		found[account["name"].(string)] = account["id"].(string)
	}
	if total := dig[float64](s.t, answer, "data", "registrations", "totalCount"); int(total) != len(found) {
		s.t.Errorf("%v are counted, %d listed", total, len(found))
	}
	return found
}

func TestALeadResolvesAnOrganisationInWords(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	email := "nadia@nhs.net"
	s.register(email, func(input map[string]any) {
		delete(input, "organisation")
		input["otherOrganisation"] = "The clinic by the mill"
	})
	s.activate(post.Wait(t, email, 1).Token())
	id := s.registrations(lead)["Nadia Haddad"]
	decide := func(input map[string]any) map[string]any {
		input["accountId"] = id
		return s.say(lead, "approveRegistration", "DecideRegistrationInput", "account { otherOrganisation organisations { odsCode } status }", input)
	}
	if payload := decide(map[string]any{}); codes(payload) != "REQUIRED organisation" {
		t.Errorf("without a code: %v", payload)
	}
	if payload := decide(map[string]any{"organisation": "ZZ9ZZ"}); codes(payload) != "UNKNOWN_CODE organisation" {
		t.Errorf("with a code of nothing: %v", payload)
	}
	got := dig[map[string]any](t, decide(map[string]any{"organisation": "RGT"}), "account")
	if got["otherOrganisation"] != nil || got["status"] != "ACTIVE" || fmt.Sprint(got["organisations"]) != "[map[odsCode:RGT]]" {
		t.Errorf("resolved, the account is %v", got)
	}
}

func TestSomebodyForgetsTheirPassword(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	email := "nadia@nhs.net"
	s.member(post, email)
	s.tokens["before"] = dig[string](t, s.tryToSignIn(email, newPassword), "session", "accessToken")
	s.say(nobody, "requestPasswordReset", "RequestPasswordResetInput", "acknowledged", map[string]any{"email": email})
	mail := post.Wait(t, email, 3)
	asked := s.ask(nobody, `query($token: String!) { passwordResetQuestion(token: $token) }`, map[string]any{"token": mail.Token()})
	if got := dig[string](t, asked, "data", "passwordResetQuestion"); got != question {
		t.Errorf("asked %q", got)
	}
	reset := func(answer, password string) map[string]any {
		return s.say(nobody, "resetPassword", "ResetPasswordInput", "session { accessToken }", map[string]any{
			"token": mail.Token(), "securityAnswer": answer, "password": password,
		})
	}
	const chosen = "a kettle, two herons and rain"
	if got := codes(reset("Mr Smith", chosen)); got != "INVALID securityAnswer" {
		t.Errorf("a wrong answer: %s", got)
	}
	if got := codes(reset(reply, "password1234")); got != "INVALID password" {
		t.Errorf("a common password: %s", got)
	}
	if got := codes(reset("  mrs O’Flaherty ", chosen)); got != "" {
		t.Fatalf("the right answer, written otherwise: %s", got)
	}
	if got := codes(reset(reply, chosen)); got != "EXPIRED token" {
		t.Errorf("the link works a second time: %s", got)
	}
	if answer := s.raw("before", "{ viewer { account { name } } }", nil); !strings.Contains(answer, "UNAUTHENTICATED") {
		t.Errorf("a session of before answers %s", answer)
	}
	if s.tryToSignIn(email, newPassword)["session"] != nil {
		t.Error("the old password still works")
	}
	if s.tryToSignIn(email, chosen)["session"] == nil {
		t.Error("the new one does not")
	}
	if mail := post.Wait(t, email, 4); !strings.Contains(mail.Subject, "was changed") {
		t.Errorf("told %q", mail.Subject)
	}
}

func TestALockedAccountIsUnlockedByMail(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	email := "nadia@nhs.net"
	s.member(post, email)
	s.tokens["before"] = dig[string](t, s.tryToSignIn(email, newPassword), "session", "accessToken")
	for range 10 {
		if got := codes(s.tryToSignIn(email, "a wrong one altogether")); got != "INVALID email" {
			t.Fatalf("a wrong password: %s", got)
		}
	}
	if mail := post.Wait(t, email, 3); !strings.Contains(mail.Subject, "locked") || mail.Token() != "" {
		t.Errorf("told %q", mail.Text)
	}
	if answer := s.raw("before", "{ viewer { account { name } } }", nil); !strings.Contains(answer, "UNAUTHENTICATED") {
		t.Errorf("a session of a locked account answers %s", answer)
	}
	s.say(nobody, "requestPasswordReset", "RequestPasswordResetInput", "acknowledged", map[string]any{"email": email})
	if mail := post.Wait(t, email, 4); !strings.HasPrefix(mail.Link(), "https://lfpse.example/unlock") {
		t.Errorf("whoever asks for a new password of a locked account is told %s", mail.Text)
	}
	s.say(nobody, "requestUnlock", "RequestUnlockInput", "acknowledged", map[string]any{"email": email})
	token := post.Wait(t, email, 5).Token()
	unlock := func() string {
		return codes(s.say(nobody, "unlockAccount", "UnlockAccountInput", "acknowledged", map[string]any{"token": token}))
	}
	if got := unlock(); got != "" {
		t.Fatalf("unlocking: %s", got)
	}
	if got := unlock(); got != "EXPIRED token" {
		t.Errorf("the link works a second time: %s", got)
	}
	if payload := s.tryToSignIn(email, newPassword); payload["session"] == nil {
		t.Errorf("unlocked, signing in: %s", codes(payload))
	}
}

func TestChangingAPasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	email := "nadia@nhs.net"
	s.member(post, email)
	for _, name := range []string{"here", "elsewhere too"} {
		s.tokens[name] = dig[string](t, s.tryToSignIn(email, newPassword), "session", "accessToken")
	}
	change := func(current, chosen string) string {
		return codes(s.say("here", "changePassword", "ChangePasswordInput", "acknowledged", map[string]any{
			"currentPassword": current, "newPassword": chosen,
		}))
	}
	const chosen = "a kettle, two herons and rain"
	if got := change("a wrong one altogether", chosen); got != "INVALID currentPassword" {
		t.Errorf("a wrong password: %s", got)
	}
	if got := change(newPassword, "nadia.haddad.nadia"); got != "INVALID newPassword" {
		t.Errorf("one's own name: %s", got)
	}
	if got := change(newPassword, chosen); got != "" {
		t.Fatalf("changing: %s", got)
	}
	if answer := s.raw("here", "{ viewer { account { name } } }", nil); !strings.Contains(answer, "Nadia") {
		t.Errorf("the session in which it was changed answers %s", answer)
	}
	if answer := s.raw("elsewhere too", "{ viewer { account { name } } }", nil); !strings.Contains(answer, "UNAUTHENTICATED") {
		t.Errorf("another session answers %s", answer)
	}
	post.Wait(t, email, 3)
}

func TestClosingAnAccountEndsWhatItLetItsOwnerDo(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	event, _ := s.record(organisational, map[string]any{"kind": "INCIDENT", "description": "The call bell did not ring."})
	payload := s.say(organisational, "closeAccount", "CloseAccountInput", "acknowledged", map[string]any{"password": password})
	if payload["acknowledged"] != true {
		t.Fatalf("closing: %s", codes(payload))
	}
	if answer := s.raw(organisational, "{ viewer { account { name } } }", nil); !strings.Contains(answer, "UNAUTHENTICATED") {
		t.Errorf("its session answers %s", answer)
	}
	if payload := s.tryToSignIn("organisational@staff.example", password); payload["session"] != nil {
		t.Error("its owner signs in")
	}
	var grants int
	err := s.db.NewRaw(`SELECT count(*) FROM access_grant g JOIN account a ON a.id = g.account_id
		WHERE a.email = 'organisational@staff.example' AND g.revoked_at IS NULL`).Scan(t.Context(), &grants)
	if err != nil || grants != 0 {
		t.Errorf("%d grants are left, %v", grants, err)
	}
	if answer := s.raw(admin, `query($id: ID!) { event(id: $id) { id } }`, map[string]any{"id": event}); !strings.Contains(answer, event) {
		t.Errorf("what they recorded is gone: %s", answer)
	}
	if mail := post.Wait(t, "organisational@staff.example", 1); !strings.Contains(mail.Subject, "closed") {
		t.Errorf("told %q", mail.Subject)
	}
}

func TestFeedbackReachesTheHelpDeskAndNobodyElse(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	const words = "The list of organisations is long."
	for _, sender := range []string{nobody, reporter} {
		s.say(sender, "sendFeedback", "SendFeedbackInput", "acknowledged", map[string]any{"message": words, "page": "/register", "replyTo": "asha@home.example"})
	}
	mail := post.Wait(t, "help@desk.example", 2)
	if !strings.Contains(mail.Text, words) || !strings.Contains(mail.Text, "asha@home.example") || strings.Contains(mail.Text, "reporter@") || strings.Contains(mail.Text, "Kapoor") {
		t.Errorf("the help desk reads %s", mail.Text)
	}
	if strings.Contains(s.log.String(), words) {
		t.Error("it is logged")
	}
}

// Whatever is asked for an address, nothing tells whether it is anybody's.
func TestAsksAreAnsweredAlikeForEverybody(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for field, inputType := range map[string]string{"requestPasswordReset": "RequestPasswordResetInput", "requestUnlock": "RequestUnlockInput"} {
		var answers []string
		for _, email := range []string{"reporter@staff.example", "stranger@staff.example"} {
			var all []string
			for range 5 { // the last are too many
				document := fmt.Sprintf("mutation($input: %s!) { %s(input: $input) { acknowledged userErrors { code } } }", inputType, field)
				all = append(all, s.raw(nobody, document, map[string]any{"input": map[string]any{"email": field + email}}))
			}
			answers = append(answers, strings.Join(all, "\n"))
		}
		if answers[0] != answers[1] || !strings.Contains(answers[0], "RATE_LIMITED") {
			t.Errorf("%s is answered\n%s\nand\n%s", field, answers[0], answers[1])
		}
	}
}

// What joining leaves in the database: no token that works, and no address but in
// the account itself.
func TestWhatJoiningLeavesBehind(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	email := "nadia@nhs.net"
	s.member(post, email)
	s.say(nobody, "requestPasswordReset", "RequestPasswordResetInput", "acknowledged", map[string]any{"email": email})
	token := post.Wait(t, email, 3).Token()
	for table, secrets := range map[string][]string{
		"account":      {token, newPassword, "flaherty"},
		"account_link": {token, email},
		"river_job":    {token, email, "Nadia", "flaherty"},
		"audit_entry":  {token, email, "Nadia", "flaherty"},
	} {
		var rows []string
		if err := s.db.NewRaw("SELECT lower(t::text) FROM "+table+" t").Scan(t.Context(), &rows); err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			t.Errorf("%s is empty: this test would not notice anything", table)
		}
		for _, secret := range secrets {
			if strings.Contains(strings.Join(rows, "\n"), strings.ToLower(secret)) {
				t.Errorf("%s holds %q", table, secret)
			}
		}
	}
	if log := s.log.String(); strings.Contains(log, email) || strings.Contains(log, token) {
		t.Error("the log holds an address or a token")
	}
}
