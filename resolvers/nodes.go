package resolvers

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"lfpse/graph/model"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// maxNodes bounds how many things can be asked for by id at once.
const maxNodes = 100

// nodes finds things by id, in their order, in one statement per type; nil for
// each that does not exist for the reader, which is also what an id that is none answers.
func (r *Resolver) nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	if len(ids) > maxNodes {
		return nil, fault.New(fault.BadUserInput, fmt.Sprintf("ids takes at most %d ids.", maxNodes))
	}
	return r.named(ctx, ids)
}

// named is nodes of however many ids.
func (r *Resolver) named(ctx context.Context, ids []string) ([]model.Node, error) {
	byType := map[gid.Type][]int{}
	keys := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		t, key, ok := gid.Parse(id)
		if !ok {
			continue
		}
		byType[t] = append(byType[t], i)
		keys[i] = key
	}
	found := make([]model.Node, len(ids))
	for t, places := range byType {
		wanted := make([]uuid.UUID, len(places))
		for n, place := range places {
			wanted[n] = keys[place]
		}
		nodes, err := r.nodesOf(ctx, t, wanted)
		if err != nil {
			return nil, err
		}
		for n, place := range places {
			found[place] = nodes[n]
		}
	}
	return found, nil
}

// nodesOf finds things of one type, in the order of their keys.
func (r *Resolver) nodesOf(ctx context.Context, t gid.Type, keys []uuid.UUID) ([]model.Node, error) {
	switch t {
	case gid.Event:
		views, err := r.Events.FindByID(ctx, keys)
		return asNodes(views), err
	case gid.Notification:
		return r.notificationNodes(ctx, keys)
	case gid.Account:
		return r.accountNodes(ctx, keys)
	case gid.Grant:
		return r.grantNodes(ctx, keys)
	case gid.AccessRequest:
		return r.requestNodes(ctx, keys)
	case gid.Client:
		return r.clientNodes(ctx, keys)
	}
	geography := r.Geography.Map()
	nodes := make([]model.Node, len(keys))
	for i, key := range keys {
		switch t {
		case gid.Organisation:
			nodes[i] = node(geography.ByID(key))
		case gid.IntegratedCareBoard:
			nodes[i] = node(geography.ICBByID(key))
		case gid.Region:
			nodes[i] = node(geography.RegionByID(key))
		}
	}
	return nodes, nil
}

func (r *Resolver) accountNodes(ctx context.Context, keys []uuid.UUID) ([]model.Node, error) {
	found, err := r.Accounts.Accounts(ctx, authz.FromContext(ctx), keys)
	nodes := make([]model.Node, len(keys))
	for i, key := range keys {
		nodes[i] = node(found[key])
	}
	return nodes, err
}

// grantNodes finds grants: those that policy shows, and the caller's own standard
// ones, which no table holds.
func (r *Resolver) grantNodes(ctx context.Context, keys []uuid.UUID) ([]model.Node, error) {
	nodes := make([]model.Node, len(keys))
	caller := requestOf(ctx).Caller
	if caller == nil {
		return nodes, nil
	}
	stored, err := r.Accounts.Grants(ctx, caller.Principal, keys)
	if err != nil {
		return nil, err
	}
	grants, err := r.Accounts.OwnGrants(ctx, *caller)
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		nodes[i] = node(stored[key])
		for _, grant := range grants {
			if grant.UUID == key {
				nodes[i] = grant
			}
		}
	}
	return nodes, nil
}

// notificationNodes finds what the reader was told.
func (r *Resolver) notificationNodes(ctx context.Context, keys []uuid.UUID) ([]model.Node, error) {
	found, err := r.Inbox.Find(ctx, authz.FromContext(ctx), keys)
	nodes := make([]model.Node, len(keys))
	for i, key := range keys {
		nodes[i] = node(found[key])
	}
	return nodes, err
}

func asNodes[T any, P interface {
	*T
	model.Node
}](objects []P) []model.Node {
	nodes := make([]model.Node, len(objects))
	for i, object := range objects {
		nodes[i] = node(object)
	}
	return nodes
}

// node keeps a nil pointer from becoming a node that is not nil.
func node[T any, P interface {
	*T
	model.Node
}](object P) model.Node {
	if object == nil {
		return nil
	}
	return object
}

// entitiesByID finds what a router asks for by id, in one statement: in the
// order of the keys, nil for each that does not exist for the reader or is of another type.
func entitiesByID[T model.Node, K any](ctx context.Context, r *Resolver, t gid.Type, keys []K, id func(K) string) ([]T, error) {
	entities := make([]T, len(keys))
	var wanted []uuid.UUID
	var places []int
	for i, key := range keys {
		if parsed, ok := gid.ParseAs(t, id(key)); ok {
			wanted, places = append(wanted, parsed), append(places, i)
		}
	}
	if len(wanted) == 0 {
		return entities, nil
	}
	found, err := r.nodesOf(ctx, t, wanted)
	if err != nil {
		return nil, err
	}
	for n, place := range places {
		entities[place], _ = found[n].(T)
	}
	return entities, nil
}

// eventByID finds an event; nil for an id that is none.
func (r *Resolver) eventByID(ctx context.Context, id string) (*event.View, error) {
	key, ok := gid.ParseAs(gid.Event, id)
	if !ok {
		return nil, nil
	}
	return r.opened(ctx, func(with event.Beside) ([]*event.View, error) {
		return r.Events.OpenByID(ctx, []uuid.UUID{key}, with)
	})
}
