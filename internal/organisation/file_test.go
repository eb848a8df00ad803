package organisation

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

const header = "ods_code,name,type,parent,icb,from,until\n"

func read(t testing.TB, text string) *File {
	t.Helper()
	file, err := ReadFile(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// wrong lists the problems of a file on the fixture's map as of a day.
func wrong(t testing.TB, records Records, text string) []string {
	t.Helper()
	_, err := read(t, text).Plan(records)
	var refused *ProblemsError
	if err == nil {
		return nil
	}
	if !errors.As(err, &refused) {
		t.Fatal(err)
	}
	var all []string
	for _, p := range refused.Problems {
		all = append(all, fmt.Sprintf("%d %s", p.Line, p.Column))
		if p.Message == "" {
			t.Errorf("line %d says nothing", p.Line)
		}
	}
	return all
}

func TestAFileIsReadHoweverItIsWritten(t *testing.T) {
	want := []line{
		{number: 2, code: "B81008", name: `Mill "Old" Surgery, Aire`, kind: GPPractice, icb: oldBoard},
		{number: 3, code: "FL479", name: "Pharmacy", kind: Pharmacy, parent: "B81008"},
	}
	const plain = header + `B81008,"Mill ""Old"" Surgery, Aire",GP_PRACTICE,,QA1,,` + "\n" + "FL479,Pharmacy,PHARMACY,B81008,,,\n"
	for name, text := range map[string]string{
		"plainly":                     plain,
		"with a mark before it":       "\uFEFF" + plain,
		"with another program's ends": strings.ReplaceAll(plain, "\n", "\r\n"),
		"without an end":              strings.TrimSuffix(plain, "\n"),
		"in small letters":            strings.NewReplacer("B81008", "b81008", "GP_PRACTICE", "gp_practice", "QA1", "qa1", "ods_code", "ODS_Code").Replace(plain),
		"with blanks":                 strings.NewReplacer(",GP_PRACTICE,", ", GP_PRACTICE ,", ",type,", ", type ,").Replace(plain),
		"with its columns elsewhere": "until,from,icb,parent,type,name,ods_code\n" +
			`,,QA1,,GP_PRACTICE,"Mill ""Old"" Surgery, Aire",B81008` + "\n,,,B81008,PHARMACY,Pharmacy,FL479\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := read(t, text)
			if diff := cmp.Diff(want, file.lines, cmp.AllowUnexported(line{})); diff != "" || len(file.problems) > 0 {
				t.Errorf("%s\n%v", diff, file.problems)
			}
		})
	}
}

func TestAFileWithoutItsHeaderIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                 "",
		"no header":               "B81008,Mill Surgery,GP_PRACTICE,,QA1,,\n",
		"a column is missing":     "ods_code,name,type,parent,icb,from\n",
		"a column is there twice": "ods_code,name,type,parent,icb,from,from\n",
		"a column too many":       "ods_code,name,type,parent,icb,from,until,postcode\n",
		"a column is misspelt":    "ods_code,name,type,parent,icb,from,untill\n",
		"between semicolons":      "ods_code;name;type;parent;icb;from;until\n",
		"a quotation mark":        "ods_code,na\"me,type,parent,icb,from,until\n",
		"UTF-16":                  "\xFF\xFEo\x00d\x00s\x00",
		"UTF-16, the other way":   "\xFE\xFF\x00o\x00d\x00s",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ReadFile(strings.NewReader(text)); err == nil {
				t.Error("it is read")
			} else if strings.Contains(err.Error(), "Mill") || strings.Contains(err.Error(), "postcode") {
				t.Errorf("the error repeats the file: %v", err)
			}
		})
	}
}

