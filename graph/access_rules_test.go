package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lfpse/internal/account"
	"lfpse/internal/authz"
)

func TestWhatCannotBeAskedFor(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, test := range map[string]struct {
		input map[string]any
		want  string
	}{
		"being on the staff":                   {map[string]any{"role": "STANDARD"}, "NOT_ALLOWED role"},
		"the whole country":                    {map[string]any{"role": "NATIONAL_LEAD"}, "NOT_ALLOWED role"},
		"an area that is none":                 {map[string]any{"area": "ZZ9ZZ"}, "UNKNOWN_CODE area"},
		"without a reason":                     {map[string]any{"reason": " "}, "REQUIRED reason"},
		"with a reason that is too long":       {map[string]any{"reason": strings.Repeat("a", 2001)}, "TOO_LONG reason"},
		"an agreement for more than reading":   {map[string]any{"agreement": "DSA 12"}, "NOT_APPLICABLE agreement"},
		"reading elsewhere without one":        {map[string]any{"role": "READ_ONLY", "area": "QUE"}, "REQUIRED agreement"},
		"everything wrong, told at once":       {map[string]any{"role": "STANDARD", "reason": ""}, "NOT_ALLOWED role, REQUIRED reason"},
		"reading elsewhere under an agreement": {map[string]any{"role": "READ_ONLY", "area": "QUE", "agreement": "DSA 12"}, ""},
		"reading where one works":              {map[string]any{"role": "READ_ONLY", "area": "RGT"}, ""},
	} {
		input := map[string]any{"role": "ORGANISATIONAL", "area": "RGT", "reason": "Because."}
		for key, value := range test.input {
			input[key] = value
		}
		payload := s.say(reporter, "requestAccess", "RequestAccessInput", requestFields, input)
		if codes(payload) != test.want || (payload["accessRequest"] == nil) != (test.want != "") {
			t.Errorf("%s: %v", name, payload)
		}
	}
	if code := s.refused(nobody, `mutation { requestAccess(input: {role: ADMIN, area: "RGT", reason: "x"}) { userErrors { code } } }`, nil); code != "UNAUTHENTICATED" {
		t.Errorf("nobody is answered %q", code)
	}
}

// What rests on an agreement ends with it, at the end of its last day in England.
func TestAGrantEndsWithItsLastDay(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const question = `{ viewer { grants { role until } } events { totalCount } }`
	s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The call bell did not ring."})
	payload := s.say(elsewhere, "requestAccess", "RequestAccessInput", requestFields, map[string]any{
		"role": "READ_ONLY", "area": "RGT", "reason": "We look after the same patients.", "agreement": "DSA 12",
	})
	id := dig[string](t, payload, "accessRequest", "id")
	today := time.Now().In(s.geography.Zone())
	for last, want := range map[string]string{"": "REQUIRED until", "2020-01-31": "INVALID until"} {
		change := map[string]any{}
		if last != "" {
			change["until"] = last
		}
		if got := codes(s.approves(admin, id, change)); got != want {
			t.Errorf("until %q: %s", last, got)
		}
	}
	s.approves(admin, id, map[string]any{"until": today.Format(time.DateOnly)})
	if got := s.raw(elsewhere, question, nil); !strings.Contains(got, `"totalCount":1`) {
		t.Errorf("on the last day they see %s", got)
	}
	year, month, day := today.Date()
	end := time.Date(year, month, day+1, 0, 0, 0, 0, s.geography.Zone()).UTC().Format(time.RFC3339)
	if got := s.raw(elsewhere, question, nil); !strings.Contains(got, `"until":"`+end+`"`) {
		t.Errorf("it ends otherwise than at %s: %s", end, got)
	}
	s.later = 48 * time.Hour
	if got := s.raw(elsewhere, question, nil); !strings.Contains(got, `"totalCount":0`) {
		t.Errorf("two days later they see %s", got)
	}
}

