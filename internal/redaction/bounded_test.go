package redaction

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// invented is a word of four syllables that no other number gives.
func invented(n int) string {
	var b strings.Builder
	for range 4 {
		b.WriteByte("bcdfghjklmnprstvwz"[n%18])
		n /= 18
		b.WriteByte("aeiou"[n%5])
		n /= 5
	}
	return b.String()
}

// work redacts texts with n names, as a record that knows some, and answers how
// many words and people were compared or looked up.
func work(t *testing.T, lex *lexicon, n int, write func(i int) string, c Context) int {
	t.Helper()
	known := (&Redactor{lex: lex}).prepare(c)
	var fields []Field
	var text strings.Builder
	for i := range n {
		text.WriteString(write(i))
		if text.Len() > MaxText/2 || i == n-1 {
			fields = append(fields, Field{Text: text.String()})
			text.Reset()
		}
	}
	rec := &record{lex: lex, known: known}
	for _, result := range rec.redact(fields) {
		if result.Err != nil || len(result.Spans) == 0 {
			t.Fatalf("%d names: %v", n, result.Err)
		}
	}
	return rec.near.steps + rec.crowd.work() + known.near.steps + known.people.work()
}

// generous is how many times the work four times as much may take; what compared
// each with each would take sixteen times.
const generous = 8

// However many names a record holds, each costs the same.
func TestWorkGrowsWithTheNamesNotWithTheirSquare(t *testing.T) {
	lex := load()
	for name, write := range map[string]func(i int) string{
		"given names":         func(i int) string { return "Mr " + invented(i) + " met " },
		"strangers":           func(i int) string { return "Then Xa" + invented(i) + " said so. " },
		"one family":          func(i int) string { return "Mr " + invented(i) + " Thistlewhite met " },
		"two of few":          func(i int) string { return "Mr " + invented(i%70) + " " + invented(i/70) + "son met " },
		"slips of each other": func(i int) string { return fmt.Sprintf("Mr %c%s met ", 'a'+i%26, invented(i/26)) },
		"longer and longer":   func(i int) string { return "Mr " + invented(i) + strings.Repeat("-lo", i%40) + " met " },
	} {
		const n = 1000
		little, much := work(t, lex, n, write, Context{}), work(t, lex, 4*n, write, Context{})
		if much > generous*little {
			t.Errorf("%s: %d steps for %d, %d for %d", name, little, n, much, 4*n)
		}
	}
}

// Nor does what the record remembers.
func TestWorkGrowsWithWhatIsRememberedNotWithItsSquare(t *testing.T) {
	lex := load()
	remembered := func(n int) Context {
		var c Context
		for i := range n {
			c.Known = append(c.Known, Known{Given: invented(i), Family: "Thistlewhite"})
			c.Redacted = append(c.Redacted, Redacted{Text: invented(2*i) + " Thistlewhite", Class: Name, Person: i + 1})
		}
		return c
	}
	write := func(i int) string { return "Mr " + invented(i) + " met Ms " + invented(i+7) + " Thistlewhite. " }
	const n = 500
	little, much := work(t, lex, n, write, remembered(n)), work(t, lex, 4*n, write, remembered(4*n))
	if much > generous*little {
		t.Errorf("%d steps for %d, %d for %d", little, n, much, 4*n)
	}
}

// The index finds what comparing with every word finds.
func TestSlipsAreFoundAsByComparing(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("abé")), 4, 9, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(letters, fewWords+1, 40, rapid.ID).Draw(t, "words")
		var n near
		for _, w := range words {
			n.add(w)
		}
		sought := letters.Draw(t, "sought")
		want := map[string]bool{}
		for _, w := range words {
			if len(w) >= nearest && len(sought) >= nearest-1 && oneSlip(w, sought) {
				want[w] = true
			}
		}
		got := map[string]bool{}
		n.each(sought, func(w string) bool {
			got[w] = true
			return true
		})
		if !maps.Equal(got, want) || n.match(sought) != (len(want) > 0) {
			t.Fatalf("%s among %v: found %v, want %v", sought, words, got, want)
		}
	})
}

// The one bearer of some words is found as by asking everybody.
func TestTheBearerIsFoundAsByAskingEverybody(t *testing.T) {
	names := rapid.SampledFrom([]string{"edith", "rose", "pemberton", "pembreton", "pembertom", "okonkwo", "okonkwoo", "e", "p", "reed"})
	someWords := rapid.SliceOfN(names, 1, 3)
	rapid.Check(t, func(t *rapid.T) {
		var c crowd
		for _, words := range rapid.SliceOfN(someWords, 0, 2*fewPeople).Draw(t, "people") {
			c.add(words, 0)
		}
		words := someWords.Draw(t, "words")
		var all []int
		for who := range c.people {
			own := c.people[who].words.list
			if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(own, w) && !slipIn(own, w) }) {
				all = append(all, who)
			}
		}
		want := -1
		if len(all) == 1 {
			want = all[0]
		}
		if got := c.bearer(words, func(int) bool { return true }); got != want {
			t.Fatalf("%v: %d, want %d", words, got, want)
		}
	})
}

// Somebody of many names is found by a slip in any of them.
func TestSlipsInManyNamesOfOnePersonAreFound(t *testing.T) {
	var c crowd
	who := c.add(nil, 0)
	for i := range 3 * fewWords {
		c.learn(who, []string{invented(i)})
		for j := range i + 1 {
			w := invented(j)
			if !c.people[who].holds([]string{w[1:]}) || c.people[who].holds([]string{w + "xx"}) {
				t.Fatalf("with %d names, %s is not told from others", i+1, w)
			}
		}
	}
}

// Of a throng that bears the same names not everybody is asked.
func TestAThrongIsNotAskedOneByOne(t *testing.T) {
	var c crowd
	words := []string{"thistlewhite", "okonkwo"}
	for range 100 * throng {
		c.add(words, 0)
	}
	asked := 0
	who := c.bearer(words, func(int) bool {
		asked++
		return false // not this one, so that the next is asked as well
	})
	if who >= 0 || asked > throng {
		t.Errorf("%d after %d of %d were asked", who, asked, len(c.people))
	}
}

func slipIn(own []string, w string) bool {
	for _, one := range own {
		if len(one) >= nearest && len(w) >= nearest-1 && oneSlip(one, w) {
			return true
		}
	}
	return false
}

// What was hidden is found again however long it was.
func TestALongHiddenTextIsFoundAgain(t *testing.T) {
	long := strings.Repeat("one two three ", longestPhrase)
	r := New()
	result := r.Redact([]Field{{Text: "Then " + long + "came."}}, Context{Redacted: []Redacted{{Text: long, Class: Address}}})[0]
	if result.Err != nil || result.Text != "Then [ADDRESS] came." {
		t.Errorf("got %q, %v", result.Text, result.Err)
	}
}
