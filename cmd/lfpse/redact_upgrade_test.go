package main

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/event"
	"lfpse/internal/redaction"
)

func TestUpgradingTheTextsOfADatabase(t *testing.T) {
	url, data := dbtest.FreshURL(t), keysIn(t)
	do := func(command ...string) (out, told string, err error) {
		var answers, problems bytes.Buffer
		err = run(t.Context(), append(command, "--database-url", url, "--data", data), nil, environment{in: strings.NewReader(""), out: &answers, errors: &problems})
		return answers.String(), problems.String(), err
	}
	if _, _, err := do("redact", "--upgrade", "--dry-run"); err == nil || !strings.Contains(err.Error(), "lfpse migrate up") {
		t.Errorf("a dry run on an empty database ends with %v", err)
	}
	if _, _, err := do("seed", "--events", "70"); err != nil {
		t.Fatal(err)
	}
	upToDate := fmt.Sprintf("Every text was anonymised by version %s.\n", redaction.Version)
	if out, _, err := do("redact", "--upgrade"); err != nil || out != upToDate {
		t.Errorf("with nothing to do it says %q, %v", out, err)
	}
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.ExecContext(t.Context(), `UPDATE event SET redaction_version = '0'; UPDATE event_revision SET redaction_version = '0'`); err != nil {
		t.Fatal(err)
	}
	var submitted int // drafts have no anonymised texts
	if err := d.NewRaw(`SELECT count(*) FROM event WHERE status <> 'DRAFT'`).Scan(t.Context(), &submitted); err != nil || submitted == 0 {
		t.Fatalf("%d events, %v", submitted, err)
	}
	numbers := fmt.Sprintf(`, by version \S+, \d+ texts of %d events; \d+ (would )?read otherwise\.\n`, submitted)
	rehearsed, _, err := do("redact", "--upgrade", "--dry-run")
	if err != nil || !regexp.MustCompile(`^Would anonymise anew`+numbers).MatchString(rehearsed) || !strings.HasSuffix(rehearsed, "Nothing was changed.\n") {
		t.Errorf("a dry run says %q, %v", rehearsed, err)
	}
	const spoil = `UPDATE event_original SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) WHERE event_id = (SELECT min(id::text)::uuid FROM event WHERE status <> 'DRAFT')`
	if _, err := d.ExecContext(t.Context(), spoil); err != nil {
		t.Fatal(err)
	}
	butOne := fmt.Sprintf(`^Anonymised anew, by version \S+, \d+ texts of %d events;`, submitted-1)
	if out, _, err := do("redact", "--upgrade"); err == nil || !regexp.MustCompile(`texts of 1 events do not open.* event_[0-9a-f]{32}$`).MatchString(err.Error()) || !regexp.MustCompile(butOne).MatchString(out) {
		t.Errorf("with texts that do not open the upgrade says %q, %v", out, err)
	}
	if _, err := d.ExecContext(t.Context(), spoil+`; UPDATE event SET redaction_version = '0'; UPDATE event_revision SET redaction_version = '0'`); err != nil {
		t.Fatal(err)
	}
	if out, _, err := do("redact", "--upgrade"); err != nil || !regexp.MustCompile(`^Anonymised anew`+numbers).MatchString(out) || strings.Contains(out, "Nothing") {
		t.Errorf("the upgrade says %q, %v", out, err)
	}
	if out, _, err := do("redact", "--upgrade"); err != nil || out != upToDate {
		t.Errorf("with everything done it says %q, %v", out, err)
	}
}

func TestTheOptionsOfRedactGoTogether(t *testing.T) {
	for named, args := range map[string][]string{
		"takes no file":          {"redact", "--upgrade", "lines"},
		"goes with --upgrade":    {"redact", "--dry-run"},
		"lfpse keys create":      {"redact", "--upgrade", "--database-url", dbtest.FreshURL(t), "--data", t.TempDir()},
		"LFPSE_POSTGRES_BIN":     {"redact", "--upgrade", "--database-url", "postgres://x", "--postgres-bin", "/y", "--data", t.TempDir()},
		"unexpected argument y":  {"redact", "x", "y"},
		"no such file":           {"redact", "/there/is/no such file"},
		"unknown flag --upgrate": {"redact", "--upgrate"},
	} {
		err := run(t.Context(), args, nil, environment{in: strings.NewReader(""), out: io.Discard, errors: io.Discard})
		if err == nil || !strings.Contains(err.Error(), named) {
			t.Errorf("%v ends with %v", args, err)
		}
	}
}

// What changed is told in numbers, by class.
func TestTheSummaryOfAnUpgrade(t *testing.T) {
	u := event.Upgrade{
		Events: 3, Texts: 9, Changed: 2, Hidden: 1,
		Added: map[redaction.Class]int{redaction.Name: 4, redaction.Phone: 1}, Gone: map[redaction.Class]int{redaction.Name: 1, redaction.Address: 2},
	}
	var out bytes.Buffer
	if err := summariseUpgrade(&out, u, false); err != nil {
		t.Fatal(err)
	}
	want := `Anonymised anew, by version ` + redaction.Version + `, 9 texts of 3 events; 2 read otherwise.
    class  hidden now  part of another now
  ADDRESS           0                    2
     NAME           4                    1
    PHONE           1                    0
Texts that cannot be anonymised and stay hidden: 1. Running it again tries them again.
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Elsewhere than on a terminal a line is written now and then.
func TestProgressWithoutATerminal(t *testing.T) {
	var out bytes.Buffer
	p := progressOf("events", &out)
	p.begin(2500)
	for range 50 {
		p.add(50)
	}
	p.end()
	if got := out.String(); got != "1000 of 2500 events\n2000 of 2500 events\n" {
		t.Errorf("it says %q", got)
	}
}
