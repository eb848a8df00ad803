package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"lfpse/db/loader"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/organisation"
	"lfpse/internal/page"
)

// listArgs are the arguments of a connection of events, and what of it the field
// that ctx belongs to asks for.
func listArgs(ctx context.Context, filter *event.Filter, order *event.Order, first *int, after *string, last *int, before *string) event.ListArgs {
	parts, info := asked(ctx)
	return event.ListArgs{
		Filter: filter, Order: order, Page: page.Args{First: first, After: after, Last: last, Before: before}, Parts: parts, Alone: !info,
	}
}

// asked answers what is asked of the events on a connection, and whether its
// PageInfo is.
func asked(ctx context.Context) (parts event.Parts, info bool) {
	var fields []string
	operation := graphql.GetOperationContext(ctx)
	ofEvents := func(selections ast.SelectionSet) {
		for _, field := range graphql.CollectFields(operation, selections, nil) {
			fields = append(fields, field.Name)
		}
	}
	for _, field := range graphql.CollectFieldsCtx(ctx, nil) {
		switch field.Name {
		case "nodes":
			ofEvents(field.Selections)
		case "edges":
			for _, below := range graphql.CollectFields(operation, field.Selections, nil) {
				switch below.Name {
				case "node":
					ofEvents(below.Selections)
				case "highlight":
					fields = append(fields, "textView") // who is shown no text is shown none of it here
				}
			}
		case "pageInfo":
			info = true
		}
	}
	return event.PartsOf(fields...), info
}

// originals answers the typed texts of those views whose reader is shown them.
func originals(ctx context.Context, views []*event.View) (map[event.TextKey]event.Opened, error) {
	var keys []event.TextKey
	for _, view := range views {
		if view.NeedsOriginal() {
			keys = append(keys, view.CurrentTexts())
		}
	}
	return loader.FromContext(ctx).Originals(ctx, keys)
}

// textOf resolves a text of each view. One that does not open fails by itself.
func textOf(ctx context.Context, views []*event.View, text func(*event.View, map[string]string) *string) ([]*string, error) {
	typed, err := originals(ctx, views)
	if err != nil {
		return nil, err
	}
	texts := each(views, func(v *event.View) *string { return text(v, typed[v.CurrentTexts()].Texts) })
	return texts, unopened(views, typed, (*event.View).CurrentTexts)
}

// unopened are the errors of those objects whose original does not open.
func unopened[T any](objects []T, typed map[event.TextKey]event.Opened, key func(T) event.TextKey) error {
	return graphql.BatchErrorList(each(objects, func(o T) error { return typed[key(o)].Err }))
}

// people resolves the account behind each object; nil where it has none or the
// reader is not shown it.
func people[T any](ctx context.Context, objects []T, key func(T) *uuid.UUID) ([]*account.View, error) {
	var ids []uuid.UUID
	for _, object := range objects {
		if id := key(object); id != nil {
			ids = append(ids, *id)
		}
	}
	read := loader.FromContext(ctx).Accounts
	if account.OnlyNames(graphql.CollectAllFields(ctx)...) {
		read = loader.FromContext(ctx).Names
	}
	found, err := read(ctx, ids)
	if err != nil {
		return nil, err
	}
	accounts := make([]*account.View, len(objects))
	for i, object := range objects {
		if id := key(object); id != nil {
			accounts[i] = found[*id]
		}
	}
	return accounts, nil
}

// eventsOf resolves the connection of events of each area.
func eventsOf[T any](ctx context.Context, r *Resolver, areas []T, area func(T) authz.Area, args event.ListArgs) ([]*event.Connection, error) {
	wanted := make([]*authz.Area, len(areas))
	for i, a := range areas {
		one := area(a)
		wanted[i] = &one
	}
	return r.Events.List(ctx, wanted, args)
}

func areaOfOrganisation(o *organisation.Organisation) authz.Area {
	return authz.Area{Type: authz.AreaOrganisation, Code: string(o.ODSCode)}
}

func areaOfICB(i *organisation.ICB) authz.Area {
	return authz.Area{Type: authz.AreaICB, Code: string(i.ODSCode)}
}

func areaOfRegion(r *organisation.Region) authz.Area {
	return authz.Area{Type: authz.AreaRegion, Code: string(r.ODSCode)}
}

// problemsOf answers problems as the graph lists them: an empty list, never
// null.
func problemsOf(problems fault.Problems) []*fault.Problem {
	list := make([]*fault.Problem, len(problems))
	for i := range problems {
		list[i] = &problems[i]
	}
	return list
}

// revisionTexts resolves the description of each revision. One that does not
// open fails by itself.
func revisionTexts(ctx context.Context, revisions []*event.Revision) ([]*string, error) {
	var keys []event.TextKey
	for _, revision := range revisions {
		if key, ok := revision.OriginalTexts(); ok {
			keys = append(keys, key)
		}
	}
	typed, err := loader.FromContext(ctx).Originals(ctx, keys)
	if err != nil {
		return nil, err
	}
	keyOf := func(r *event.Revision) event.TextKey { key, _ := r.OriginalTexts(); return key }
	texts := each(revisions, func(r *event.Revision) *string { return r.Description(typed[keyOf(r)].Texts) })
	return texts, unopened(revisions, typed, keyOf)
}
