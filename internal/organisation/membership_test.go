package organisation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Days by number: today is the 50th.
const today = Day(50)

// membershipsText writes what somebody has belonged to: "A ..20, B 21..".
func membershipsText(own []Relation) string {
	var all []string
	for _, r := range own {
		text := string(r.In) + " "
		if r.From != Always {
			text += fmt.Sprint(int(r.From))
		}
		text += ".."
		if r.Until != Forever {
			text += fmt.Sprint(int(r.Until))
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func on(d Day) *Day { return &d }

func TestWhatALineMakesOfMemberships(t *testing.T) {
	always := Relation{In: "A", From: Always, Until: Forever}
	upTo := func(r Relation, until Day) Relation { r.Until = until; return r }
	since := func(icb ODSCode, from Day) Relation { return Relation{In: icb, From: from, Until: Forever} }
	tests := []struct {
		name   string
		own    []Relation
		closed *Day
		line   line
		want   string
		column string // where it is refused
	}{
		{"a new one, for always", nil, nil, line{icb: "A"}, "A ..", ""},
		{"a new one, from a day", nil, nil, line{icb: "A", from: on(20)}, "A 20..", ""},
		{"a new one that has closed", nil, nil, line{icb: "A", from: on(20), until: on(30)}, "A 20..30", ""},
		{"a new one of no ICB", nil, nil, line{from: on(20), until: on(30)}, "", ""},
		{"nothing changes", []Relation{always}, nil, line{icb: "A"}, "A ..", ""},
		{"it has begun sooner than the line says", []Relation{always}, nil, line{icb: "A", from: on(20)}, "A ..", ""},
		{"it began sooner than was known", []Relation{since("A", 20)}, nil, line{icb: "A", from: on(10)}, "A 10..", ""},
		{"but not while it was elsewhere", []Relation{upTo(always, 15), since("B", 20)}, nil, line{icb: "B", from: on(15)}, "", columnFrom},
		{"only after it", []Relation{upTo(always, 15), since("B", 20)}, nil, line{icb: "B", from: on(16)}, "A ..15, B 16..", ""},
		{"another ICB", []Relation{always}, nil, line{icb: "B", from: on(20)}, "A ..19, B 20..", ""},
		{"another ICB to come", []Relation{always}, nil, line{icb: "B", from: on(60)}, "A ..59, B 60..", ""},
		{"another ICB, not said when", []Relation{always}, nil, line{icb: "B"}, "", columnFrom},
		{"another ICB since the day it began", []Relation{since("A", 20)}, nil, line{icb: "B", from: on(20)}, "", columnFrom},
		{"a day later", []Relation{since("A", 20)}, nil, line{icb: "B", from: on(21)}, "A 20..20, B 21..", ""},
		{"a plan stays while today's is said", []Relation{upTo(always, 59), since("B", 60)}, nil, line{icb: "A"}, "A ..59, B 60..", ""},
		{"a plan is said again", []Relation{upTo(always, 59), since("B", 60)}, nil, line{icb: "B", from: on(60)}, "A ..59, B 60..", ""},
		{"a plan is given up", []Relation{upTo(always, 59), since("B", 60)}, nil, line{icb: "C", from: on(60)}, "A ..59, C 60..", ""},
		{"a plan gives way to what comes sooner", []Relation{upTo(always, 59), since("B", 60)}, nil, line{icb: "C", from: on(40)}, "A ..39, C 40..", ""},
		{"no ICB any more", []Relation{always}, nil, line{from: on(20)}, "A ..19", ""},
		{"no ICB, not said since when", []Relation{always}, nil, line{}, "", columnICB},
		{"it has had none for long", []Relation{upTo(always, 19)}, nil, line{}, "A ..19", ""},
		{"one again", []Relation{upTo(always, 19)}, nil, line{icb: "A", from: on(30)}, "A ..19, A 30..", ""},
		{"one again, not said when", []Relation{upTo(always, 19)}, nil, line{icb: "A"}, "", columnFrom},
		{"it closes", []Relation{always}, nil, line{icb: "A", until: on(40)}, "A ..40", ""},
		{"it will close", []Relation{always}, nil, line{icb: "A", until: on(70)}, "A ..70", ""},
		{"it closes, and so does its plan", []Relation{upTo(always, 59), since("B", 60)}, nil, line{icb: "A", until: on(40)}, "A ..40", ""},
		{"it closed before it moved", []Relation{upTo(always, 19), since("B", 20)}, nil, line{icb: "A", until: on(15)}, "", columnUntil},
		{"it moves and closes", []Relation{always}, nil, line{icb: "B", from: on(20), until: on(40)}, "A ..19, B 20..40", ""},
		{"it closed later than was known", []Relation{upTo(always, 40)}, on(40), line{icb: "A", until: on(45)}, "A ..45", ""},
		{"it closed sooner", []Relation{upTo(always, 40)}, on(40), line{icb: "A", until: on(35)}, "A ..35", ""},
		{"it closed on that day", []Relation{upTo(always, 40)}, on(40), line{icb: "A", until: on(40)}, "A ..40", ""},
		{"it never closed", []Relation{upTo(always, 40)}, on(40), line{icb: "A"}, "A ..", ""},
		{"it opened again after a while", []Relation{upTo(always, 40)}, on(40), line{icb: "A", from: on(45)}, "A ..40, A 45..", ""},
		{"it opened again elsewhere", []Relation{upTo(always, 40)}, on(40), line{icb: "B", from: on(41)}, "A ..40, B 41..", ""},
		{"it left its ICB before it closed", []Relation{upTo(always, 30)}, on(40), line{icb: "B", from: on(45)}, "A ..30, B 45..", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			was := membershipsText(test.own)
			got, column, refusal := test.line.follow(test.own, test.closed, today)
			if column != test.column || (column != "") != (refusal != "") {
				t.Fatalf("refused in %q: %s; want %q", column, refusal, test.column)
			}
			if diff := cmp.Diff(test.want, membershipsText(got)); diff != "" {
				t.Error(diff)
			}
			if membershipsText(test.own) != was {
				t.Error("what was there has been changed itself")
			}
		})
	}
}

// anyHistory draws memberships that do not contradict each other, and the organisation's last day.
func anyHistory(t *rapid.T) (own []Relation, closed *Day) {
	next := Day(rapid.IntRange(0, 60).Draw(t, "first"))
	for i := range rapid.IntRange(0, 4).Draw(t, "memberships") {
		r := Relation{Of: "X", In: rapid.SampledFrom([]ODSCode{"A", "B", "C"}).Draw(t, "icb"), From: next, Until: Forever}
		if i == 0 && rapid.Bool().Draw(t, "always") {
			r.From = Always
		}
		r.Until = next + Day(rapid.IntRange(0, 25).Draw(t, "length"))
		next = r.Until + Day(rapid.IntRange(1, 5).Draw(t, "gap"))
		own = append(own, r)
	}
	if len(own) == 0 {
		return own, anyDay(t, "closed", 0)
	}
	last := &own[len(own)-1]
	switch rapid.IntRange(0, 2).Draw(t, "end") {
	case 0:
		last.Until = Forever
	case 1:
		closed = on(last.Until)
	}
	return own, closed
}

func anyDay(t *rapid.T, label string, least Day) *Day {
	if rapid.Bool().Draw(t, label+" is said") {
		return on(Day(rapid.IntRange(int(least), 100).Draw(t, label)))
	}
	return nil
}

func TestALineIsFollowedOnceAndHistoryStays(t *testing.T) {
	followed := 0
	rapid.Check(t, func(t *rapid.T) {
		own, closed := anyHistory(t)
		l := line{code: "X", icb: rapid.SampledFrom([]ODSCode{"", "A", "B", "C"}).Draw(t, "line's icb"), from: anyDay(t, "from", 0)}
		least := Day(0)
		if l.from != nil {
			least = *l.from
		}
		l.until = anyDay(t, "until", least)
		got, _, refusal := l.follow(own, closed, today)
		if refusal != "" {
			return
		}
		followed++
		was, err := newRelations(own, "organisation")
		if err != nil {
			t.Fatal(err)
		}
		is, err := newRelations(got, "organisation")
		if err != nil {
			t.Fatal(err)
		}
		if day := l.claimed(today); is.on("X", day) != l.icb {
			t.Errorf("on the day that the line speaks of it belongs to %q, not %q", is.on("X", day), l.icb)
		}
		for d := Day(-1); d <= today; d++ {
			// Before the line's days nothing changes; in them, only to the line's ICB.
			before := l.from != nil && d < *l.from && (closed == nil || d <= *closed)
			now := is.on("X", d)
			if was.on("X", d) != now && (before || now != l.icb && now != "" && closed == nil) {
				t.Errorf("on day %d it belonged to %q, and now to %q", d, was.on("X", d), now)
			}
		}
		again, _, refusal := l.follow(got, l.until, today)
		if refusal != "" || !slices.Equal(again, got) {
			t.Errorf("the second time: %s, refused: %q; the first: %s", membershipsText(again), refusal, membershipsText(got))
		}
		written, dropped := difference(own, got)
		if text := membershipsText(stored(own, written, dropped)); text != membershipsText(got) {
			t.Errorf("what is written makes %s of it, not %s", text, membershipsText(got))
		}
	})
	if followed == 0 {
		t.Fatal("no line was ever followed")
	}
}

// stored does what the database does with a difference.
func stored(own, written, dropped []Relation) []Relation {
	is := slices.Clone(own)
	for _, r := range dropped {
		is = slices.DeleteFunc(is, func(other Relation) bool { return other.From == r.From })
	}
	for _, r := range written {
		is = slices.DeleteFunc(is, func(other Relation) bool { return other.From == r.From })
		is = append(is, r)
	}
	slices.SortFunc(is, byFirstDay)
	return is
}
