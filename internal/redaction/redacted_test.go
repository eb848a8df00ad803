package redaction_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lfpse/internal/redaction"
)

// again redacts a text of a record in which something was hidden before.
func again(t *testing.T, text string, before ...redaction.Redacted) string {
	t.Helper()
	result := engine.Redact([]redaction.Field{{Name: "text", Text: text}}, redaction.Context{Redacted: before})[0]
	if result.Err != nil {
		t.Fatal(result.Err)
	}
	return result.Text
}

func TestWhatWasHiddenOnceIsHiddenAgain(t *testing.T) {
	rose := redaction.Redacted{Text: "Rose", Class: redaction.Name, Person: 2}
	ward := redaction.Redacted{Text: "the blue lighthouse", Class: redaction.Identifier}
	bleep := redaction.Redacted{Text: "813", Class: redaction.Extension}
	edith := redaction.Redacted{Text: "Edith Pemberton", Class: redaction.Name, Person: 4}
	for _, c := range [][2]string{
		{"Rose fell.", "[NAME 2] fell."},
		{"ROSE FELL", "[NAME 2] FELL"},
		{"she rose slowly", "she rose slowly"},
		{"Mrs Pemberton came with rose and lily.", "Mrs [NAME 4] came with rose and lily."},
		{"It rose to 38 degrees.", "It rose to 38 degrees."},
		{"in The Blue Lighthouse", "in [IDENTIFIER]"},
		{"ring 813 now", "ring [EXTENSION] now"},
		{"gave 813 ml", "gave 813 ml"},
		{"edith pemberton fell", "[NAME 4] fell"},
		{"pemberton fell", "[NAME 4] fell"},
		{"then edith came", "then [NAME 4] came"},
		{"Dr Okonkwo saw Rose", "Dr [NAME 1] saw [NAME 2]"},
	} {
		if got := again(t, c[0], rose, ward, bleep, edith); got != c[1] {
			t.Errorf("\n typed %s\n   got %s\n  want %s", c[0], got, c[1])
		}
	}
}

