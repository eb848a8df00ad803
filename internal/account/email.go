package account

import (
	"net/mail"
	"strings"
	"unicode"
)

// maxEmail is the longest address that mail can be delivered to (RFC 5321
// §4.5.3.1.3, less the angle brackets).
const maxEmail = 254

// ParseEmail answers an address in the one form in which it is kept and looked
// up: lower case, since nobody is two people by capital letters. ok is false
// for what is not a plain address of a domain with a dot, all in ASCII: beyond it,
// letters of one address fold into those of another, or look like them to whoever
// approves a registration.
func ParseEmail(s string) (email string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > maxEmail || strings.ContainsFunc(s, notPrintableASCII) {
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

func notPrintableASCII(r rune) bool { return r > unicode.MaxASCII || unicode.IsControl(r) }

// mailbox is the address without what may stand behind a plus sign, which at many
// providers leads to the same mailbox (RFC 5233, subaddressing). It is a guess that is
// never mailed to: elsewhere the two are different people's.
func mailbox(email string) (address string, tagged bool) {
	local, domain, _ := strings.Cut(email, "@")
	name, _, tagged := strings.Cut(local, "+")
	return name + "@" + domain, tagged
}
