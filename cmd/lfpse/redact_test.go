package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lfpse/internal/redaction"
)

// redact answers lines by the command, as somebody without a database or keys.
func redact(t *testing.T, in string, args ...string) (out, problems string, err error) {
	t.Helper()
	t.Setenv("HOME", filepath.Join(t.TempDir(), "there is no such folder"))
	var answers, told bytes.Buffer
	err = run(t.Context(), append([]string{"redact"}, args...), nil, environment{in: strings.NewReader(in), out: &answers, errors: &told})
	return answers.String(), told.String(), err
}

func TestRedactAnswersALineWithALine(t *testing.T) {
	for name, c := range map[string]struct{ in, out string }{
		"a name": {
			`{"id": "a-1", "text": "Mrs Pemberton fell.\nShe is well."}`,
			`{"id":"a-1","redacted":"Mrs [NAME 1] fell.\nShe is well.","spans":[{"start":4,"end":13,"class":"NAME"}]}`,
		},
		"nothing to hide":                    {`{"id": "2", "text": "A fall."}`, `{"id":"2","redacted":"A fall.","spans":[]}`},
		"an empty text":                      {`{"id": "3", "text": ""}`, `{"id":"3","redacted":"","spans":[]}`},
		"a number for an id":                 {`{"id": 4, "text": "<b> & >"}`, `{"id":4,"redacted":"<b> & >","spans":[]}`},
		"other names are passed over":        {`{"id": "5", "setting": "acute", "spans": [1], "text": "A fall.", "known": [{"dob": "1 May"}]}`, `{"id":"5","redacted":"A fall.","spans":[]}`},
		"places are counted in code points":  {`{"id": "6", "text": "🚑 é Ring 07700 900123."}`, `{"id":"6","redacted":"🚑 é Ring [PHONE].","spans":[{"start":9,"end":21,"class":"PHONE"}]}`},
		"a known name without any other cue": {`{"id": "7", "text": "moxley fell", "known": [{"role": "patient", "given": "Ann", "family": "Moxley"}]}`, `{"id":"7","redacted":"[NAME 1] fell","spans":[{"start":0,"end":6,"class":"NAME"}]}`},
		"a known date of birth":              {`{"id": "8", "text": "Seen 17.2.41, then 18.2.21.", "known": [{"dob": "1941-02-17"}]}`, `{"id":"8","redacted":"Seen [DATE OF BIRTH], then 18.2.21.","spans":[{"start":5,"end":12,"class":"DATE OF BIRTH"}]}`},
		"further words":                      {`{"id": "9", "text": "the blue door", "known": [{"other": ["blue door"], "email": null}]}`, `{"id":"9","redacted":"the [IDENTIFIER]","spans":[{"start":4,"end":13,"class":"IDENTIFIER"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			out, problems, err := redact(t, c.in+"\n")
			if err != nil || problems != "" {
				t.Fatal(err, problems)
			}
			if got := withoutConfidence(t, out); got != c.out {
				t.Errorf("\ngot  %s\nwant %s", got, c.out)
			}
		})
	}
}

// withoutConfidence takes away how sure the engine is, which is between 0 and 1.
func withoutConfidence(t *testing.T, line string) string {
	t.Helper()
	var answer redactedLine
	if err := json.Unmarshal([]byte(line), &answer); err != nil {
		t.Fatalf("%q is no JSON: %v", line, err)
	}
	for _, s := range answer.Spans {
		if s.Confidence <= 0 || s.Confidence > 1 {
			t.Errorf("a confidence is %v", s.Confidence)
		}
		line = strings.Replace(line, fmt.Sprintf(`,"confidence":%v`, s.Confidence), "", 1)
	}
	return strings.TrimSuffix(line, "\n")
}

func TestRedactReadsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lines")
	if err := os.WriteFile(file, []byte(`{"id": "1", "text": "A fall."}`), 0o600); err != nil { // without a line break at its end
		t.Fatal(err)
	}
	out, _, err := redact(t, "", file)
	if want := `{"id":"1","redacted":"A fall.","spans":[]}` + "\n"; err != nil || out != want {
		t.Errorf("got %q, %v", out, err)
	}
	if _, _, err = redact(t, "", file+"s"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that there is not: %v", err)
	}
}

// Answers come in the order of the lines, though some take a thousand times
// as long as others.
func TestRedactKeepsTheOrder(t *testing.T) {
	var in, want strings.Builder
	for i := range 300 {
		text := "A fall."
		if i%7 == 0 {
			text = strings.Repeat("She fell twice on the ward. ", 700)
		}
		fmt.Fprintf(&in, "{\"id\": %d, \"text\": %q}\n\n  \r\n", i, text)
		fmt.Fprintf(&want, "{\"id\":%d,\"redacted\":%q,\"spans\":[]}\n", i, text)
	}
	out, _, err := redact(t, in.String())
	if err != nil || out != want.String() {
		t.Errorf("the answers are not those of the lines, in order: %v", err)
	}
}

func TestALineThatCannotBeAnsweredIsToldByItsNumber(t *testing.T) {
	const secret = "Pemberton"
	for name, c := range map[string]struct{ line, told string }{
		"no JSON":         {`Mrs Pemberton fell.`, errNotJSON.Error()},
		"half an object":  {`{"id": "1", "text": "Mrs Pemberton`, errNotJSON.Error()},
		"two objects":     {`{"id": "1", "text": "Mrs Pemberton"} {}`, errNotJSON.Error()},
		"a list":          {`["Mrs Pemberton"]`, errNotJSON.Error()},
		"another type":    {`{"id": "1", "text": ["Mrs Pemberton"]}`, errNotJSON.Error()},
		"a person of one": {`{"id": "1", "text": "A fall.", "known": [{"given": {"Pemberton": 1}}]}`, errNotJSON.Error()},
		"no text":         {`{"id": "Pemberton"}`, errNoText.Error()},
		"null":            {`null`, errNoText.Error()},
		"no UTF-8":        {"{\"id\": \"1\", \"text\": \"Mrs Pemberton \xff\"}", errNotUTF8.Error()},
		"a long text":     {`{"id": "1", "text": "` + strings.Repeat("Pemberton ", redaction.MaxText/10+1) + `"}`, redaction.ErrTooLong.Error()},
		"a long line":     {`{"id": "1", "text": "` + strings.Repeat("Pemberton ", maxLine/10) + `"}`, errLongLine.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			good := `{"id": "1", "text": "A fall."}` + "\n"
			out, told, err := redact(t, good+"\n"+c.line+"\n"+good)
			if err == nil || err.Error() != "1 of 3 lines could not be answered" {
				t.Errorf("it ends with %v", err)
			}
			if !strings.HasPrefix(told, "line 3: ") || !strings.Contains(told, c.told) || strings.Count(told, "\n") != 1 {
				t.Errorf("it is told %q", told)
			}
			if strings.Contains(told+err.Error(), secret) {
				t.Errorf("what was told repeats the line: %q", told)
			}
			if strings.Count(out, "\n") != 2 {
				t.Errorf("the other lines were answered %q", out)
			}
		})
	}
}

// What is written is answered while more is still to come.
func TestRedactAnswersAsLinesCome(t *testing.T) {
	in, typing := io.Pipe()
	reading, out := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- redactLines(ctx, redaction.New(), in, out, io.Discard)
	}()
	answers := json.NewDecoder(reading)
	for i := range 3 {
		fmt.Fprintf(typing, "{\"id\": %d, \"text\": \"A fall.\"}\n", i)
		var answer redactedLine
		if err := answers.Decode(&answer); err != nil || string(answer.ID) != fmt.Sprint(i) {
			t.Fatalf("got %s, %v", answer.ID, err)
		}
	}
	stop() // while it waits for the next line
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it does not end when it is told to")
	}
}

