package corpus

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Parse reads narratives in the notation in which they are written by hand:
//
//	== T7 acute incident asis
//	> patient | Ada | Example | nhs_number 9990000018 | dob 1950-01-31
//	Dr {s.english:Example} rang {PHONE.mobile:07700 900000} about {-eponym sign:Babinski}
//	on {~DATE:3 May}.
//
// The first line has the identifier, setting, kind and style; lines that begin
// with > have what the record knows; all up to the next == is the text. In it,
//
//   - {p.irish:Name} is a person's name. The letter is the role (p patient, s
//     staff, r relative, b baby, o other), then comes the origin, then typo or ocr
//     if the name is damaged, or its form where it is not what it looks like;
//   - {CLASS:text} and {CLASS.sub:text} are other identifiers;
//   - {-why:text} must stay;
//   - {~TYPE:text} may go or stay. A title before a name and a possessive after it
//     may, without being marked;
//   - \u200b is that character.
func Parse(r io.Reader) ([]Narrative, error) {
	var narratives []Narrative
	var text []string
	finish := func() error {
		if len(narratives) == 0 {
			return nil
		}
		last := &narratives[len(narratives)-1]
		if err := mark(last, strings.TrimSpace(strings.Join(text, "\n"))); err != nil {
			return fmt.Errorf("%s: %w", last.ID, err)
		}
		text = nil
		return nil
	}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := lines.Text()
		head, isHead := strings.CutPrefix(line, "== ")
		known, isKnown := strings.CutPrefix(line, "> ")
		switch {
		case isHead:
			if err := finish(); err != nil {
				return nil, err
			}
			narrative, err := parseHead(head)
			if err != nil {
				return nil, err
			}
			narratives = append(narratives, narrative)
		case len(narratives) == 0:
			// what stands before the first narrative is about the file
		case isKnown && len(text) == 0:
			person, err := parseKnown(known)
			if err != nil {
				return nil, err
			}
			last := &narratives[len(narratives)-1]
			last.Known = append(last.Known, person)
		default:
			text = append(text, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	return narratives, finish()
}

func parseHead(head string) (Narrative, error) {
	fields := strings.Fields(head)
	if len(fields) != 4 {
		return Narrative{}, fmt.Errorf("%q: want identifier, setting, kind and style", head)
	}
	return Narrative{
		ID: fields[0], Template: fields[0], Setting: fields[1], Kind: fields[2], Style: fields[3],
		Identifiers: []Identifier{}, Distractors: []Distractor{}, Optional: []Optional{}, Known: []Known{},
	}, nil
}

func parseKnown(line string) (Known, error) {
	fields := strings.Split(line, " | ")
	if len(fields) < 3 {
		return Known{}, fmt.Errorf("%q: want role, given name and family name", line)
	}
	person := Known{Role: fields[0], Given: fields[1], Family: fields[2]}
	for _, field := range fields[3:] {
		name, value, _ := strings.Cut(field, " ")
		switch name {
		case "nhs_number":
			person.NHSNumber = value
		case "dob":
			person.Born = value
		case "email":
			person.Email = value
		case "phone":
			person.Phone = value
		default:
			return Known{}, fmt.Errorf("%q: no such field %q", line, name)
		}
	}
	return person, nil
}

// marking is a narrative of which the text so far has been written out.
type marking struct {
	*Narrative
	written []rune
}

func mark(n *Narrative, marked string) error {
	m := marking{Narrative: n}
	for marked != "" {
		before, rest, found := strings.Cut(marked, "{")
		if err := m.write(before); err != nil {
			return err
		}
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, "}")
		label, text, labelled := strings.Cut(inside, ":")
		if !closed || !labelled {
			return fmt.Errorf("an unfinished mark at %q", rest[:min(len(rest), 30)])
		}
		if err := m.mark(label, text, after); err != nil {
			return err
		}
		marked = after
	}
	m.Text = string(m.written)
	return nil
}

// write writes text out, with what \u stands for.
func (m *marking) write(text string) error {
	for {
		before, rest, found := strings.Cut(text, `\u`)
		m.written = append(m.written, []rune(before)...)
		if !found {
			return nil
		}
		if len(rest) < 4 {
			return fmt.Errorf(`\u%s: want four hexadecimal digits`, rest)
		}
		code, err := strconv.ParseUint(rest[:4], 16, 16)
		if err != nil {
			return err
		}
		m.written = append(m.written, rune(code))
		text = rest[4:]
	}
}

func (m *marking) mark(label, text, after string) error {
	title := m.titleBefore()
	start := len(m.written)
	if err := m.write(text); err != nil {
		return err
	}
	at := Interval{start, len(m.written)}
	text = string(m.written[start:])
	if why, is := strings.CutPrefix(label, "-"); is {
		m.Distractors = append(m.Distractors, Distractor{at, text, why})
		return nil
	}
	if what, is := strings.CutPrefix(label, "~"); is {
		m.Optional = append(m.Optional, Optional{at, what, text})
		return nil
	}
	class, sub, _ := strings.Cut(label, ".")
	role, isName := roles[class]
	if !isName {
		m.Identifiers = append(m.Identifiers, Identifier{at, class, text, sub})
		return nil
	}
	sub = describe(role, sub, text, title.length() > 0)
	m.Identifiers = append(m.Identifiers, Identifier{at, "NAME", text, sub})
	if title.length() > 0 {
		m.Optional = append(m.Optional, Optional{title, "TITLE", string(m.written[title.Start:title.End])})
	}
	if possessive := possessiveIn(after); possessive > 0 {
		owned := string([]rune(after)[:possessive])
		m.Optional = append(m.Optional, Optional{Interval{at.End, at.End + possessive}, "POSSESSIVE", owned})
	}
	return nil
}
