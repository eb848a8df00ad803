package resolvers

import (
	"context"

	"github.com/google/uuid"

	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// sessionPayload answers a session, or why there is none.
func sessionPayload(session *account.Session, problems fault.Problems, err error) (*model.SessionPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.SessionPayload{Session: session, UserErrors: problemsOf(problems)}, nil
}

// self answers a caller's own account, as policy shows it to its owner.
func (r *Resolver) self(ctx context.Context, caller *account.Caller) (*account.View, error) {
	found, err := r.Accounts.Accounts(ctx, caller.Principal, []uuid.UUID{caller.Account.ID})
	if err != nil {
		return nil, err
	}
	return found[caller.Account.ID], nil
}

// capabilities answers what a caller may do at all, as policy has it.
func (r *Resolver) capabilities(ctx context.Context, caller *account.Caller) ([]model.Capability, error) {
	actions := map[model.Capability]authz.Action{
		model.CapabilityRecordEvent:     authz.RecordEvent,
		model.CapabilityManageOwnEvents: authz.ManageOwnEvents,
		model.CapabilityViewAreaEvents:  authz.ViewAreaEvents,
	}
	capabilities := []model.Capability{}
	for _, capability := range model.AllCapability {
		may, err := r.Policy.May(ctx, caller.Principal, actions[capability])
		if err != nil {
			return nil, err
		}
		if may {
			capabilities = append(capabilities, capability)
		}
	}
	return capabilities, nil
}