// broken fails as a disk does.
type broken struct{}

var errBroken = errors.New("it is broken")

func (broken) Read([]byte) (int, error)  { return 0, errBroken }
func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestRedactEndsWhereItCannotReadOrWrite(t *testing.T) {
	lines := strings.Repeat("{\"text\": \"A fall.\"}\n", 1000)
	for name, err := range map[string]error{
		"reading": redactLines(t.Context(), redaction.New(), io.MultiReader(strings.NewReader(lines), broken{}), io.Discard, io.Discard),
		"writing": redactLines(t.Context(), redaction.New(), strings.NewReader(lines), broken{}, io.Discard),
		"telling": redactLines(t.Context(), redaction.New(), strings.NewReader("x\n"), io.Discard, broken{}),
	} {
		if !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCodePointsFindTheSameWords(t *testing.T) {
	const text = "e\u0301 🚑 Mrs Ñandú fell; ring 07700 900123 or Ñandú's"
	var spans []redaction.Span
	for _, words := range []string{"Ñandú", "07700 900123", "Ñandú's"} {
		at := strings.LastIndex(text, words)
		if words == "Ñandú" {
			at = strings.Index(text, words)
		}
		spans = append(spans, redaction.Span{Start: at, End: at + len(words)})
	}
	points := []rune(text)
	for i, counted := range codePoints(text, spans) {
		if got, want := string(points[counted.Start:counted.End]), text[spans[i].Start:spans[i].End]; got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
