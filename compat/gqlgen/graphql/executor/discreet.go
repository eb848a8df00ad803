package executor

import (
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Messages of the parser and the validator quote what they object to. Names are
// code and help whoever wrote them; values may be somebody's data and go no
// further.

// loudName is the name of the rule that a rule without suggestions replaces.
func loudName(quiet string) string { return strings.TrimSuffix(quiet, "WithoutSuggestions") }

// beforeQuote is a message up to what it quotes.
func beforeQuote(message string) string {
	head, _, _ := strings.Cut(message, `"`)
	if head = strings.TrimRight(head, " :,."); head == "" {
		return "the document cannot be parsed"
	}
	return head
}

// withoutValue is a validation error's message without the value it may quote.
func withoutValue(err *gqlerror.Error) string {
	if loudName(err.Rule) != "ValuesOfCorrectType" {
		return err.Message
	}
	message := err.Message
	switch {
	case strings.HasPrefix(message, `Field "`) && !strings.Contains(message, "found"):
		return message // speaks of the schema's fields only
	case strings.HasPrefix(message, "OneOf Input Object "):
		return message // speaks of the schema's type only
	case strings.HasPrefix(message, "Expected value of type"):
		head, _, _ := strings.Cut(message, ", found ")
		return head
	case strings.Contains(message, " cannot represent "):
		head, _, ok := strings.Cut(message, " value: ")
		if ok {
			return head + " value"
		}
	case strings.HasPrefix(message, `Value "`):
		if at := strings.LastIndex(message, `" does not exist in "`); at > 0 {
			enum, _, _ := strings.Cut(message[at+len(`" does not exist in "`):], `"`)
			return `the value does not exist in enum "` + enum + `"`
		}
	}
	return "a value is not of the type that is expected in its place"
}
