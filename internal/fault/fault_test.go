package fault

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestOnlyAFaultsOwnMessageIsPublic(t *testing.T) {
	cause := errors.New("Edith Pemberton")
	for name, err := range map[string]error{
		"a wrapped cause":   fmt.Errorf("saving: %w", Wrap(Conflict, "Somebody was first.", cause)),
		"an internal fault": Wrap(Internal, "Edith Pemberton", cause),
		"any other error":   cause,
	} {
		if _, message := Public(err); strings.Contains(message, "Pemberton") {
			t.Errorf("%s: %q is shown", name, message)
		}
	}
	if kind, message := Public(fmt.Errorf("saving: %w", New(NotFound, "It is not there."))); kind != NotFound || message != "It is not there." {
		t.Errorf("got %s, %q", kind, message)
	}
	if !errors.Is(Wrap(Conflict, "", cause), cause) {
		t.Error("the cause is lost to the log")
	}
}

func TestProblemsMoveUnderAPath(t *testing.T) {
	var problems Problems
	problems.Add(Required, "Say what happened.", "description")
	moved := problems.Under("events", "3")
	if got := strings.Join(moved[0].Path, "."); got != "events.3.description" {
		t.Errorf("got %s", got)
	}
	if got := strings.Join(problems[0].Path, "."); got != "description" {
		t.Errorf("the original moved too: %s", got)
	}
}
