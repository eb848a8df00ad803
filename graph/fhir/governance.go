package fhir

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/governance"
	stu3 "lfpse/internal/lrms/fhir"
)

// Governance keeps what a system says that its organisation's admins decided.
type Governance interface {
	Declare(ctx context.Context, event uuid.UUID, on governance.Occasion, d governance.Declaration) (stands bool, problems fault.Problems, err error)
}

// contradicts answers a resource whose governance contradicts itself, with
// everything else that is wrong with it.
func (s *server) contradicts(w http.ResponseWriter, r *http.Request, reading stu3.Reading) bool {
	problems := governance.Declaration(reading.Governance).Check()
	if len(problems) == 0 {
		return false
	}
	in := reading.Input
	problems = append(s.Events.Check(&in, authz.FromContext(r.Context()).Organisations), problems...)
	return s.refused(w, r, reading, http.StatusUnprocessableEntity, problems, nil)
}

// declare keeps the governance of a resource, if it has any. ok is false where
// what kept it from that is answered already.
func (s *server) declare(w http.ResponseWriter, r *http.Request, event uuid.UUID, on governance.Occasion, reading stu3.Reading) (warnings stu3.Issues, ok bool) {
	if len(reading.Governance) == 0 {
		return nil, true
	}
	stands, problems, err := s.Governance.Declare(r.Context(), event, on, reading.Governance)
	if s.refused(w, r, reading, statusOf(r, problems), problems, err) {
		return nil, false
	}
	if stands {
		warnings = append(warnings, stu3.Issue{
			Severity: stu3.Warning, Code: fault.NotApplicable, Expression: reading.GovernanceAt,
			Text: "Somebody has decided about this event in the service meanwhile. That stands, and is not written over from here.",
		})
	}
	return append(warnings, untyped(reading)...), true
}

// untyped warns of a never event that is not told of which type.
func untyped(reading stu3.Reading) stu3.Issues {
	const is, of = "AdverseEventGovernance.NeverEvent", "AdverseEventGovernance.NeverEventType"
	if len(reading.Governance[of]) > 0 || len(reading.Governance[is]) == 0 || reading.Governance[is][0] != "true" {
		return nil
	}
	return stu3.Issues{{
		Severity: stu3.Warning, Code: fault.Required, Expression: reading.GovernanceAt,
		Text: "Give NeverEventType: without its type the event is not declared to be a never event.",
	}}
}
