package sample

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A narrator tells what happened in one event. Slots in braces are filled with invented people,
// numbers and places, the same in all of the event's texts: the patient keeps their name.
type narrator struct {
	r      *rand.Rand
	filled map[string]string
	voice  voice
}

// voice is how somebody types.
type voice int

const (
	plainly voice = iota
	hurriedly
	loudly
)

func newNarrator(r *rand.Rand) narrator {
	return narrator{r: r, filled: make(map[string]string, 12), voice: voices.draw(r)}
}

var voices = shares(weighted[voice]{{plainly, 88}, {hurriedly, 10}, {loudly, 2}})

// tell fills the slots of a text.
func (n narrator) tell(text string) *string {
	var b strings.Builder
	b.Grow(2 * len(text))
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			break
		}
		slot, after, _ := strings.Cut(rest, "}")
		b.WriteString(n.fill(slot))
		text = after
	}
	told := n.voice.types(b.String())
	return &told
}

// compose tells one of each list of sentences, in order.
func (n narrator) compose(parts [][]string) *string {
	chosen := make([]string, len(parts))
	for i, sentences := range parts {
		chosen[i] = pick(n.r, sentences)
	}
	return n.tell(strings.Join(chosen, " "))
}

func (v voice) types(text string) string {
	switch v {
	case hurriedly:
		return strings.ToLower(text)
	case loudly:
		return strings.ToUpper(text)
	}
	return text
}

func (n narrator) fill(slot string) string {
	if value, ok := n.filled[slot]; ok {
		return value
	}
	value := n.invent(slot)
	n.filled[slot] = value
	return value
}

// invent makes what a slot stands for.
func (n narrator) invent(slot string) string {
	r := n.r
	switch slot {
	case "title":
		return pick(r, []string{"Mr", "Mrs", "Miss", "Ms"})
	case "given", "nurse given", "relative given":
		return pick(r, givenNames)
	case "family", "nurse family":
		return pick(r, familyNames)
	case "patient":
		return n.fill("given") + " " + n.fill("family")
	case "initials":
		return n.fill("given")[:1] + n.fill("family")[:1]
	case "relative":
		return n.fill("relative given") + " " + n.fill("family")
	case "nurse":
		return n.fill("nurse given") + " " + n.fill("nurse family")
	case "doctor":
		return "Dr " + pick(r, familyNames)
	case "consultant":
		return pick(r, []string{"Mr ", "Miss ", "Dr ", "Prof "}) + pick(r, familyNames)
	case "sister":
		return "Sister " + pick(r, familyNames)
	case "nhs":
		return nhsNumber(r)
	case "phone":
		return phone(r)
	case "email":
		return plainLetters(n.fill("given")) + "." + plainLetters(n.fill("family")) + "@mail.example"
	case "dob":
		return pick(r, []string{
			fmt.Sprintf("%02d/%02d/%d", 1+r.IntN(28), 1+r.IntN(12), 1930+r.IntN(75)),
			fmt.Sprintf("%d.%d.%02d", 1+r.IntN(28), 1+r.IntN(12), 30+r.IntN(70)),
		})
	case "postcode":
		return fmt.Sprintf("%s%d %d%s", pick(r, []string{"CB", "LS", "PE", "NR", "M", "BS", "EX"}), 1+r.IntN(20), 1+r.IntN(9), pick(r, []string{"AB", "QD", "LN", "TS", "XX"}))
	case "road":
		return strconv.Itoa(1+r.IntN(180)) + " " + pick(r, roads)
	case "time":
		return fmt.Sprintf("%02d%s%02d", r.IntN(24), pick(r, []string{":", ":", ".", ""}), r.IntN(60))
	}
	return n.count(slot)
}

// count makes the numbers that a slot stands for.
func (n narrator) count(slot string) string {
	r := n.r
	switch slot {
	case "bed":
		return strconv.Itoa(1 + r.IntN(30))
	case "few":
		return strconv.Itoa(2 + r.IntN(7))
	case "many":
		return strconv.Itoa(12 + r.IntN(60))
	case "ext":
		return strconv.Itoa(2000 + r.IntN(7000))
	case "serial":
		return fmt.Sprintf("AP%06d", r.IntN(1_000_000))
	case "hospital number":
		return fmt.Sprintf("%c%07d", 'A'+rune(r.IntN(26)), r.IntN(10_000_000))
	case "ward":
		return pick(r, wards)
	case "drug":
		return pick(r, drugs)
	case "dose":
		return pick(r, []string{"2.5 mg", "5 mg", "10 mg", "20 mg", "40 mg", "75 mg", "1 g", "500 mg"})
	}
	panic("sample: a narrative has a slot {" + slot + "} that nothing fills")
}

// nhsNumber makes a number of the range kept for tests, with its check digit.
func nhsNumber(r *rand.Rand) string {
	for {
		digits := fmt.Sprintf("999%06d", r.IntN(1_000_000))
		sum := 0
		for i, d := range digits {
			sum += int(d-'0') * (10 - i)
		}
		check := (11 - sum%11) % 11
		if check == 10 {
			continue
		}
		number := fmt.Sprintf("%s%d", digits, check)
		return pick(r, []string{number, number[:3] + " " + number[3:6] + " " + number[6:], number[:3] + "-" + number[3:6] + "-" + number[6:]})
	}
}

// phone makes a number of the ranges that the regulator keeps for drama.
func phone(r *rand.Rand) string {
	n := r.IntN(1000)
	return pick(r, []string{fmt.Sprintf("07700 900%03d", n), fmt.Sprintf("020 7946 0%03d", n), fmt.Sprintf("0113 496 0%03d", n)})
}
