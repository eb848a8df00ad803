package corpus

import (
	"slices"
	"strings"
)

// The headings under which distractors are counted, in the order in which they
// are tried: by a word that the reason begins with, that it is, or that it holds.
var reasons = []struct {
	heading               string
	begins, equals, holds []string
}{
	{heading: "eponym", holds: []string{"eponym"}},
	{heading: "drug/dressing", begins: []string{
		"drug", "dose", "vaccine", "fluid", "regimen", "herbal", "treatment", "dressing",
	}},
	{heading: "ambiguous common word", equals: []string{
		"verb", "modal verb", "noun", "adjective", "adverb", "object", "season", "month", "day",
		"symptom", "plant", "direction", "common noun",
	}},
	{heading: "ward/place", holds: []string{"ward", "unit", "place", "road"}},
	{heading: "look-alike number", holds: []string{
		"number", "serial", "batch", "10-digit", "code", "range", " id",
	}},
	{heading: "age under 90", equals: []string{"age under 90"}},
	{heading: "time/duration", equals: []string{"year", "expiry"}, holds: []string{"time", "duration"}},
	{heading: "device/system name", holds: []string{"device", "software", "system"}},
}

func reason(why string) string {
	why = strings.ToLower(why)
	begins := func(with string) bool { return strings.HasPrefix(why, with) }
	holds := func(part string) bool { return strings.Contains(why, part) }
	for _, r := range reasons {
		if slices.ContainsFunc(r.begins, begins) || slices.Contains(r.equals, why) || slices.ContainsFunc(r.holds, holds) {
			return r.heading
		}
	}
	return "clinical value/other"
}