func TestAFileThatBreaksOffIsRefused(t *testing.T) {
	broken := errors.New("broken")
	for _, after := range []string{"", "ods", header, header + "B81008,Mi"} {
		_, err := ReadFile(io.MultiReader(strings.NewReader(after), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("after %d bytes: got %v", len(after), err)
		}
	}
}

func TestAFileThatIsTooLargeIsRefused(t *testing.T) {
	const text = header + "B81008,Mill Surgery,GP_PRACTICE,,QB2,,\n"
	if _, err := readFile(strings.NewReader(text), int64(len(text))); err != nil {
		t.Errorf("one that is just small enough: got %v", err)
	}
	if _, err := readFile(strings.NewReader(text), int64(len(text))-1); !errors.Is(err, errLargeFile) {
		t.Errorf("got %v", err)
	}
}

func TestEveryProblemOfAFileIsToldByLineAndColumn(t *testing.T) {
	const sound = "B81008,Mill Surgery,GP_PRACTICE,,QB2,,"
	tests := []struct {
		name, lines string
		want        []string
	}{
		{"nothing is wrong", sound, nil},
		{"nothing is there", "", nil},
		{"a code too short", "B8,Mill Surgery,GP_PRACTICE,,QB2,,", []string{"2 ods_code"}},
		{"a code too long", "B8100812345,Mill Surgery,GP_PRACTICE,,QB2,,", []string{"2 ods_code"}},
		{"a code with a hyphen", "B-1008,Mill Surgery,GP_PRACTICE,,QB2,,", []string{"2 ods_code"}},
		{"a code from another alphabet", "В81008,Mill Surgery,GP_PRACTICE,,QB2,,", []string{"2 ods_code"}},
		{"no code", ",Mill Surgery,GP_PRACTICE,,QB2,,", []string{"2 ods_code"}},
		{"no name", "B81008, ,GP_PRACTICE,,QB2,,", []string{"2 name"}},
		{"a name of dashes", "B81008,---,GP_PRACTICE,,QB2,,", []string{"2 name"}},
		{"a name as long as may be", "B81008," + strings.Repeat("é", 200) + ",GP_PRACTICE,,QB2,,", nil},
		{"a name too long", "B81008," + strings.Repeat("é", 201) + ",GP_PRACTICE,,QB2,,", []string{"2 name"}},
		{"a line break in a name", "B81008,\"Mill\nSurgery\",GP_PRACTICE,,QB2,,", []string{"2 name"}},
		{"a zero in a name", "B81008,Mill\x00Surgery,GP_PRACTICE,,QB2,,", []string{"2 name"}},
		{"a name that turns the writing round", "B81008,Mill\u202ESurgery,GP_PRACTICE,,QB2,,", []string{"2 name"}},
		{"a name in another encoding", "B81008,Caf\xE9 Surgery,GP_PRACTICE,,QB2,,", []string{"2 name"}},
		{"a type that is none", "B81008,Mill Surgery,SURGERY,,QB2,,", []string{"2 type"}},
		{"no type", "B81008,Mill Surgery,,,QB2,,", []string{"2 type"}},
		{"a parent that is no code", "B81008,Mill Surgery,GP_PRACTICE,?,QB2,,", []string{"2 parent"}},
		{"a parent that nobody knows", "B81008,Mill Surgery,GP_PRACTICE,RZZ,QB2,,", []string{"2 parent"}},
		{"an ICB for a parent", "B81008,Mill Surgery,GP_PRACTICE,QB2,QB2,,", []string{"2 parent"}},
		{"a region for a parent", "B81008,Mill Surgery,GP_PRACTICE,Y01,QB2,,", []string{"2 parent"}},
		{"a parent on the map", "B81008,Mill Surgery,GP_PRACTICE,RAA,QB2,,", nil},
		{"a parent further down", "B81009,Branch,GP_PRACTICE,B81008,,,\n" + sound, nil},
		{"a parent whose own line is wrong", "B81009,Branch,GP_PRACTICE,B81008,,,\nB81008,,GP_PRACTICE,,QB2,,", []string{"3 name"}},
		{"an ICB that is no code", "B81008,Mill Surgery,GP_PRACTICE,,?,,", []string{"2 icb"}},
		{"an ICB that nobody knows", "B81008,Mill Surgery,GP_PRACTICE,,QZZ,,", []string{"2 icb"}},
		{"an organisation for an ICB", "B81008,Mill Surgery,GP_PRACTICE,,RAA,,", []string{"2 icb"}},
		{"an ICB that has ended", "B81008,Mill Surgery,GP_PRACTICE,,QA1,,", []string{"2 icb"}},
		{"an ICB that will have ended", "B81008,Mill Surgery,GP_PRACTICE,,QB1,2027-01-01,", []string{"2 icb"}},
		{"an ICB that had ended by the last day", "B81008,Mill Surgery,GP_PRACTICE,,QA1,,2026-04-01", []string{"2 icb"}},
		{"an ICB that ended on the last day", "B81008,Mill Surgery,GP_PRACTICE,,QA1,,2026-03-31", nil},
		{"an ICB that had not begun", "B81008,Mill Surgery,GP_PRACTICE,,QA2,2026-03-31,", []string{"2 from"}},
		{"an ICB on its first day", "B81008,Mill Surgery,GP_PRACTICE,,QA2,2026-04-01,", nil},
		{"an ICB that begins after the last day", "B81008,Mill Surgery,GP_PRACTICE,,QA2,,2026-03-31", []string{"2 from"}},
		{"a date as others write it", "B81008,Mill Surgery,GP_PRACTICE,,QB2,01/04/2026,", []string{"2 from"}},
		{"a day that is none", "B81008,Mill Surgery,GP_PRACTICE,,QB2,2026-02-29,", []string{"2 from"}},
		{"a day long ago", "B81008,Mill Surgery,GP_PRACTICE,,QB2,0206-04-01,", []string{"2 from"}},
		{"a day far off", "B81008,Mill Surgery,GP_PRACTICE,,QB2,,2926-04-01", []string{"2 until"}},
		{"the end before the beginning", "B81008,Mill Surgery,GP_PRACTICE,,QB2,2026-04-02,2026-04-01", []string{"2 until"}},
		{"one day only", "B81008,Mill Surgery,GP_PRACTICE,,QB2,2026-04-01,2026-04-01", nil},
		{"one code on two lines", sound + "\n\n" + "b81008,Mill Surgery,GP_PRACTICE,,QB2,,\n", []string{"4 ods_code"}},
		{"a field missing", "B81008,Mill Surgery,GP_PRACTICE,,QB2,", []string{"2 "}},
		{"a comma in a name", "B81008,Mill Surgery, Aire,GP_PRACTICE,,QB2,,", []string{"2 "}},
		{"a quotation mark in a name", "B81008,Mill \"Old\" Surgery,GP_PRACTICE,,QB2,,\nB8,x,OTHER,,,,", []string{"2 ", "3 ods_code"}},
		{"a quotation that does not end", sound + "\nB81009,\"Mill Surgery,GP_PRACTICE,,QB2,,\nB8,x,OTHER,,,,\n", []string{"3 "}},
		{"its own parent", "B81008,Mill Surgery,GP_PRACTICE,B81008,QB2,,", []string{"2 parent"}},
		{"parents in a circle", "B81008,A,OTHER,B81009,QB2,,\nB81010,C,OTHER,B81008,,,\nB81009,B,OTHER,B81010,,,", []string{"2 parent"}},
		{"a circle by way of the map", "RAA,Aire Valley NHS Trust,NHS_TRUST,RAA0101,QA2,,", []string{"2 parent"}},
		{"a circle on the map that the file opens", "RAA,Aire Valley NHS Trust,NHS_TRUST,RAA01,QA2,,\nRAA01,Aire General Hospital,NHS_TRUST_SITE,,,,", nil},
		{"an ICB's own office", "QB2,Board,ICB,,QB2,,", nil},
		{"a practice under an ICB's code", "QB2,Board,GP_PRACTICE,,QB2,,", []string{"2 type"}},
		{"a region's own office", "Y01,North,REGION,,,,", nil},
		{"a practice under a region's code", "Y01,North,GP_PRACTICE,,,,", []string{"2 type"}},
		{"all at once, in order", "B8,,SURGERY,?,?,x,y\nB81008,Mill,OTHER,RZZ,QZZ,,\nB81008,Mill,OTHER,RZZ,QZZ,,", []string{
			"2 ods_code", "2 name", "2 type", "2 parent", "2 icb", "2 from", "2 until",
			"3 parent", "3 icb", "4 ods_code", "4 parent", "4 icb",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			records := fixture(t)
			records.Day = day(t, "2026-11-28")
			if diff := cmp.Diff(test.want, wrong(t, records, header+test.lines)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAProblemSaysHowToMendItAndRepeatsNothing(t *testing.T) {
	records := fixture(t)
	records.Day = day(t, "2026-11-28")
	text := header + "SECRETNAME1,Secretname\x01,SECRETNAME,SECRETNAME,SECRETNAM,secretname,secretname\n" +
		"SECRETNAM,a,OTHER,,QA1,,\nSECRETNA,a,OTHER,SECRETN,,,\nSECRETN,a,OTHER,SECRETNA,,,\nSECRETN,a,OTHER,,,,\nSECRET\"NAME\n"
	_, err := read(t, text).Plan(records)
	var refused *ProblemsError
	if !errors.As(err, &refused) {
		t.Fatalf("got %v", err)
	}
	var all strings.Builder
	for _, p := range refused.Problems {
		fmt.Fprintln(&all, p)
	}
	if strings.Contains(strings.ToLower(all.String()), "secret") {
		t.Errorf("what was typed is repeated:\n%s", all.String())
	}
	for _, want := range []string{
		"line 2, type: The types are NHS_TRUST, ", "line 3, icb: The ICB ended on 2026-03-31: write its successor, QA2,",
		"by way of line 5:", "line 6, ods_code: Line 5 has the same code", "line 7: A quotation mark",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%q is not told:\n%s", want, all.String())
		}
	}
	if want := fmt.Sprintf("the file has %d problems", len(refused.Problems)); err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
