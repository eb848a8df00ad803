package governance

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// Declaration is what a local risk management system says that its organisation's
// admins decided about an event: codes, or true and false, by path of an element
// of the taxonomy's governance.
type Declaration map[string][]string

// The elements that are more than kept.
const (
	elementNeverEvent     = "AdverseEventGovernance.NeverEvent"
	elementNeverEventType = "AdverseEventGovernance.NeverEventType"
	elementCQCNotify      = "AdverseEventGovernance.CqcNotify"
	elementCQCCriteria    = "AdverseEventGovernance.CqcCriteria"
	elementSectioned      = "AdverseEventGovernance.DesignationsMentalHealth"
	elementDeprived       = "AdverseEventGovernance.DeprivationOfLiberty"
)

func (d Declaration) says(element, value string) bool {
	return slices.Equal(d[element], []string{value})
}

// Check answers where a declaration contradicts itself. The paths begin with
// "governance" and end with the element.
func (d Declaration) Check() fault.Problems {
	var problems fault.Problems
	if d.says(elementNeverEvent, "false") && len(d[elementNeverEventType]) > 0 {
		problems.Add(fault.NotApplicable, "Only a never event is of a type of never event.", "governance", elementNeverEventType)
	}
	if d.says(elementCQCNotify, "false") && len(d[elementCQCCriteria]) > 0 {
		problems.Add(fault.NotApplicable, "Only what the CQC is notified of meets its criteria.", "governance", elementCQCCriteria)
	}
	return problems
}

// Occasion is when a system declares something.
type Occasion struct {
	// First is set when the event is sent for the first time, or again because no
	// answer came: then what was declared once stands.
	First bool
	// Revision is the one that the system knows and changes.
	Revision int
}

// Declare keeps what a local system declares of an event, on behalf of its own
// organisation. Nothing is kept twice; what a person did meanwhile is not written
// over, and then stands is true. FORBIDDEN for everybody but a system of the
// event's organisation.
func (s *Service) Declare(ctx context.Context, id uuid.UUID, on Occasion, d Declaration) (stands bool, problems fault.Problems, err error) {
	answers := []Answer{{Kind: DeclaredBySystem, Content: Content{Declared: d}}}
	switch types := d[elementNeverEventType]; {
	case len(types) > 0:
		answers = append(answers, Answer{Kind: NeverEventDeclared, Content: Content{Type: types[0]}})
	case d.says(elementNeverEvent, "false"):
		answers = append(answers, Answer{Kind: NeverEventDeclared})
	}
	for _, a := range answers {
		problems, err := s.declare(ctx, id, on, a)
		if errors.Is(err, errStands) {
			stands = true
			continue
		}
		if err != nil || len(problems) > 0 {
			return false, problems, err
		}
	}
	return stands, nil, nil
}

// What ends a declaration without anything kept of it.
var (
	errSame   = errors.New("the system declared the same before")
	errStands = errors.New("a person has decided meanwhile")
)

func (s *Service) declare(ctx context.Context, of uuid.UUID, on Occasion, a Answer) (fault.Problems, error) {
	by := authz.FromContext(ctx)
	problems, err := s.act(ctx, authz.DeclareGovernance, of, func(found Found) (Change, fault.Problems, error) {
		if len(found.Concerned) == 0 {
			return Change{}, nil, forbidden()
		}
		if err := found.overruled(by.ID, on, a); err != nil {
			return Change{}, nil, err
		}
		to, ok := event.After(found.Record.Status, event.Governing)
		if !ok {
			return Change{}, nil, fault.New(fault.Forbidden, event.Refusal(found.Record.Status))
		}
		if !on.First && found.Record.Revision != on.Revision {
			return Change{}, stale(), nil
		}
		a.ID, a.Client, a.At, a.Organisation = gid.New(), by.ID, s.instant(), found.Concerned[0]
		if a.takesBack() {
			a.Content.Withdrawn = found.neverEvent().Content.Type
		}
		return Change{Status: to, Answer: &a, Entry: entry(ctx, a.At, a.action(), of, a.detail())}, nil, nil
	})
	if errors.Is(err, errSame) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("keeping what a system declares: %w", err)
	}
	return problems, nil
}

// takesBack tells whether an answer takes back what was declared, if anything was.
func (a Answer) takesBack() bool { return a.Kind == NeverEventDeclared && a.Content.Type == "" }

// overruled answers why nothing of a system's answer is to be kept; nil where it is.
func (f Found) overruled(client uuid.UUID, on Occasion, a Answer) error {
	at := slices.IndexFunc(f.Answers, func(one Answer) bool { return one.Kind == a.Kind })
	if at < 0 && a.takesBack() {
		return errSame
	}
	if at < 0 {
		return nil
	}
	before := f.Answers[at]
	switch {
	case before.Content.sameDeclared(a.Content):
		return errSame
	case before.Client != client:
		return errStands
	case on.First:
		return errSame
	}
	return nil
}

// sameDeclared tells whether a system declares what stands.
func (c Content) sameDeclared(other Content) bool {
	return c.Type == other.Type && maps.EqualFunc(c.Declared, other.Declared, slices.Equal[[]string])
}

func stale() fault.Problems {
	var problems fault.Problems
	problems.Add(fault.StaleRevision, "The event was changed since you read it; read it again.", "revision")
	return problems
}
