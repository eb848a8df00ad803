package name_test

import (
	"testing"

	"github.com/99designs/gqlgen/internal/name"
)

func TestNames(t *testing.T) {
	for _, c := range []struct{ graphql, public, private string }{
		{"id", "ID", "id"},
		{"ids", "Ids", "ids"},
		{"odsCode", "OdsCode", "odsCode"},
		{"accountId", "AccountID", "accountID"},
		{"idToken", "IDToken", "idToken"},
		{"url", "URL", "url"},
		{"type", "Type", "typeArg"},
		{"ctx", "Ctx", "ctxArg"},
		{"NHS_111", "Nhs111", "nhs111"},
		{"MHRA_YELLOW_CARD", "MhraYellowCard", "mhraYellowCard"},
		{"IT_SYSTEM", "ItSystem", "itSystem"},
		{"EventKind", "EventKind", "eventKind"},
		{"URL", "URL", "url"},
		{"NHSTrust", "NHSTrust", "nHSTrust"},
		{"_Any", "Any", "any"},
	} {
		if got := name.Go(c.graphql); got != c.public {
			t.Errorf("Go(%q) = %q, want %q", c.graphql, got, c.public)
		}
		if got := name.Private(c.graphql); got != c.private {
			t.Errorf("Private(%q) = %q, want %q", c.graphql, got, c.private)
		}
	}
}