func TestAPersonKeepsTheirNumber(t *testing.T) {
	before := []redaction.Redacted{
		{Text: "Pemberton", Class: redaction.Name, Person: 2},
		{Text: "Okonkwo", Class: redaction.Name, Person: 1},
		{Class: redaction.Name, Person: 3},
	}
	got := again(t, "Mrs Pemberton and Mrs Quillfeather met Dr Okonkwo.", before...)
	if want := "Mrs [NAME 2] and Mrs [NAME 4] met Dr [NAME 1]."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A name of nobody's is hidden, and whose it is goes by everything else.
func TestANameWithoutANumberTellsNotWhoseItIs(t *testing.T) {
	edith := redaction.Redacted{Text: "Edith Rose", Class: redaction.Name, Person: 2}
	for _, other := range []string{"Rose", "Reed"} {
		got := again(t, "Mrs Rose came with reed and Rose.", edith, redaction.Redacted{Text: other, Class: redaction.Name}, redaction.Redacted{Class: redaction.Name, Person: 3})
		if want := "Mrs [NAME 2] came with reed and [NAME 2]."; got != want {
			t.Errorf("beside %s it is %q", other, got)
		}
	}
	known := redaction.Context{Known: []redaction.Known{{Given: "Kwame", Family: "Asante"}}, Redacted: []redaction.Redacted{{Text: "thistlewhite", Class: redaction.Name}}}
	if got := engine.Redact([]redaction.Field{{Text: "Then thistlewhite saw asante."}}, known)[0].Text; got != "Then [NAME 1] saw [NAME 2]." {
		t.Errorf("it is %q", got)
	}
}

func TestAKnownPersonIsTheOneWhoWasHidden(t *testing.T) {
	result := engine.Redact([]redaction.Field{{Text: "Asante came, then Kwame Asante went."}}, redaction.Context{
		Known:    []redaction.Known{{Given: "Kwame", Family: "Asante"}},
		Redacted: []redaction.Redacted{{Text: "Asante", Class: redaction.Name, Person: 5}},
	})[0]
	if want := "[NAME 5] came, then [NAME 5] went."; result.Text != want {
		t.Errorf("got %s, want %s", result.Text, want)
	}
}

// What is written around a span that was hidden never shows it, be it that its
// word is no longer one.
func TestAFixedSpanIsHiddenWhateverStandsAroundIt(t *testing.T) {
	for _, name := range []string{"Pemberton", "Rose", "Ngọc", "07700 900123"} {
		for _, around := range [][2]string{
			{"", ""}, {"x", "y"}, {"X", "Y"}, {"the ", " disease"}, {"5 ", " mg"}, {"(", ")"}, {"a@", ".example.org"}, {"\u200b", "\u0301"},
			{"[", "]"}, {"[NAME ", "]"}, {"1", "2"}, {"Flat 1, ", " Street, CB2 0QQ"}, {"-", "-"}, {"Mrs ", " Smith"},
		} {
			text := around[0] + name + around[1]
			fixed := redaction.Span{Start: len(around[0]), End: len(around[0]) + len(name), Class: redaction.Name, Person: 7}
			result := engine.Redact([]redaction.Field{{Text: text, Fixed: []redaction.Span{fixed}}}, redaction.Context{})[0]
			if result.Err != nil || strings.Contains(result.Text, name) || !strings.Contains(result.Text, "[") {
				t.Errorf("%q becomes %q, %v", text, result.Text, result.Err)
			}
		}
	}
}

func TestFixedSpansKeepTheirPersons(t *testing.T) {
	text := "Then Rose met Pemberton."
	result := engine.Redact([]redaction.Field{{Text: text, Fixed: []redaction.Span{
		{Start: 5, End: 9, Class: redaction.Name, Person: 3}, {Start: 14, End: 23, Class: redaction.Name, Person: 1},
	}}}, redaction.Context{})[0]
	if want := "Then [NAME 3] met [NAME 1]."; result.Text != want {
		t.Errorf("got %s, want %s", result.Text, want)
	}
	if len(result.Spans) != 2 || result.Spans[0].Person != 3 || text[result.Spans[1].Start:result.Spans[1].End] != "Pemberton" {
		t.Errorf("got %+v", result.Spans)
	}
}

func TestASpanOutsideItsTextHidesTheText(t *testing.T) {
	for name, span := range map[string]redaction.Span{
		"before":           {Start: -1, End: 2},
		"beyond":           {Start: 1, End: 9},
		"backwards":        {Start: 3, End: 2},
		"empty":            {Start: 2, End: 2},
		"half a character": {Start: 0, End: 1},
	} {
		result := engine.Redact([]redaction.Field{{Text: "é was", Fixed: []redaction.Span{span}}}, redaction.Context{})[0]
		if result.Err == nil || result.Text != "" {
			t.Errorf("%s: %+v", name, result)
		}
	}
}

// The spans of one reading, fixed in the next, hide at least what they hid.
func TestFixingWhatWasFoundLosesNothing(t *testing.T) {
	parts := []string{"Dr Patel", "saw", "Mrs Edith Pemberton", plantedNHS, plantedEmail, "in bay 2.", "Her son, Liam,", "07700 900123", "CB2 0QQ", "dob 02/03/1940", "Parkinson's disease", "5 mg", "\n"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 12).Draw(t, "parts"), " ")
		once := engine.Redact([]redaction.Field{{Text: text}}, redaction.Context{})[0]
		twice := engine.Redact([]redaction.Field{{Text: text, Fixed: once.Spans}}, redaction.Context{})[0]
		if once.Text != twice.Text {
			t.Fatalf("%q becomes %q", once.Text, twice.Text)
		}
	})
}

func TestPlaceholdersAreFoundWhereTheyStand(t *testing.T) {
	text := "[NAME 1] and [NHS NUMBER], [NAME x], [name 1]"
	var found []string
	for _, at := range redaction.Placeholders(text) {
		found = append(found, text[at[0]:at[1]])
	}
	if got := strings.Join(found, "|"); got != "[NAME 1]|[NHS NUMBER]" {
		t.Errorf("found %s", got)
	}
}
