package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// narrator fills the slots of one incident's texts; the same person keeps the
// same name in all of them.
type narrator struct{ replacer *strings.Replacer }

func newNarrator(r *rand.Rand) narrator {
	given, family := pick(r, givenNames), pick(r, familyNames)
	staffGiven, staffFamily := pick(r, givenNames), pick(r, familyNames)
	patient := given + " " + family
	return narrator{strings.NewReplacer(
		"{title}", pick(r, []string{"Mr", "Mrs", "Miss", "Ms"}),
		"{patient}", patient, "{lower}", strings.ToLower(patient), "{upper}", strings.ToUpper(patient),
		"{given}", staffGiven, "{family}", staffFamily,
		"{lowerfamily}", strings.ToLower(staffFamily), "{upperfamily}", "DR "+strings.ToUpper(staffFamily),
		"{doctor}", "Dr "+pick(r, familyNames), "{sister}", "Sister "+pick(r, familyNames),
		"{relative}", pick(r, givenNames)+" "+family,
		"{nhs}", nhsNumber(r), "{phone}", phone(r), "{email}", plainLetters(given)+"."+plainLetters(family)+"@mail.example",
		"{dob}", fmt.Sprintf("%02d/%02d/%d", 1+r.IntN(28), 1+r.IntN(12), 1930+r.IntN(75)),
		"{postcode}", fmt.Sprintf("%s%d %d%s", pick(r, []string{"CB", "LS", "PE", "NR", "M"}), 1+r.IntN(20), 1+r.IntN(9), pick(r, []string{"AB", "QD", "LN", "TS", "XX"})),
		"{time}", fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60)),
		"{bed}", fmt.Sprint(1+r.IntN(30)), "{ext}", fmt.Sprint(2000+r.IntN(7000)), "{serial}", fmt.Sprintf("AP%06d", r.IntN(1_000_000)),
	)}
}

func (n narrator) tell(text string) *string {
	told := n.replacer.Replace(text)
	return &told
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