// body puts the office of an ICB or a region on the list of organisations.
func (s *service) body(code, kind string) {
	s.t.Helper()
	_, err := s.db.NewRaw("INSERT INTO organisation (ods_code, name, type) VALUES (?, 'Its office', ?)", code, kind).Exec(s.t.Context())
	if err == nil {
		_, err = s.db.NewRaw("UPDATE geography_version SET version = version + 1").Exec(s.t.Context())
	}
	if err == nil {
		err = s.geography.Refresh(s.t.Context())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// joinsFrom has somebody registered for an organisation from an address, who
// activates the account and signs in.
func (s *service) joinsFrom(email, organisation string) {
	s.t.Helper()
	ids, problems, err := s.accounts.Create(s.t.Context(), []account.NewAccount{{
		Email: email, FirstName: "Mei", LastName: "Zhang", JobRole: "Midwife", Status: account.AwaitingActivation, Organisations: []string{organisation},
	}})
	if err != nil || len(problems) > 0 {
		s.t.Fatal(problems, err)
	}
	if payload := s.activate(s.linkFor(ids[0], account.ToActivate)); codes(payload) != "" {
		s.t.Fatal(codes(payload))
	}
	s.tokens[email] = dig[string](s.t, s.tryToSignIn(email, newPassword), "session", "accessToken")
}

// asked are what an account asked for, as "ROLE area STATUS".
func (s *service) asked(reader string) []string {
	s.t.Helper()
	answer := s.ask(reader, "{ viewer { accessRequests { nodes { role area { odsCode } status } } } }", nil)
	var found []string
	for _, node := range dig[[]any](s.t, answer, "data", "viewer", "accessRequests", "nodes") {
		found = append(found, dig[string](s.t, node, "role")+" "+dig[string](s.t, node, "area", "odsCode")+" "+dig[string](s.t, node, "status"))
	}
	return found
}

func TestPeopleOfABodyReadItsAreaWhereTheirAddressIsItsOwn(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.body("QUE", "ICB")
	s.body("Y61", "REGION")
	if err := s.accounts.RecordDomain(t.Context(), "QUE", "CPICS.nhs.uk"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ email, organisation, grants, asked string }{
		{"mei@cpics.nhs.uk", "QUE", "READ_ONLY QUE", ""},
		{"mei@nhs.net", "QUE", "", "READ_ONLY QUE PENDING"},                  // a shared domain
		{"mei@sub.cpics.nhs.uk", "QUE", "", "READ_ONLY QUE PENDING"},         // another domain
		{"meister@cpics.nhs.uk", "Y61", "", "READ_ONLY Y61 PENDING"},         // another body's
		{"someone@cpics.nhs.uk", "RGT", "", ""},                              // no body at all
		{"mei@cpics.nhs.uk.example.org", "QUE", "", "READ_ONLY QUE PENDING"}, // one that begins alike
	} {
		s.joinsFrom(test.email, test.organisation)
		held := s.holds(test.email)
		delete(held, "STANDARD "+test.organisation)
		var grants []string
		for grant := range held {
			grants = append(grants, grant)
		}
		if got := strings.Join(grants, ", "); got != test.grants {
			t.Errorf("%s of %s holds %s", test.email, test.organisation, got)
		}
		if got := strings.Join(s.asked(test.email), ", "); got != test.asked {
			t.Errorf("%s of %s asked for %s", test.email, test.organisation, got)
		}
	}
	s.auditHas("grant.made", "domain.recorded")
	// Leaving the body ends what came by itself.
	s.say("mei@cpics.nhs.uk", "removeOrganisation", "RemoveOrganisationInput", "viewer { account { id } }", map[string]any{"organisation": "QUE"})
	if held := s.holds("mei@cpics.nhs.uk"); len(held) != 0 {
		t.Errorf("having left, they hold %v", held)
	}
}

// Anybody can say where they work: adding a body to one's profile gives nothing,
// not even to an address of its own domain, and asks.
func TestAddingABodyAsksAndGivesNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	s.body("QUE", "ICB")
	if err := s.accounts.RecordDomain(t.Context(), "QUE", "staff.example"); err != nil {
		t.Fatal(err)
	}
	add := func() map[string]any {
		return s.say(colleague, "addOrganisation", "AddOrganisationInput", "viewer { grants { role } } warning", map[string]any{"organisation": "QUE"})
	}
	for range 2 {
		payload := add()
		if warning, _ := payload["warning"].(string); !strings.Contains(warning, "are asked") || strings.Contains(fmt.Sprint(payload), "READ_ONLY") {
			t.Errorf("adding is answered %v", payload)
		}
	}
	if got := s.asked(colleague); fmt.Sprint(got) != "[READ_ONLY QUE PENDING]" {
		t.Errorf("asked for %v", got)
	}
	mail := post.Wait(t, "national.lead@staff.example", 1)
	s.approves(lead, mail.Link()[strings.LastIndex(mail.Link(), "/")+1:], nil)
	if s.holds(colleague)["READ_ONLY QUE"] == "" {
		t.Errorf("approved, they hold %v", s.holds(colleague))
	}
	if payload := s.say(colleague, "addOrganisation", "AddOrganisationInput", "warning", map[string]any{"organisation": "RR8"}); payload["warning"] != nil {
		t.Errorf("adding a trust warns: %v", payload)
	}
}

func TestDomainsThatAreNobodysOwn(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, test := range []struct{ code, domain, want string }{
		{"QUE", "nhs.net", "people of many bodies"},
		{"QUE", "GMAIL.com", "people of many bodies"},
		{"QUE", "no domain", "not a domain"},
		{"QUE", "net", "not a domain"},
		{"QUE", "mei@cpics.nhs.uk", "not a domain"},
		{"RGT", "addenbrookes.nhs.uk", "not that of an ICB"},
		{"QUE", "cpics.nhs.uk", ""},
		{"QUE", "cpics.nhs.uk", ""},
		{"QMM", "cpics.nhs.uk", "another body's"},
	} {
		err := s.accounts.RecordDomain(t.Context(), test.code, test.domain)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s for %s: %v", test.domain, test.code, err)
		}
	}
	if found, err := s.accounts.ForgetDomain(t.Context(), "QMM", "cpics.nhs.uk"); found || err != nil {
		t.Errorf("another body's domain is forgotten: %v", err)
	}
	if found, err := s.accounts.ForgetDomain(t.Context(), "QUE", "cpics.nhs.uk"); !found || err != nil {
		t.Errorf("forgetting: %v, %v", found, err)
	}
	if left, err := s.accounts.Domains(t.Context()); len(left) != 0 || err != nil {
		t.Errorf("left are %v, %v", left, err)
	}
}

