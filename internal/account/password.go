package account

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nbutton23/zxcvbn-go"

	"lfpse/internal/fault"
)

// What a password must be (NIST SP 800-63B, section 3.1.1; National Cyber
// Security Centre, "Password administration for system owners"): long, not one
// that attackers try first, and not made of what anybody knows of the person. No
// classes of character are ticked off, and no password grows old.
const (
	minPassword = 12
	maxPassword = 256
	// minDistinct refuses one key held down, and ever the same few.
	minDistinct = 5
	// minOwnPart is from what length on a part of the person's own name or
	// address counts.
	minOwnPart = 4
	// minStrength is the estimate below which a password is refused: of zxcvbn's
	// five, from 0, the fourth, "safely unguessable" where hashes are slow.
	minStrength = 3
	// estimated is how many bytes of a password are estimated: the estimate takes
	// time that grows with the square of the length, and more only makes it stronger.
	estimated = 64
)

// common are passwords that were found in breaches, one a line, in lower case.
//
//go:embed data/passwords.txt
var common string

// checkPassword notes what is wrong with a password that somebody chooses: the
// first thing, at path "password". own are the things that anybody knows of the person.
func checkPassword(problems *fault.Problems, password string, own ...string) {
	invalid := func(message string) { problems.Add(fault.Invalid, message, "password") }
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		problems.Addf(fault.Invalid, []string{"password"}, "A password has at least %d characters.", minPassword)
	case n > maxPassword:
		problems.Addf(fault.TooLong, []string{"password"}, "A password has no more than %d characters.", maxPassword)
	case distinct(password) < minDistinct:
		problems.Addf(fault.Invalid, []string{"password"}, "A password has at least %d different characters.", minDistinct)
	case isCommon(password):
		invalid("Many people have this password, or nearly this one, and attackers try it first. Choose another.")
	case mostlyOwn(password, own):
		invalid("Choose a password that is not made of your name or address.")
	case strength(password, own) < minStrength:
		invalid("This password is too easy to guess. Choose a longer one, such as several words that have nothing to do with each other.")
	}
}

func distinct(s string) int {
	seen := make(map[rune]bool)
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// isCommon tells whether a password, or what remains of it without the digits
// and signs around it, is one of those found in breaches.
func isCommon(password string) bool {
	lower := strings.ToLower(password)
	bare := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	return listed(lower) || listed(bare)
}

func listed(password string) bool {
	return strings.HasPrefix(common, password+"\n") || strings.Contains(common, "\n"+password+"\n")
}

// strength estimates how hard a password is to guess, from 0 to 4, by somebody
// who knows the person and the service.
func strength(password string, own []string) int {
	known := []string{"lfpse", "nhs", "patient", "safety", "events"}
	for _, text := range own {
		known = append(known, parts(text)...)
	}
	if len(password) > estimated {
		password = password[:estimated]
	}
	return zxcvbn.PasswordStrength(password, known).Score
}

// mostlyOwn tells whether fewer than eight characters are left of a password
// without what anybody knows of the person.
func mostlyOwn(password string, own []string) bool {
	rest := strings.ToLower(password)
	for _, text := range own {
		for _, part := range parts(text) {
			if len(part) >= minOwnPart {
				rest = strings.ReplaceAll(rest, part, "")
			}
		}
	}
	return utf8.RuneCountInString(rest) < 8
}

// parts are the words of a name or an address, in lower case.
func parts(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune("@.-_+ '", r) })
}
