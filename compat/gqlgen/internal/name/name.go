// Package name turns GraphQL names into Go ones.
package name

import (
	"go/token"
	"regexp"
	"strings"
)

// word matches what a name is made of: a word ends at an underscore, and where a small
// letter is followed by anything that is not one.
var word = regexp.MustCompile(`[^a-z_]*[a-z]+|[^a-z_]+`)

// initialism matches upper-case words that are written in capitals throughout in Go
// names. The set is the one gqlgen's users know from its generated code.
var initialism = regexp.MustCompile(`^(ACL|API|ASCII|AWS|CPU|CSS|CSV|DNS|EOF|GCP|GUID|HTML|HTTP|HTTPS|ICMP|ID|IP|JSON|KVK|LHS|PDF|PGP|QPS|` +
	`QR|RAM|RHS|RPC|SLA|SMTP|SQL|SSH|SVG|TCP|TLS|TTL|UDP|UI|UID|URI|URL|UTF8|UUID|VM|XML|XMPP|XSRF|XSS)$`)

// Go is the exported Go name of a GraphQL name: odsCode becomes OdsCode, accountId
// AccountID and MHRA_YELLOW_CARD MhraYellowCard.
func Go(graphql string) string {
	words := word.FindAllString(graphql, -1)
	for i, w := range words {
		words[i] = capital(w)
	}
	return strings.Join(words, "")
}

// Private is the unexported Go name of a GraphQL name, with Arg appended to what Go or
// a resolver reserves.
func Private(graphql string) string {
	first := word.FindString(graphql)
	small := Lower(first)
	if upper := strings.ToUpper(first); initialism.MatchString(upper) || first == upper {
		small = strings.ToLower(first)
	}
	name := small + Go(graphql)[len(first):]
	if token.IsKeyword(name) || name == "ctx" || name == "obj" || name == "objs" {
		return name + "Arg"
	}
	return name
}

// Lower makes the first letter small.
func Lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func capital(w string) string {
	upper := strings.ToUpper(w)
	if initialism.MatchString(upper) {
		return upper
	}
	if w == upper {
		w = strings.ToLower(w)
	}
	return strings.ToUpper(w[:1]) + w[1:]
}
