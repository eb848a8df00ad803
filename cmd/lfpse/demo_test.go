package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lfpse/db/embedded"
	"lfpse/internal/authz"
)

// demonstrate starts a demo on a data folder and answers what it says; stop
// ends it and waits.
func demonstrate(t *testing.T, data string) (shown demonstration, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	var problems bytes.Buffer
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"demo", "--json", "--port", "0", "--events", "300", "--data", data}, nil, environment{out: w, errors: &problems})
		w.Close()
		ended <- err
	}()
	line, err := bufio.NewReader(r).ReadBytes('\n')
	if err != nil {
		t.Fatalf("the demo said nothing: %v; %v", err, <-ended)
	}
	if err := json.Unmarshal(line, &shown); err != nil {
		t.Fatalf("%s is not JSON: %v", line, err)
	}
	return shown, func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the demo ended with %v", err)
			}
		case <-time.After(30 * time.Second):
			t.Error("the demo does not end")
		}
	}
}

func post(t *testing.T, url, token, document string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

func signIn(t *testing.T, shown demonstration, p person) string {
	t.Helper()
	answer := post(t, shown.GraphQL, "", `mutation { signIn(input: {email: "`+p.Email+`", password: "`+p.Password+`"}) { session { accessToken } } }`)
	_, rest, _ := strings.Cut(answer, `"accessToken":"`)
	token, _, found := strings.Cut(rest, `"`)
	if !found {
		t.Fatalf("%s cannot sign in: %s", p.Email, answer)
	}
	return token
}

// hasSomethingToSee asks for whatever a sample account is to be shown: drafts, own events of each kind,
// some of them updated or withdrawn, and for those with an area others' events, by search.
func hasSomethingToSee(t *testing.T, shown demonstration, p person) {
	t.Helper()
	answer := post(t, shown.GraphQL, signIn(t, shown, p), `{
		viewer {
			drafts(first: 1) { totalCount }
			incidents: events(filter: {kind: INCIDENT}, first: 1) { totalCount }
			outcomes: events(filter: {kind: OUTCOME}, first: 1) { totalCount }
			risks: events(filter: {kind: RISK}, first: 1) { totalCount }
			goodCare: events(filter: {kind: GOOD_CARE}, first: 1) { totalCount }
			withdrawn: events(filter: {status: WITHDRAWN}, first: 1) { totalCount }
			elsewhere: events(filter: {recordedElsewhere: true}, first: 1) { totalCount }
			own: events(first: 200) { totalCount nodes { revision } }
		}
		found: events(filter: {search: "patient or informed or bed or ward"}, first: 5) { edges { highlight } }
		all: events(first: 1) { totalCount }
	}`)
	type counted struct{ TotalCount int }
	var got struct {
		Data struct {
			Viewer struct {
				Drafts, Incidents, Outcomes, Risks, GoodCare, Withdrawn, Elsewhere counted
				Own                                                                struct {
					counted
					Nodes []struct{ Revision int }
				}
			}
			Found struct{ Edges []struct{ Highlight string } }
			All   counted
		}
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || strings.Contains(answer, `"errors"`) {
		t.Fatalf("%s was answered %s", p.Email, answer)
	}
	v := got.Data.Viewer
	for what, n := range map[string]int{
		"drafts": v.Drafts.TotalCount, "incidents": v.Incidents.TotalCount, "outcomes": v.Outcomes.TotalCount, "risks": v.Risks.TotalCount,
		"good care": v.GoodCare.TotalCount, "withdrawn events": v.Withdrawn.TotalCount, "events elsewhere": v.Elsewhere.TotalCount,
	} {
		if n == 0 {
			t.Errorf("%s has no %s", p.Email, what)
		}
	}
	if !slices.ContainsFunc(v.Own.Nodes, func(e struct{ Revision int }) bool { return e.Revision > 1 }) {
		t.Errorf("%s has updated nothing", p.Email)
	}
	if len(got.Data.Found.Edges) == 0 || !strings.Contains(got.Data.Found.Edges[0].Highlight, "<mark>") {
		t.Errorf("%s finds nothing: %v", p.Email, got.Data.Found.Edges)
	}
	if p.Role != authz.Standard && got.Data.All.TotalCount <= v.Own.TotalCount {
		t.Errorf("%s sees nothing of others", p.Email)
	}
}

func TestADemoStartsFromNothingAndAgain(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	first, stop := demonstrate(t, data)
	roles := map[authz.Role]int{}
	for _, p := range first.Accounts {
		roles[p.Role]++
		hasSomethingToSee(t, first, p)
	}
	for role, least := range map[authz.Role]int{authz.Standard: 2, authz.Organisational: 2, authz.Admin: 2, authz.ReadOnly: 2, authz.NationalLead: 1} {
		if roles[role] < least {
			t.Errorf("%d accounts are %s, want %d", roles[role], role, least)
		}
	}
	for _, p := range first.Accounts {
		if p.Role != authz.NationalLead && (p.Area == "" || p.Region == "") {
			t.Errorf("%s has no area or region", p.Email)
		}
	}
	token := signIn(t, first, first.Accounts[0])
	if answer := post(t, first.GraphQL, token, `mutation { recordEvent(input: {event: {kind: INCIDENT, description: "Kept."}}) { event { id } } }`); !strings.Contains(answer, "event_") {
		t.Fatalf("recording was answered %s", answer)
	}
	if page, err := http.Get(first.Mailbox); err != nil || page.StatusCode != http.StatusOK {
		t.Errorf("the mailbox answers %v, %v", page, err)
	}
	if page, err := http.Get(first.GraphiQL); err != nil || page.StatusCode != http.StatusOK || page.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("GraphiQL answers %v, %v", page, err)
	}
	err := run(t.Context(), []string{"demo", "--json", "--port", "0", "--data", data}, nil, environment{out: io.Discard, errors: io.Discard})
	if err == nil || !strings.Contains(err.Error(), embedded.ErrInUse.Error()) {
		t.Errorf("a second copy on the folder ends with %v", err)
	}
	stop()

	second, stop := demonstrate(t, data)
	defer stop()
	if second.Accounts[0].Password != first.Accounts[0].Password {
		t.Error("the second start has another password")
	}
	token = signIn(t, second, second.Accounts[0])
	if answer := post(t, second.GraphQL, token, `{ viewer { events(first: 1) { nodes { description } } } }`); !strings.Contains(answer, "Kept.") {
		t.Errorf("what was recorded is gone: %s", answer)
	}
}

func TestADemoShowsTheMailThatItDoesNotSend(t *testing.T) {
	shown, stop := demonstrate(t, filepath.Join(t.TempDir(), "data"))
	defer stop()
	answer := post(t, shown.GraphQL, "", `mutation { registerAccount(input: {firstName: "Nadia", lastName: "Haddad", email: "nadia@nhs.net", confirmEmail: "nadia@nhs.net", jobRole: "Midwife", organisation: "RGT", acceptTerms: true}) { acknowledged } }`)
	if !strings.Contains(answer, "true") {
		t.Fatalf("registering was answered %s", answer)
	}
	link := regexp.MustCompile(`<a href="([^"]*/activate\?token=[^"]*)">`)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		found := link.FindStringSubmatch(read(t, shown.Mailbox))
		if found == nil {
			continue
		}
		if page := read(t, found[1]); !strings.Contains(page, "Nadia Haddad") {
			t.Errorf("the link leads to %s", page)
		}
		return
	}
	t.Error("no mail with a link appears in the mailbox")
}

