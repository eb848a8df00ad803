package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/organisation"
)

const organisationHeader = "ods_code,name,type,parent,icb,from,until\n"

// clinics are the lines of a practice, its branch, and a trust that the service comes with, renamed.
const clinics = "B81009,Mill Surgery Branch,GP_PRACTICE,B81008,,,\nB81008,Mill Surgery,GP_PRACTICE,,QUE,,\n" +
	"RGT,Renamed NHS Trust,NHS_TRUST,,QUE,,\n"

// terminal is one run of a command and what it says.
type terminal struct{ out, errors bytes.Buffer }

// importOrganisations runs the command on the text of a file.
func importOrganisations(ctx context.Context, t *testing.T, url, text string, flags ...string) (*terminal, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "organisations.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	shown := &terminal{}
	args := append([]string{"import", "organisations", path, "--database-url", url, "--data", t.TempDir()}, flags...)
	err := run(ctx, args, nil, environment{out: &shown.out, errors: &shown.errors})
	return shown, err
}

// imports imports and expects what is said of it.
func imports(t *testing.T, url, text, want string, flags ...string) {
	t.Helper()
	shown, err := importOrganisations(t.Context(), t, url, text, flags...)
	if err != nil {
		t.Fatalf("%v\n%s", err, shown.errors.String())
	}
	if got := strings.TrimSpace(shown.out.String()); got != want {
		t.Errorf("it says %s, want %s", got, want)
	}
}

func open(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// tables are all tables of a database, row by row.
func tables(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, name := range column(t, d, "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace") {
		all[name] = column(t, d, "SELECT t::text FROM "+name+" t ORDER BY 1")
	}
	return all
}

func column(t *testing.T, d *db.DB, query string) []string {
	t.Helper()
	rows, err := d.Pool.Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		all = append(all, value)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestImportingTwiceChangesNothingTheSecondTime(t *testing.T) {
	url := dbtest.FreshURL(t) // empty: importing makes the tables and loads the map
	imports(t, url, organisationHeader+clinics, "Added 2, changed 1, closed 0, unchanged 0.")
	d := open(t, url)
	before := tables(t, d)
	if got := len(before["organisation"]); got < 500 {
		t.Fatalf("there are %d organisations", got)
	}
	imports(t, url, organisationHeader+clinics, "Added 0, changed 0, closed 0, unchanged 3.")
	if diff := cmp.Diff(before, tables(t, d)); diff != "" {
		t.Errorf("something changed: %s", diff)
	}
	if entries := column(t, d, "SELECT actor_kind || ' ' || action || ' ' || subject || detail::text FROM audit_entry"); !slices.Equal(entries,
		[]string{`system organisations.imported {"added": "2", "closed": "0", "changed": "1", "unchanged": "0"}`}) {
		t.Errorf("the audit trail holds %q", entries)
	}
}

func TestADryRunSaysWhatWouldChangeAndChangesNothing(t *testing.T) {
	url := dbtest.FreshURL(t)
	if _, err := importOrganisations(t.Context(), t, url, organisationHeader+clinics, "--dry-run"); err == nil || !strings.Contains(err.Error(), "lfpse migrate up") {
		t.Errorf("on an empty database: got %v", err)
	}
	d := open(t, url)
	if all := tables(t, d); len(all) > 0 {
		t.Errorf("on an empty database it made %d tables", len(all))
	}
	imports(t, url, organisationHeader, "Added 0, changed 0, closed 0, unchanged 0.")
	before := tables(t, d)
	closing := "RGT01,Addenbrooke's Hospital,NHS_TRUST_SITE,RGT,,,2026-01-31\n"
	imports(t, url, organisationHeader+clinics+closing, "line 4: RGT changes (name)\nline 5: RGT01 closes (until)\n"+
		"This would be: added 2, changed 1, closed 1, unchanged 0. Nothing was changed.", "--dry-run")
	if diff := cmp.Diff(before, tables(t, d)); diff != "" {
		t.Errorf("something changed: %s", diff)
	}
	imports(t, url, organisationHeader+clinics+closing, "Added 2, changed 1, closed 1, unchanged 0.")
}

func TestAFileOfProblemsIsToldThemAllAndChangesNothing(t *testing.T) {
	url := dbtest.FreshURL(t)
	imports(t, url, organisationHeader, "Added 0, changed 0, closed 0, unchanged 0.")
	d := open(t, url)
	before := tables(t, d)
	var text strings.Builder
	text.WriteString(organisationHeader + clinics)
	for i := range 150 {
		fmt.Fprintf(&text, "V%05d,Practice,DENTAL_SURGERY,,QUE,,\n", i)
	}
	shown, err := importOrganisations(t.Context(), t, url, text.String())
	if err == nil || err.Error() != "the file has 150 problems; nothing was changed" {
		t.Errorf("got %v", err)
	}
	told := strings.Split(strings.TrimSpace(shown.errors.String()), "\n")
	if len(told) != 101 || !strings.HasPrefix(told[0], "line 5, type: The types are NHS_TRUST,") ||
		!strings.HasPrefix(told[99], "line 104, type: ") || told[100] != "... and 50 more" {
		t.Errorf("told are %d: %q", len(told), told)
	}
	if shown.out.Len() > 0 {
		t.Errorf("it says %s", shown.out.String())
	}
	if diff := cmp.Diff(before, tables(t, d)); diff != "" {
		t.Errorf("something changed: %s", diff)
	}
	imports(t, url, organisationHeader+clinics, "Added 2, changed 1, closed 0, unchanged 0.")
}

func TestAFileIsReadFromStandardInput(t *testing.T) {
	var out bytes.Buffer
	args := []string{"import", "organisations", "-", "--database-url", dbtest.FreshURL(t), "--data", t.TempDir()}
	err := run(t.Context(), args, nil, environment{in: strings.NewReader(organisationHeader + clinics), out: &out, errors: io.Discard})
	if err != nil || !strings.HasPrefix(out.String(), "Added 2,") {
		t.Errorf("it says %s, %v", out.String(), err)
	}
}

func TestAFileThatIsNoneIsRefusedBeforeTheDatabaseIsOpened(t *testing.T) {
	args := []string{"import", "organisations", "--database-url", "postgres://nowhere.invalid/x", "--data", t.TempDir()}
	for name, path := range map[string]string{"a file that is not there": filepath.Join(t.TempDir(), "none.csv"), "a file without a header": os.DevNull} {
		err := run(t.Context(), append(args, path), nil, environment{out: io.Discard, errors: io.Discard})
		if err == nil || strings.Contains(err.Error(), "database") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTheHelpOfImportDescribesTheFile(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"import", "organisations", "--help"}, nil, environment{out: &out, errors: io.Discard}); err != nil {
		t.Fatal(err)
	}
	for _, want := range append(organisation.Columns(), "GP_PRACTICE", "--dry-run", "UTF-8") {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it says nothing of %s", want)
		}
	}
}

func TestTheManualsExampleCanBeImported(t *testing.T) {
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(manual), "```csv\n")
	example, _, found := strings.Cut(example, "```")
	if !found {
		t.Fatal("there is none")
	}
	imports(t, dbtest.FreshURL(t), example, "Added 4, changed 0, closed 0, unchanged 0.")
	for _, kind := range organisation.Types() {
		if !strings.Contains(string(manual), "`"+string(kind)+"`") {
			t.Errorf("the manual says nothing of %s", kind)
		}
	}
}

