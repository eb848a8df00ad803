package graph

import (
	"context"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/accessrequest"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/page"
)

const (
	// maxCost is the most that an operation may cost: one for each field of each
	// item that it can answer. Three events of every organisation of every ICB
	// pass; two hundred of two hundred do not.
	maxCost = 250_000
	// maxRepresentations bounds how many entities a router may ask for at once.
	maxRepresentations = 1000
	// icbCount and regionCount are about how many there are: what a list of them costs.
	icbCount    = 42
	regionCount = 7
	// So with the taxonomy: its code systems and their codes, and the sections and
	// questions of a questionnaire.
	systemCount   = 75
	codeCount     = 10
	sectionCount  = 25
	questionCount = 5
	// similarCost is what looking for the events like one costs, in fields: 50 events can be asked for theirs.
	similarCost = 4000
	// groupCount is about how many groups statistics have, by whatever dimensions.
	groupCount = 100
)

// costs multiply what a connection's items cost by the size of its page.
func costs() generated.ComplexityRoot {
	var root generated.ComplexityRoot
	events := func(children int, _ *event.Filter, _ *event.Order, first *int, _ *string, last *int, _ *string) int {
		return pageCost(children, first, last)
	}
	organisations := func(children int, _ *model.OrganisationFilter, first *int, _ *string, last *int, _ *string) int {
		return pageCost(children, first, last)
	}
	root.Query.Events, root.Viewer.Events = events, events
	root.Organisation.Events, root.IntegratedCareBoard.Events, root.Region.Events = events, events, events
	root.Event.Similar = func(children int, first *int) int {
		size := event.DefaultSimilar
		if first != nil {
			size = *first
		}
		return similarCost + min(children, maxCost+1)*min(max(size, 1), event.MaxSimilar)
	}
	statistics := func(children int, _ *event.Filter, _ []event.Dimension, _ event.DateField) int {
		return 1 + groupCount*min(children, maxCost+1)
	}
	root.Query.EventStatistics, root.Organisation.EventStatistics = statistics, statistics
	root.IntegratedCareBoard.EventStatistics, root.Region.EventStatistics = statistics, statistics
	root.Query.ControlChart = func(children int, _ *event.Filter, _ event.ChartInterval, _, _ *time.Time, _ event.DateField) int {
		return 1 + event.MaxChartPoints*min(children, maxCost+1)
	}
	root.Viewer.Drafts = func(children int, first *int, _ *string, last *int, _ *string) int {
		return pageCost(children, first, last)
	}
	root.Query.Registrations = root.Viewer.Drafts
	root.Query.AccessRequests = func(children int, _ *model.AccessRequestFilter, first *int, _ *string, last *int, _ *string) int {
		return pageCost(children, first, last)
	}
	root.Viewer.AccessRequests = func(children int, _ []accessrequest.Status, first *int, _ *string, last *int, _ *string) int {
		return pageCost(children, first, last)
	}
	members := func(children int, _ *authz.Role, first *int, _ *string, last *int, _ *string) int {
		return pageCost(children, first, last)
	}
	root.Organisation.Members, root.IntegratedCareBoard.Members, root.Region.Members = members, members, members
	root.Query.Icbs = func(children int) int { return 1 + icbCount*children }
	root.Query.Regions = func(children int) int { return 1 + regionCount*children }
	root.Region.Icbs = func(children int) int { return 1 + icbCount/regionCount*children }
	root.Query.Nodes = func(children int, ids []string) int { return 1 + len(ids)*children }
	root.Query.CodeSystems = func(children int, _ *int) int { return 1 + systemCount*children }
	root.CodeSystem.Codes = func(children int, _ *string) int { return 1 + codeCount*children }
	root.Questionnaire.Sections = func(children int) int { return 1 + sectionCount*children }
	root.QuestionnaireSection.Questions = func(children int) int { return 1 + questionCount*children }
	root.Query.Organisations, root.IntegratedCareBoard.Organisations = organisations, organisations
	root.Viewer.Notifications = func(children int, _ *bool, first *int, _ *string, last *int, _ *string) int {
		return pageCost(children, first, last)
	}
	root.Mutation.SubmitEvents = func(children int, input model.SubmitEventsInput) int { return 1 + len(input.Events)*children }
	return root
}

func pageCost(children int, first, last *int) int {
	size := page.DefaultSize
	for _, given := range []*int{first, last} {
		if given != nil {
			size = *given
		}
	}
	size = min(max(size, 1), page.MaxSize)
	return 1 + min(children, maxCost+1)*size
}

// EntityGuard refuses operations that ask for too many entities at once.
type EntityGuard struct{}

var (
	_ graphql.HandlerExtension        = EntityGuard{}
	_ graphql.OperationContextMutator = EntityGuard{}
)

// ExtensionName names the extension.
func (EntityGuard) ExtensionName() string { return "EntityGuard" }

// Validate has nothing to check of the schema.
func (EntityGuard) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext counts the representations of every _entities field;
// it changes nothing.
func (EntityGuard) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if op.Operation == nil || representations(op.Operation.SelectionSet, op.Variables, map[string]bool{}) <= maxRepresentations {
		return nil
	}
	return &gqlerror.Error{
		Message:    fmt.Sprintf("representations takes at most %d in one operation.", maxRepresentations),
		Extensions: map[string]any{"code": string(fault.TooComplex)},
	}
}

// representations counts those of a selection set on Query; each fragment is
// looked at once.
func representations(set ast.SelectionSet, variables map[string]any, seen map[string]bool) int {
	total := 0
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			total += representationsOf(s, variables)
		case *ast.InlineFragment:
			total += representations(s.SelectionSet, variables, seen)
		case *ast.FragmentSpread:
			if s.Definition != nil && !seen[s.Name] {
				seen[s.Name] = true
				total += representations(s.Definition.SelectionSet, variables, seen)
			}
		}
	}
	return total
}

func representationsOf(field *ast.Field, variables map[string]any) int {
	argument := field.Arguments.ForName("representations")
	if field.Name != "_entities" || argument == nil {
		return 0
	}
	value, err := argument.Value.Value(variables)
	if err != nil {
		return 0 // execution will report it
	}
	list, _ := value.([]any)
	return len(list)
}