func read(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestADemoKeepsAwayFromRealData(t *testing.T) {
	t.Setenv("LFPSE_DATABASE_URL", "postgres://somewhere")
	err := run(t.Context(), []string{"demo", "--data", t.TempDir()}, os.Environ(), environment{out: io.Discard, errors: io.Discard})
	if err == nil || !strings.Contains(err.Error(), "LFPSE_DATABASE_URL") {
		t.Errorf("got %v", err)
	}
}

func TestServingNeedsTheKeys(t *testing.T) {
	err := run(t.Context(), []string{"serve", "--port", "0", "--data", t.TempDir()}, nil, environment{out: io.Discard, errors: io.Discard})
	if err == nil || !strings.Contains(err.Error(), "lfpse keys create") {
		t.Errorf("got %v", err)
	}
}

func TestSettingsThatNobodyReadsAreRefusedByName(t *testing.T) {
	for name, c := range map[string]struct {
		args, environ []string
		named         string
	}{
		"a misspelt variable":                   {[]string{"version"}, []string{"LFPSE_PROT=80"}, "LFPSE_PROT"},
		"an unknown flag":                       {[]string{"version", "--quickly"}, nil, "--quickly"},
		"an unknown command":                    {[]string{"sreve"}, nil, "sreve"},
		"a port that is none":                   {[]string{"serve", "--port", "70000", "--data", keysIn(t)}, nil, "LFPSE_PORT"},
		"a contradiction":                       {[]string{"migrate", "status", "--database-url", "postgres://x", "--postgres-bin", "/y", "--data", t.TempDir()}, nil, "LFPSE_POSTGRES_BIN"},
		"mail without an address for its links": {[]string{"serve", "--port", "0", "--smtp-host", "mail.example", "--data", keysIn(t)}, nil, "LFPSE_WEB_URL"},
		"mail from nobody":                      {[]string{"serve", "--port", "0", "--smtp-host", "mail.example", "--web-url", "https://lfpse.example", "--data", keysIn(t)}, nil, "LFPSE_SMTP_FROM"},
		"a level that is none":                  {[]string{"version", "--log-level", "loud"}, nil, "--log-level"},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(t.Context(), c.args, c.environ, environment{out: io.Discard, errors: io.Discard})
			if err == nil || !strings.Contains(err.Error(), c.named) {
				t.Errorf("got %v, want an error that names %s", err, c.named)
			}
		})
	}
}

func keysIn(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	if err := (storage{Data: data}).keys().create(); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestHelpAndSchemaAreForStrangers(t *testing.T) {
	for command, want := range map[string]string{"--help": "demo", "serve --help": "LFPSE_DATABASE_URL", "schema": "type Event", "version": "lfpse"} {
		var out bytes.Buffer
		if err := run(t.Context(), strings.Fields(command), nil, environment{out: &out, errors: io.Discard}); err != nil {
			t.Errorf("%s: %v", command, err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s says nothing of %s: %s", command, want, out.String())
		}
	}
}
