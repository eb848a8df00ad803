package fhir

import "lfpse/internal/fault"

// Severity says whether an issue kept something from being done.
type Severity string

// The severities, as FHIR has them.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Issue is one thing to tell a client of what it sent. Neither Text nor Expression repeats a value, or a name
// that the interface does not have.
type Issue struct {
	Severity   Severity
	Code       fault.Code
	Text       string
	Expression string // a path in FHIRPath; empty where no part of the body is meant
}

// Issues gathers issues in the order in which they were found.
type Issues []Issue

func (i *Issues) add(severity Severity, code fault.Code, text, expression string) {
	*i = append(*i, Issue{severity, code, text, expression})
}

// typeOf is FHIR's type of an issue, coarser than the code.
func typeOf(code fault.Code) string {
	switch code {
	case fault.Required:
		return "required"
	case fault.UnknownCode:
		return "code-invalid"
	case fault.TooLong:
		return "too-long"
	case fault.TooMany:
		return "structure"
	case fault.Duplicate:
		return "duplicate"
	case fault.StaleRevision, fault.Code(fault.Conflict):
		return "conflict"
	case fault.NotAllowed, fault.Code(fault.Forbidden):
		return "forbidden"
	case fault.NotApplicable:
		return "business-rule"
	case fault.Code(fault.NotFound):
		return "not-found"
	case fault.Code(fault.Unauthenticated):
		return "login"
	case fault.Code(fault.RateLimited):
		return "throttled"
	case fault.Code(fault.Internal):
		return "exception"
	}
	return "invalid"
}

// Outcome writes issues as an OperationOutcome. Clients read either diagnostics or details: both say the same.
func (t *Translator) Outcome(issues Issues) map[string]any {
	list := make([]any, len(issues))
	for i, issue := range issues {
		one := map[string]any{
			"severity": issue.Severity, "code": typeOf(issue.Code), "diagnostics": issue.Text,
			"details": map[string]any{
				"coding": []any{map[string]any{"system": t.base + "/CodeSystem/" + t.versioned(problemSystem), "code": issue.Code}},
				"text":   issue.Text,
			},
		}
		if issue.Expression != "" {
			one["expression"] = []any{issue.Expression}
		}
		list[i] = one
	}
	return map[string]any{"resourceType": "OperationOutcome", "issue": list}
}

// problemSystem is the code system of what is wrong: the codes of the graph's userErrors and errors.
const problemSystem = "problem"

// problemCodes are its codes, with what they mean.
func problemCodes() []struct {
	Code    fault.Code
	Meaning string
} {
	return []struct {
		Code    fault.Code
		Meaning string
	}{
		{fault.Required, "It has to be given"},
		{fault.Invalid, "It is not of the form that is expected"},
		{fault.NotApplicable, "It does not belong to an event of this kind, or to the other answers given, or is not kept"},
		{fault.UnknownCode, "The code is not in its code system"},
		{fault.TooLong, "It is longer than what is taken"},
		{fault.TooMany, "There are more than what is taken"},
		{fault.InFuture, "The date lies in the future"},
		{fault.Duplicate, "The same is given twice"},
		{fault.StaleRevision, "The event was changed since that version"},
		{fault.NotAllowed, "The client may not choose this value"},
		{fault.Code(fault.Unauthenticated), "The key is missing or not good"},
		{fault.Code(fault.Forbidden), "This cannot be done, or not by this client"},
		{fault.Code(fault.NotFound), "There is no such thing for this client"},
		{fault.Code(fault.Conflict), "Another request was first, or said something else"},
		{fault.Code(fault.BadUserInput), "The request is not of the form that is expected"},
		{fault.Code(fault.RateLimited), "Too many requests; wait a while"},
		{fault.Code(fault.Internal), "The service failed; send it again"},
	}
}