// When an ICB is abolished its grants end, requests for it are cancelled, and its
// people are told once.
func TestAnAbolishedBoardTakesItsGrantsWithIt(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	s.appoint(colleague, authz.Admin, authz.AreaICB, "QUE")
	s.asks(reporter, "ORGANISATIONAL", "QUE")
	if done := s.tend(); done.GrantsEnded != 0 || done.RequestsCancelled != 0 {
		t.Errorf("while it lasts, %+v was done", done)
	}
	_, err := s.db.NewRaw(`UPDATE icb SET valid_until = (now() AT TIME ZONE 'Europe/London')::date - 1, successor = 'QMM' WHERE ods_code = 'QUE'`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if done := s.tend(); done.GrantsEnded != 2 || done.RequestsCancelled != 1 {
		t.Errorf("%+v was done", done)
	}
	for _, reader := range []string{readOnlyICB, colleague} {
		for grant := range s.holds(reader) {
			if strings.HasSuffix(grant, "QUE") {
				t.Errorf("%s still holds %s", reader, grant)
			}
		}
	}
	for _, address := range []string{"read-only.icb@staff.example", "colleague@staff.example", "reporter@staff.example"} {
		waitFor(t, func() bool { return strings.Contains(strings.Join(told(post, address), "\n"), "board has ended") })
	}
	if got := s.asked(reporter); fmt.Sprint(got) != "[ORGANISATIONAL QUE CANCELLED]" {
		t.Errorf("the request is %v", got)
	}
	if done := s.tend(); done.GrantsEnded+done.RequestsCancelled != 0 {
		t.Errorf("a second time, %+v was done", done)
	}
	s.auditHas("grant.ended", "access_request.cancelled")
}

func waitFor(t *testing.T, what func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !what(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it does not come about")
		}
	}
}

// Whoever closes their account asks for nothing any more, and what they would
// have decided passes on.
func TestClosingAnAccountEndsItsRequestsAndPassesOthersOn(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	waiting := s.asks(colleague, "ORGANISATIONAL", "RGT")
	own := s.asks(admin, "ADMIN", "RR8")
	post.Wait(t, "admin.elsewhere@staff.example", 1)
	s.say(admin, "closeAccount", "CloseAccountInput", "acknowledged", map[string]any{"password": password})
	post.Wait(t, "national.lead@staff.example", 1)
	if got := s.toDecide(lead); len(got) != 1 || got[0] != waiting {
		t.Errorf("the lead is to decide about %v", got)
	}
	if got := s.toDecide(adminElsewhere); len(got) != 0 {
		t.Errorf("an admin is to decide about %v, of an account that is closed", got)
	}
	if again := s.approves(adminElsewhere, own, nil); codes(again) != "ALREADY_DECIDED id" || dig[string](t, again, "accessRequest", "status") != "CANCELLED" {
		t.Errorf("approving it is answered %v", again)
	}
	s.auditHas("grant.ended", "access_request.cancelled")
}

// From whom somebody took the reading of a body's area away, closing the account and
// registering anew gives nothing back: it is asked for, like anybody's.
func TestWhatWasTakenAwayDoesNotComeBackWithANewAccount(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.body("QUE", "ICB")
	if err := s.accounts.RecordDomain(t.Context(), "QUE", "cpics.nhs.uk"); err != nil {
		t.Fatal(err)
	}
	for email, taken := range map[string]bool{"mei@cpics.nhs.uk": true, "ada@cpics.nhs.uk": false} {
		s.joinsFrom(email, "QUE")
		grant := s.holds(email)["READ_ONLY QUE"]
		if grant == "" {
			t.Fatalf("%s holds %v", email, s.holds(email))
		}
		if taken {
			s.say(lead, "revokeGrant", "RevokeGrantInput", "warning", map[string]any{"id": grant, "reason": "Has read what was none of theirs."})
		}
		s.say(email, "closeAccount", "CloseAccountInput", "acknowledged", map[string]any{"password": newPassword})
		s.joinsFrom(email, "QUE")
		again, asked := s.holds(email)["READ_ONLY QUE"] != "", fmt.Sprint(s.asked(email))
		if again == taken || taken && asked != "[READ_ONLY QUE PENDING]" {
			t.Errorf("%s, from whom it was taken away: %v, holds it again: %v, and asked for %s", email, taken, again, asked)
		}
	}
}
