package account

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxEmail is the longest address that mail can be delivered to (RFC 5321
// §4.5.3.1.3, less the angle brackets).
const maxEmail = 254

// ParseEmail answers an address in the one form in which it is kept and looked
// up: lower case, since nobody is two people by capital letters. ok is false
// for what is not a plain address of a domain with a dot.
func ParseEmail(s string) (email string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > maxEmail || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return "", false
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || strings.ContainsAny(s, "\"<>() ") {
		return "", false
	}
	_, domain, _ := strings.Cut(s, "@")
	if !strings.Contains(strings.Trim(domain, "."), ".") || strings.HasPrefix(domain, "[") {
		return "", false
	}
	return strings.ToLower(s), true
}
