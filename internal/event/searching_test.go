package event

import "testing"

func TestHighlightsAreMarkedAndEscaped(t *testing.T) {
	const m, n = MatchStart, MatchEnd
	for typed, want := range map[string]string{
		"a " + m + "fall" + n + " & <i>":                             "a <mark>fall</mark> &amp; &lt;i&gt;",
		"NAME 1], then " + m + "fell" + n + " on [NAME":              "then <mark>fell</mark> on",
		"[NAME 1] " + m + "fell" + n + " beside [NAME 2]":            "[NAME 1] <mark>fell</mark> beside [NAME 2]",
		m + "fell" + n + FragmentBreak + "1] " + m + "fell" + n + "": "<mark>fell</mark> … <mark>fell</mark>",
		"": "",
	} {
		if got := markMatches(typed); got != want {
			t.Errorf("%q is shown as %q, want %q", typed, got, want)
		}
	}
}
