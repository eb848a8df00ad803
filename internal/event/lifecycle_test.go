package event

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestTheDrawingIsTheTable holds docs/lifecycle.md and the table equal.
func TestTheDrawingIsTheTable(t *testing.T) {
	drawing, err := os.ReadFile("../../docs/lifecycle.md")
	if err != nil {
		t.Fatal(err)
	}
	state := func(drawn string) Status {
		if drawn == "[*]" {
			return statusNone
		}
		return Status(drawn)
	}
	var drawn []transition
	for _, m := range regexp.MustCompile(`(?m)^    (\S+) --> (\S+): (\S+)$`).FindAllStringSubmatch(string(drawing), -1) {
		drawn = append(drawn, transition{state(m[1]), Operation(m[3]), state(m[2])})
	}
	if !slices.Equal(drawn, lifecycle()) {
		t.Errorf("drawn  %v\ncoded  %v", drawn, lifecycle())
	}
}

func TestAStepLeadsToOnePlace(t *testing.T) {
	seen := map[[2]string]bool{}
	for _, step := range lifecycle() {
		key := [2]string{string(step.From), string(step.By)}
		if seen[key] {
			t.Errorf("%s leads from %q to two places", step.By, step.From)
		}
		seen[key] = true
	}
}

func TestNothingLeadsOutOfAWithdrawal(t *testing.T) {
	for _, step := range lifecycle() {
		if step.From == StatusWithdrawn && step.To != StatusWithdrawn {
			t.Errorf("%s does", step.By)
		}
	}
	if to, ok := after(StatusWithdrawn, Updating); ok || to != statusNone {
		t.Errorf("updating leads to %q", to)
	}
}
