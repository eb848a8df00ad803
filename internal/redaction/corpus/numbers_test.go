package corpus

import (
	"regexp"
	"strings"
	"testing"
)

// digits reads the digits of a number however it is written: full-width, or with
// the letters that a scanner takes for digits.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r >= '0' && r <= '9':
			return r
		case r == 'O' || r == 'o':
			return '0'
		case r == 'l' || r == 'I':
			return '1'
		case r == 'S':
			return '5'
		}
		return -1
	}, text)
}

// validCheckDigit follows the NHS data dictionary: weights of ten to two, modulo
// eleven.
func validCheckDigit(number string) bool {
	if len(number) != 10 {
		return false
	}
	sum := 0
	for i, digit := range number[:9] {
		sum += (10 - i) * int(digit-'0')
	}
	return (11-sum%11)%11 == int(number[9]-'0')
}

func TestCheckDigits(t *testing.T) {
	for number, want := range map[string]bool{
		"9434765919": true, "9434765918": false, "943476591": false, "4010232137": true,
	} {
		if validCheckDigit(number) != want {
			t.Errorf("%s: got %t", number, !want)
		}
	}
}

// Telephone numbers are from the ranges that Ofcom keeps for drama.
var drama = regexp.MustCompile(`^(44|0044)?0?(7700900\d{3}|1632960\d{3}|1(13|14|15|16|17|18|21|31|41|51|61)4960\d{3}|1914980\d{3}|2079460\d{3}|2896496\d{3}|2920180\d{3}|8081570\d{3}|3069990\d{3})$`)

var shapes = map[string]*regexp.Regexp{
	"NINO":        regexp.MustCompile(`(?i)^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]$`),
	"NMC":         regexp.MustCompile(`(?i)^\d\d[A-L]\d{4}[EWSNO]$`),
	"GMC":         regexp.MustCompile(`^\d{7}$`),
	"GPHC":        regexp.MustCompile(`^(2\d{6}|5\d{6})$`),
	"HCPC":        regexp.MustCompile(`(?i)^[A-Z]{2} ?\d{5,6}$`),
	"POSTCODE":    regexp.MustCompile(`(?i)^[A-Z]{1,2}\d[A-Z\d]? *\d[ABD-HJLNP-UW-Z]{2}$`),
	"VEHICLE_REG": regexp.MustCompile(`(?i)^([A-Z]{2}\d\d ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]|[A-Z]{3} ?\d{4})$`),
	"IP":          regexp.MustCompile(`^\d{1,3}(\.\d{1,3}){3}$`),
}

func TestNumbersAreWhatTheyShouldBe(t *testing.T) {
	for _, name := range corpora {
		for _, n := range read(t, name) {
			for _, identifier := range n.Identifiers {
				if why := wrongNumber(identifier); why != "" {
					t.Errorf("%s: %s %q: %s", n.ID, identifier.Type, identifier.Text, why)
				}
			}
			for _, distractor := range n.Distractors {
				if validCheckDigit(digits(distractor.Text)) {
					t.Errorf("%s: %q, which must stay, could be an NHS number", n.ID, distractor.Text)
				}
			}
		}
	}
}

func wrongNumber(identifier Identifier) string {
	text := identifier.Text
	if identifier.Sub == "words" {
		return "" // digits spelt out
	}
	switch identifier.Type {
	case "NHS_NUMBER":
		if wantValid := identifier.Sub != "invalid"; validCheckDigit(digits(text)) != wantValid {
			return "its check digit is not what its sub says"
		}
	case "CHI_NUMBER", "HC_NUMBER":
		if !validCheckDigit(digits(text)) {
			return "wrong check digit"
		}
	case "PHONE":
		if !drama.MatchString(digits(text)) {
			return "in no range for drama"
		}
	default:
		if shape := shapes[identifier.Type]; shape != nil && !shape.MatchString(text) {
			return "not of its shape"
		}
	}
	return ""
}
