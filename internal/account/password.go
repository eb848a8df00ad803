package account

import (
	"strings"
	"unicode/utf8"

	"lfpse/internal/fault"
)

// Length is what makes a password strong: twelve characters, no classes of
// character to be ticked off (National Cyber Security Centre, "Password
// administration for system owners").
const (
	minPassword = 12
	maxPassword = 256
	// minDistinct refuses one key held down, and ever the same few.
	minDistinct = 5
	// minOwnPart is from what length on a part of the person's own name or
	// address counts.
	minOwnPart = 4
)

// checkPassword notes what is wrong with a password that somebody chooses. own
// are the things that anybody knows of the person.
func checkPassword(problems *fault.Problems, password string, own ...string) {
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		problems.Addf(fault.Invalid, []string{"password"}, "A password has at least %d characters.", minPassword)
	case n > maxPassword:
		problems.Addf(fault.TooLong, []string{"password"}, "A password has no more than %d characters.", maxPassword)
	case distinct(password) < minDistinct:
		problems.Addf(fault.Invalid, []string{"password"}, "A password has at least %d different characters.", minDistinct)
	case mostlyOwn(password, own):
		problems.Add(fault.Invalid, "Choose a password that is not made of your name or address.", "password")
	}
}

func distinct(s string) int {
	seen := make(map[rune]bool)
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// mostlyOwn tells whether fewer than eight characters are left of a password
// without what anybody knows of the person.
func mostlyOwn(password string, own []string) bool {
	rest := strings.ToLower(password)
	for _, text := range own {
		for _, part := range strings.FieldsFunc(strings.ToLower(text), separates) {
			if len(part) >= minOwnPart {
				rest = strings.ReplaceAll(rest, part, "")
			}
		}
	}
	return utf8.RuneCountInString(rest) < 8
}

func separates(r rune) bool { return strings.ContainsRune("@.-_+ '", r) }
