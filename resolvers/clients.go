package resolvers

import (
	"context"

	"github.com/google/uuid"

	"lfpse/graph/model"
	"lfpse/internal/authz"
	"lfpse/internal/client"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// issued answers a client and its new key, or why there is none.
func issued(c *client.Client, key string, problems fault.Problems, err error) (*model.IssueClientPayload, error) {
	if err != nil {
		return nil, err
	}
	payload := &model.IssueClientPayload{Client: c, UserErrors: problemsOf(problems)}
	if len(problems) == 0 {
		payload.Key = &key
	}
	return payload, nil
}

// revoked answers a client after its end, or that of one of its keys.
func revoked(c *client.Client, err error) (*model.RevokeClientPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.RevokeClientPayload{Client: c, UserErrors: problemsOf(nil)}, nil
}

// keyOf reads the id of a client or a key. One that is none names none.
func keyOf(t gid.Type, id string) uuid.UUID {
	key, _ := gid.ParseAs(t, id)
	return key
}

// clientNodes finds clients by id.
func (r *Resolver) clientNodes(ctx context.Context, keys []uuid.UUID) ([]model.Node, error) {
	found, err := r.Clients.Find(ctx, authz.FromContext(ctx), keys)
	nodes := make([]model.Node, len(keys))
	for i, key := range keys {
		nodes[i] = node(found[key])
	}
	return nodes, err
}

// submitted answers what became of events that a client sent.
func submitted(results []*event.Submitted, err error) (*model.SubmitEventsPayload, error) {
	if err != nil {
		return nil, err
	}
	payload := &model.SubmitEventsPayload{Results: results}
	for _, result := range results {
		switch result.Outcome {
		case event.OutcomeRefused, event.OutcomeConflict:
			payload.Refused++
		default:
			payload.Accepted++
		}
	}
	return payload, nil
}

// localEvents reads what a client sends.
func localEvents(in []*model.LocalEventInput) []event.Local {
	events := make([]event.Local, len(in))
	for i, each := range in {
		events[i] = event.Local{Reference: each.LocalReference, Revision: each.Revision, Input: inputOf(each.Event)}
	}
	return events
}
