package graph_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/account"
)

var update = flag.Bool("update", false, "write the golden answers anew")

// readers are all whose answers are kept, in the order of the files.
var readers = []string{nobody, reporter, colleague, organisational, admin, readOnlyICB, readOnlyRegion, elsewhere, adminElsewhere, lead}

// What differs from run to run is replaced in answers.
var changing = []struct {
	form *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`(event|accessrequest|account|organisation|icb|region|grant|notification|review|investigation|client|clientkey|export)_[0-9a-f]{32}`), "${1}_…"},
	{regexp.MustCompile(`"reference": "[2-9A-Z]{5}-[2-9A-Z]{5}"`), `"reference": "REFERENCE"`},
	{regexp.MustCompile(`"[0-9-]{10}T[0-9:.]+Z"`), `"TIME"`},
	{regexp.MustCompile(`"/exports/[^"]+"`), `"/exports/…"`},
	{regexp.MustCompile(`"lfpse_[^"]+"`), `"lfpse_…"`},
	{regexp.MustCompile(`"dueOn": "[0-9-]{10}"`), `"dueOn": "DAY"`},
	{regexp.MustCompile(`"(accessToken|refreshToken|cursor|startCursor|endCursor)": "[^"]+"`), `"$1": "…"`},
	{regexp.MustCompile(`"[0-9a-f-]{36}@`), `"…@`},
}

// TestGolden sends every document of resolvers/testdata/<noun>/<operation>/ as
// every reader, and compares what each is answered with the file beside it. In
// documents EVENT_ID, REFERENCE and REFRESH_TOKEN stand for those of an event that the reporter
// recorded, and of a session of the reporter's; DRAFT_ID and LACKING_ID for drafts of the
// reporter's, one of which can be submitted; WAITING_ID for a registration that waits; REQUEST_ID and OWN_REQUEST_ID for requests for
// access to the trust, of somebody's and of the reporter's; GRANT_ID for a grant on the trust of somebody's; NOTIFICATION_ID for what the admin elsewhere was told; ACTIVATION_LINK,
// RESET_LINK and UNLOCK_LINK for the tokens of mailed links; FRESH_ADDRESS for an address that nobody has; IDENTITY_TOKEN
// for a token of the OpenID provider; CONCERNING_ID for an event that concerns another
// organisation too, REVIEW_ID for an open review, REVIEWED_ID for an event
// under review and COMPLETED_ID for one that was reviewed; DEATH_ID for a death in maternity care, INVESTIGATION_ID for an
// open investigation of one and ANSWERED_ID for one of which everything was answered; CLIENT_ID for a system of the trust's. What one reader changes is new for the next.
func TestGolden(t *testing.T) {
	documents, err := filepath.Glob("../resolvers/testdata/*/*/*.graphql")
	if err != nil || len(documents) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, path := range documents {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), "../resolvers/testdata/"), ".graphql")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, path)
		})
	}
}

func golden(t *testing.T, path string) {
	s := newService(t)
	written := string(must[[]byte](t)(os.ReadFile(path)))
	document := s.named(written)
	answers := make([]string, len(readers))
	for i, reader := range readers {
		if i > 0 && strings.HasPrefix(written, "mutation") && remade(written) {
			document = s.named(written)
		}
		answers[i] = "# " + reader + "\n" + pretty(t, s.raw(reader, document, nil))
	}
	got := strings.Join(answers, "\n")
	file := strings.TrimSuffix(path, ".graphql") + ".golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(must[[]byte](t)(os.ReadFile(file))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// remade tells whether a document speaks of something that a reader uses up.
func remade(document string) bool {
	return strings.Contains(document, "_ID") || strings.Contains(document, "_LINK") || strings.Contains(document, "FRESH_ADDRESS") || strings.Contains(document, "IDENTITY_TOKEN")
}

// named makes what a document speaks of, and puts its names in.
func (s *service) named(document string) string {
	id, reference := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "occurredOn": "2026-10-02", "description": "Mrs Edith Pemberton, NHS number 943 476 5919, fell.",
		"patients": []any{map[string]any{"age": map[string]any{"value": 84, "unit": "YEARS"}, "physicalHarm": "LOW"}},
	})
	names := []string{"EVENT_ID", id, "REFERENCE", reference, "REFRESH_TOKEN", s.refreshToken(), "PASSWORD", password}
	if strings.Contains(document, "DRAFT_ID") || strings.Contains(document, "drafts") {
		draft, _ := s.draft(reporter, map[string]any{"kind": "INCIDENT", "description": "Mr Quillfeather slipped.", "reporterContact": "ext 2231"})
		names = append(names, "DRAFT_ID", draft)
	}
	if strings.Contains(document, "LACKING_ID") {
		draft, _ := s.draft(reporter, map[string]any{"kind": "RISK", "specialty": "no such"})
		names = append(names, "LACKING_ID", draft)
	}
	if strings.Contains(document, "WAITING_ID") {
		names = append(names, "WAITING_ID", s.waitingAccount())
	}
	if strings.Contains(document, "NOTIFICATION_ID") || strings.Contains(document, "notifications") {
		s.record(reporter, occurredAt("RR8", "RGM"))
		s.record(elsewhere, occurredAt("RGT"))
		names = append(names, "NOTIFICATION_ID", s.list(adminElsewhere)[0].id)
	}
	if strings.Contains(document, "OWN_REQUEST_ID") {
		names = append(names, "OWN_REQUEST_ID", s.pendingRequest("reporter@staff.example"))
	}
	if strings.Contains(document, "REQUEST_ID") || strings.Contains(document, "accessRequests") {
		names = append(names, "REQUEST_ID", s.pendingRequest(s.somebody()))
	}
	if strings.Contains(document, "GRANT_ID") {
		names = append(names, "GRANT_ID", s.grantOf(s.somebody()))
	}
	for name, made := range map[string]struct {
		purpose account.Purpose
		status  account.Status
	}{
		"ACTIVATION_LINK": {account.ToActivate, account.AwaitingActivation},
		"RESET_LINK":      {account.ToReset, account.Active},
		"UNLOCK_LINK":     {account.ToUnlock, account.Locked},
	} {
		if strings.Contains(document, name) {
			names = append(names, name, s.link(made.purpose, made.status))
		}
	}
	names = append(names, s.beside(document)...)
	if strings.Contains(document, "IDENTITY_TOKEN") {
		names = append(names, "IDENTITY_TOKEN", s.provider.Sign("", s.provider.Claims(uuid.NewString(), time.Now())))
	}
	names = append(names, "FRESH_ADDRESS", uuid.NewString()+"@nhs.net")
	return strings.NewReplacer(names...).Replace(document)
}

func (s *service) refreshToken() string {
	answer := s.ask(nobody, `mutation($input: SignInInput!) { signIn(input: $input) { session { refreshToken } } }`,
		map[string]any{"input": map[string]any{"email": "reporter@staff.example", "password": password}})
	return dig[string](s.t, answer, "data", "signIn", "session", "refreshToken")
}

// pretty indents an answer and replaces what changes.
func pretty(t *testing.T, body string) string {
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		t.Fatalf("answered %s", body)
	}
	text := string(must[[]byte](t)(json.MarshalIndent(value, "", " ")))
	for _, c := range changing {
		text = c.form.ReplaceAllString(text, c.with)
	}
	return text + "\n"
}
