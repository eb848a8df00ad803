// Package name turns GraphQL names into Go ones.
package name

import (
	"go/token"
	"strings"
	"unicode"
)

// initialism reports whether an upper-case word is written in capitals throughout
// in Go names. The set is the one gqlgen's users know from its generated code.
func initialism(word string) bool {
	switch word {
	case "ACL", "API", "ASCII", "AWS", "CPU", "CSS", "CSV", "DNS", "EOF", "GCP", "GUID", "HTML", "HTTP",
		"HTTPS", "ICMP", "ID", "IP", "JSON", "KVK", "LHS", "PDF", "PGP", "QPS", "QR", "RAM", "RHS", "RPC",
		"SLA", "SMTP", "SQL", "SSH", "SVG", "TCP", "TLS", "TTL", "UDP", "UI", "UID", "URI", "URL", "UTF8",
		"UUID", "VM", "XML", "XMPP", "XSRF", "XSS":
		return true
	}
	return false
}

// Go is the exported Go name of a GraphQL name: odsCode becomes OdsCode, accountId
// AccountID and MHRA_YELLOW_CARD MhraYellowCard.
func Go(graphql string) string {
	var out strings.Builder
	for _, word := range words(graphql) {
		out.WriteString(capital(word))
	}
	if out.Len() == 0 {
		return "_"
	}
	return out.String()
}

// Private is the unexported Go name of a GraphQL name, with Arg appended to what Go
// reserves.
func Private(graphql string) string {
	var out strings.Builder
	for i, word := range words(graphql) {
		if i > 0 {
			out.WriteString(capital(word))
			continue
		}
		if initialism(strings.ToUpper(word)) || oneCase(word) {
			out.WriteString(strings.ToLower(word))
			continue
		}
		out.WriteString(Lower(word))
	}
	name := out.String()
	if token.IsKeyword(name) || name == "ctx" || name == "obj" || name == "objs" {
		return name + "Arg"
	}
	if name == "" {
		return "_"
	}
	return name
}

// Lower makes the first letter small.
func Lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func capital(word string) string {
	upper := strings.ToUpper(word)
	if initialism(upper) {
		return upper
	}
	if oneCase(word) {
		word = strings.ToLower(word)
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

func oneCase(word string) bool {
	return word == strings.ToUpper(word) || word == strings.ToLower(word)
}

// words splits at underscores, hyphens, spaces and dots, and where a small letter is
// followed by anything that is not one.
func words(s string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = nil
		}
	}
	for _, r := range s {
		if r == '_' || r == '-' || r == ' ' || r == '.' {
			flush()
			continue
		}
		if len(word) > 0 && unicode.IsLower(word[len(word)-1]) && !unicode.IsLower(r) {
			flush()
		}
		word = append(word, r)
	}
	flush()
	return out
}
