package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lfpse/db/dbtest"
	"lfpse/internal/account"
)

// systemKey issues the key of a local system of a trust.
func systemKey(t *testing.T, url, data string) string {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	d := &database{url: url, DB: open(t, url)}
	s, err := assemble(t.Context(), log, d, keyFiles{filepath.Join(data, "keys")}, ordinary())
	if err != nil {
		t.Fatal(err)
	}
	lead := account.NewAccount{Email: "lead@nhs.net", FirstName: "Margaret", LastName: "Holloway", Password: "wholly unguessable 7"}
	if _, problems, err := s.accounts.CreateLead(t.Context(), lead); err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	session, problems, err := s.accounts.SignIn(t.Context(), account.Credentials{Email: lead.Email, Password: lead.Password})
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	caller, err := s.accounts.Authenticate(t.Context(), session.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	_, key, problems, err := s.clients.Issue(t.Context(), caller.Principal, "RGT", "WebIncidents")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	return key
}

// importEvents imports the lines of a file, with the mapping that the documentation has.
func importEvents(ctx context.Context, t *testing.T, url, data, key, text string, flags ...string) (*terminal, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "events.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	shown := &terminal{}
	args := append([]string{"import", "events", path, "--mapping", "testdata/events_mapping.json", "--key", key, "--database-url", url, "--data", data}, flags...)
	err := run(ctx, args, nil, environment{out: &shown.out, errors: &shown.errors})
	return shown, err
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEventsOfBeforeAreImportedOnce(t *testing.T) {
	url, data := dbtest.FreshURL(t), keysIn(t)
	key := systemKey(t, url, data)
	lines, problems := textOf(t, "testdata/events.csv"), filepath.Join(t.TempDir(), "problems.csv")
	says := func(want, text string, flags ...string) {
		t.Helper()
		shown, err := importEvents(t.Context(), t, url, data, key, text, flags...)
		if err != nil {
			t.Fatalf("%v\n%s", err, shown.errors.String())
		}
		if got := strings.TrimSpace(shown.out.String()); got != want {
			t.Errorf("it says %s, want %s", got, want)
		}
	}
	// Cut off in the middle of the file, and then the whole: each line is recorded once.
	says("Recorded 2, updated 0, recorded before 0, with problems 0.", strings.Join(strings.SplitAfter(lines, "\n")[:3], ""))
	says("Would record or update 4; with problems 4. Nothing was recorded.", lines, "--dry-run")
	says("Recorded 2, updated 0, recorded before 2, with problems 4.", lines, "--problems", problems)
	says("Recorded 0, updated 0, recorded before 4, with problems 4.", lines, "--problems", problems)

	want := [][]string{
		{"line", "column", "field", "code"},
		{"5", "Date", "occurredOn", "INVALID"},
		{"6", "What happened", "description", "REQUIRED"},
		{"6", "Age", "patients.age", "INVALID"},
		{"7", "Severity", "patients.physicalHarm", "UNKNOWN_CODE"},
		{"8", "Ref", "", "DUPLICATE"},
	}
	got, err := csv.NewReader(strings.NewReader(textOf(t, problems))).ReadAll()
	if err != nil || len(got) != len(want) {
		t.Fatalf("%v\n%v", got, err)
	}
	for i, row := range got {
		if strings.Join(row[:4], "|") != strings.Join(want[i], "|") || strings.Contains(row[4], "Dreadful") {
			t.Errorf("problem %d is %v, want %v", i, row, want[i])
		}
	}

	d := open(t, url)
	var kept string
	err = d.NewRaw(`SELECT string_agg(source || ' ' || kind || ' ' || coalesce(occurred_on, '') || ' ' || organisation || ' ' || coalesce(details->>'nearMiss', ''), E'\n' ORDER BY occurred_on) FROM event`).Scan(t.Context(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	if want := "LRMS INCIDENT 2021-03-01 RGT \nLRMS INCIDENT 2021-03-02 RGT true\nLRMS GOOD_CARE 2021-03-03 RGT \nLRMS INCIDENT 2021-03-06 RGT "; kept != want {
		t.Errorf("kept are\n%s\nwant\n%s", kept, want)
	}
	var named int
	if err := d.NewRaw(`SELECT count(*) FROM event WHERE texts::text LIKE '%Pemberton%'`).Scan(t.Context(), &named); err != nil || named != 0 {
		t.Errorf("%d texts name somebody: %v", named, err)
	}
}

func TestAnImportThatCannotBeginRecordsNothing(t *testing.T) {
	url, data := dbtest.FreshURL(t), keysIn(t)
	key := systemKey(t, url, data)
	lines := textOf(t, "testdata/events.csv")
	for name, c := range map[string]struct{ text, says string }{
		"an unclosed quote": {lines + "W-9,\"Incident Pemberton\n", "line 10"},
		"a missing column":  {strings.Replace(lines, "Severity", "Harm", 1), "no column Severity"},
		"a column twice":    {strings.Replace(lines, "Severity", "Age", 1), "columns 8 and 9"},
		"nothing":           {"", "first line"},
	} {
		_, err := importEvents(t.Context(), t, url, data, key, c.text)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "Pemberton") {
			t.Errorf("%s: it says %v", name, err)
		}
	}
}

func TestAnImportNeedsTheKeyOfASystem(t *testing.T) {
	url, data := dbtest.FreshURL(t), keysIn(t)
	const key = "lfpse_nobodys"
	for _, flags := range [][]string{nil, {"--dry-run"}} {
		_, err := importEvents(t.Context(), t, url, data, key, textOf(t, "testdata/events.csv"), flags...)
		if err == nil || !strings.Contains(err.Error(), "LFPSE_CLIENT_KEY") || strings.Contains(err.Error(), key) {
			t.Errorf("with %v and a key that is not good it says %v", flags, err)
		}
	}
}

// An import that is stopped says so, and running it again records what is missing.
func TestAnImportThatIsStoppedGoesOn(t *testing.T) {
	url, data := dbtest.FreshURL(t), keysIn(t)
	key := systemKey(t, url, data)
	const lines = 600
	text := strings.Builder{}
	header, _, _ := strings.Cut(textOf(t, "testdata/events.csv"), "\n")
	text.WriteString(header + "\n")
	for n := range lines {
		fmt.Fprintf(&text, "W-%d,Incident,Bed %d was empty.,01/03/2021,,Wards,,,,,,\n", n, n)
	}
	d := open(t, url)
	recorded := func() (n int) {
		if err := d.NewRaw(`SELECT count(*) FROM event`).Scan(t.Context(), &n); err != nil {
			t.Error(err)
		}
		return n
	}
	ctx, stop := context.WithCancel(t.Context())
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for ctx.Err() == nil && recorded() < 5 {
			time.Sleep(time.Millisecond)
		}
		stop()
	}()
	shown, err := importEvents(ctx, t, url, data, key, text.String())
	stop()
	<-watched
	if err == nil || !strings.Contains(err.Error(), "running it again goes on") {
		t.Fatalf("stopped, it says %v\n%s", err, shown.out.String())
	}
	before := recorded()
	if before == 0 || before == lines {
		t.Fatalf("it was stopped after %d lines: nothing is shown", before)
	}
	shown, err = importEvents(t.Context(), t, url, data, key, text.String())
	if want := fmt.Sprintf("Recorded %d, updated 0, recorded before %d, with problems 0.\n", lines-before, before); err != nil || shown.out.String() != want {
		t.Errorf("again, it says %q %v, want %q", shown.out.String(), err, want)
	}
	changed := strings.Replace(text.String(), "Bed 7 was empty", "Bed 7 was full", 1)
	shown, err = importEvents(t.Context(), t, url, data, key, changed)
	if want := fmt.Sprintf("Recorded 0, updated 1, recorded before %d, with problems 0.\n", lines-1); err != nil || shown.out.String() != want {
		t.Errorf("changed, it says %q %v, want %q", shown.out.String(), err, want)
	}
	if n := recorded(); n != lines {
		t.Errorf("there are %d events", n)
	}
}

func TestTheManualsMappingIsTheOneThatIsTested(t *testing.T) {
	manual := textOf(t, filepath.Join("..", "..", "docs", "operations.md"))
	_, mapping, _ := strings.Cut(manual, "```json\n")
	mapping, _, _ = strings.Cut(mapping, "```")
	if want := textOf(t, "testdata/events_mapping.json"); mapping != want {
		t.Errorf("it is\n%s\nwant\n%s", mapping, want)
	}
}