// An import is ended after it has written the map and before it has written the audit trail.
func TestAnImportThatIsKilledLeavesNothing(t *testing.T) {
	url := dbtest.FreshURL(t)
	imports(t, url, organisationHeader, "Added 0, changed 0, closed 0, unchanged 0.")
	d := open(t, url)
	before := tables(t, d)
	tx, err := d.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background()) //nolint:errcheck // it only reads
	if _, err := tx.Exec(t.Context(), "LOCK TABLE audit_entry IN SHARE MODE"); err != nil {
		t.Fatal(err)
	}
	ctx, kill := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := importOrganisations(ctx, t, url, organisationHeader+clinics)
		ended <- err
	}()
	const waiting = "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%audit_entry%'"
	for deadline := time.Now().Add(20 * time.Second); len(column(t, d, waiting)) == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the import does not come so far")
		}
	}
	kill()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, tables(t, d)); diff != "" {
		t.Errorf("something was changed: %s", diff)
	}
	imports(t, url, organisationHeader+clinics, "Added 2, changed 1, closed 0, unchanged 0.")
}

func TestARunningServiceTakesUpAnImport(t *testing.T) {
	url := dbtest.FreshURL(t)
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"serve", "--port", "0", "--database-url", url, "--data", keysIn(t)}, nil, environment{out: io.Discard, errors: w})
		w.Close()
		ended <- err
	}()
	graph := serving(t, r)
	const question = `{ organisation(odsCode: "B81008") { name active icb { odsCode } sites { odsCode } } organisations(filter: {search: "mill branch"}) { totalCount } }`
	if answer := post(t, graph, "", question); !strings.Contains(answer, `"organisation":null`) {
		t.Fatalf("before the import the answer is %s", answer)
	}
	imports(t, url, organisationHeader+clinics, "Added 2, changed 1, closed 0, unchanged 0.")
	const want = `{"data":{"organisation":{"name":"Mill Surgery","active":true,"icb":{"odsCode":"QUE"},"sites":[{"odsCode":"B81009"}]},"organisations":{"totalCount":1}}}`
	answer := ""
	for deadline := time.Now().Add(30 * time.Second); answer != want; time.Sleep(50 * time.Millisecond) {
		if answer = strings.TrimSpace(post(t, graph, "", question)); time.Now().After(deadline) {
			t.Fatalf("the answer is still %s", answer)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("serving ended with %v", err)
	}
}

// serving waits until the log says where the graph is; the rest of the log is thrown away.
func serving(t *testing.T, log io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		var entry struct{ GraphQL string }
		if err := json.Unmarshal(lines.Bytes(), &entry); err == nil && entry.GraphQL != "" {
			go io.Copy(io.Discard, log) //nolint:errcheck // it ends with the service
			return entry.GraphQL
		}
	}
	t.Fatal("the service does not say where it is")
	return ""
}
