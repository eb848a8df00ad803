package policies

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"lfpse/internal/authz"
)

// nouns lists the nouns that there are rules about.
func nouns() []authz.Noun {
	return []authz.Noun{authz.Events, authz.Accounts, authz.Grants, authz.AccessRequests, authz.Areas, authz.Notifications, authz.Governance, authz.Clients}
}

// classes lists what the rules of a noun can show.
func classes(noun authz.Noun) []authz.Class {
	switch noun {
	case authz.Events:
		return []authz.Class{
			authz.Structured, authz.Text, authz.TextAnonymised, authz.TextOriginal,
			authz.People, authz.Editors, authz.Contact, authz.ExactAge, authz.Reason, authz.ReasonOriginal,
		}
	case authz.Accounts:
		return []authz.Class{authz.AccountPrivate}
	case authz.Governance:
		return []authz.Class{authz.GovernanceDetail, authz.GovernanceText, authz.GovernanceOriginal}
	default:
		return nil
	}
}

// known tells whether a field can be of a class.
func known(class authz.Class) bool {
	return class == authz.Public || slices.ContainsFunc(nouns(), func(noun authz.Noun) bool { return slices.Contains(classes(noun), class) })
}

// actions lists the actions that need no subject and that a noun's rules speak of.
func actions(noun authz.Noun) []authz.Action {
	switch noun {
	case authz.Events:
		return []authz.Action{authz.RecordEvent, authz.SubmitEvents, authz.RecordEventAnonymously, authz.ManageOwnEvents, authz.ViewAreaEvents, authz.SaveDraft, authz.ExportEvents}
	case authz.Accounts:
		return []authz.Action{authz.ApproveRegistrations, authz.AddOrganisation}
	case authz.Grants:
		return []authz.Action{authz.ManageMembers}
	case authz.AccessRequests:
		return []authz.Action{authz.RequestAccess, authz.ManageRequests}
	default:
		return nil
	}
}

// rowActions lists the actions on one row of a noun.
func rowActions(noun authz.Noun) []authz.Action {
	switch noun {
	case authz.Events:
		return []authz.Action{authz.ManageDraft, authz.UpdateEvent, authz.WithdrawEvent, authz.RedactFurther}
	case authz.Notifications:
		return []authz.Action{authz.MarkRead}
	case authz.Accounts:
		return []authz.Action{authz.DecideRegistration}
	case authz.Governance:
		return []authz.Action{authz.ReviewEvent, authz.GovernEvent, authz.DeclareGovernance}
	case authz.Grants:
		return []authz.Action{authz.RevokeGrant}
	case authz.AccessRequests:
		return []authz.Action{authz.CancelRequest, authz.DecideRequest}
	case authz.Areas:
		return []authz.Action{authz.ListMembers, authz.ManageClients}
	case authz.Clients:
		return []authz.Action{authz.ManageClient}
	default:
		return nil
	}
}

// nounQueries are the questions about a noun whose answers are SQL.
type nounQueries struct {
	noun    authz.Noun
	visible rego.PreparedPartialQuery
	shows   map[authz.Class]rego.PreparedPartialQuery
	permits map[authz.Action]rego.PreparedPartialQuery
}

// conditions are the answers to a noun's questions.
type conditions struct {
	rows    authz.Filter
	shows   map[authz.Class]authz.Filter
	permits map[authz.Action]authz.Filter
}

func (p *policy) prepareNoun(ctx context.Context, noun authz.Noun) (nounQueries, error) {
	q := nounQueries{
		noun:    noun,
		shows:   map[authz.Class]rego.PreparedPartialQuery{},
		permits: map[authz.Action]rego.PreparedPartialQuery{},
	}
	var err error
	if q.visible, err = p.preparePartial(ctx, noun, "visible"); err != nil {
		return nounQueries{}, err
	}
	for _, class := range classes(noun) {
		if q.shows[class], err = p.preparePartial(ctx, noun, fmt.Sprintf("shows[%q]", class)); err != nil {
			return nounQueries{}, err
		}
	}
	for _, action := range rowActions(noun) {
		if q.permits[action], err = p.preparePartial(ctx, noun, fmt.Sprintf("permits[%q]", action)); err != nil {
			return nounQueries{}, err
		}
	}
	return q, nil
}

func (p *policy) preparePartial(ctx context.Context, noun authz.Noun, rule string) (rego.PreparedPartialQuery, error) {
	query := p.rego(fmt.Sprintf("data.%s.%s", noun, rule), rego.Unknowns([]string{"input." + string(noun)}))
	prepared, err := query.PrepareForPartial(ctx)
	if err != nil {
		return rego.PreparedPartialQuery{}, fmt.Errorf("preparing %s.%s: %w", noun, rule, err)
	}
	return prepared, nil
}

func (p *policy) prepareAction(ctx context.Context, noun authz.Noun, action authz.Action) (rego.PreparedEvalQuery, error) {
	prepared, err := p.rego(fmt.Sprintf("data.%s.may[%q] == %q", noun, action, action)).PrepareForEval(ctx)
	if err != nil {
		return rego.PreparedEvalQuery{}, fmt.Errorf("preparing %s.may[%q]: %w", noun, action, err)
	}
	return prepared, nil
}

func (p *policy) rego(query string, more ...func(*rego.Rego)) *rego.Rego {
	return rego.New(append(more,
		rego.Query(query),
		rego.Compiler(p.compiler),
		rego.Store(p.store),
		rego.StrictBuiltinErrors(true),
		withOverlaps,
	)...)
}

// evaluate answers the conditions under which rows, and classes of their
// fields, are shown, and under which actions on them are permitted.
func (q nounQueries) evaluate(ctx context.Context, input ast.Value) (conditions, error) {
	t := newTranslator(q.noun)
	rows, err := filter(ctx, q.visible, input, t)
	if err != nil {
		return conditions{}, fmt.Errorf("rows: %w", err)
	}
	c := conditions{rows: rows}
	if c.shows, err = filters(ctx, q.shows, input, t); err != nil {
		return conditions{}, err
	}
	if c.permits, err = filters(ctx, q.permits, input, t); err != nil {
		return conditions{}, err
	}
	return c, nil
}

// filters answers the condition of each question.
func filters[K ~string](ctx context.Context, queries map[K]rego.PreparedPartialQuery, input ast.Value, t translator) (map[K]authz.Filter, error) {
	answers := make(map[K]authz.Filter, len(queries))
	for about, query := range queries {
		f, err := filter(ctx, query, input, t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", about, err)
		}
		answers[about] = twoValued(f)
	}
	return answers, nil
}

func filter(ctx context.Context, query rego.PreparedPartialQuery, input ast.Value, t translator) (authz.Filter, error) {
	left, err := query.Partial(ctx, rego.EvalParsedInput(input))
	if err != nil {
		return authz.Filter{}, err
	}
	return t.translate(left)
}

// twoValued makes FALSE of NULL, so that a condition can be read beside a row.
// Conditions that only admit rows need it not, and find indexes without it.
func twoValued(f authz.Filter) authz.Filter {
	sql, args := f.SQL()
	if len(args) == 0 {
		return f
	}
	return f.As("("+sql+") IS TRUE", args...)
}
