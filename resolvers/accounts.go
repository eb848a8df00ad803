package resolvers

import (
	"context"

	"github.com/google/uuid"

	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// sessionPayload answers a session, or why there is none.
func sessionPayload(session *account.Session, problems fault.Problems, err error) (*model.SessionPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.SessionPayload{Session: session, UserErrors: problemsOf(problems)}, nil
}

// acknowledged answers what is the same for everybody.
func acknowledged(problems fault.Problems, err error) (*model.AcknowledgementPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.AcknowledgementPayload{Acknowledged: len(problems) == 0, UserErrors: problemsOf(problems)}, nil
}

// viewerPayload answers a caller as it is after a change, or why it is not made.
func viewerPayload(now *account.Caller, problems fault.Problems, err error) (*model.ViewerPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.ViewerPayload{Viewer: now, UserErrors: problemsOf(problems)}, nil
}

// registrationPayload answers an account that was decided about, or why not.
func registrationPayload(decided *account.View, problems fault.Problems, err error) (*model.RegistrationPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.RegistrationPayload{Account: decided, UserErrors: problemsOf(problems)}, nil
}

// decision reads what somebody decides. An id that is none names no account.
func decision(input model.DecideRegistrationInput) account.Decision {
	id, _ := gid.ParseAs(gid.Account, input.AccountID)
	return account.Decision{Account: id, Organisation: textOr(input.Organisation), Reason: textOr(input.Reason)}
}

// textOr answers the text, or none where it was not given.
func textOr(text *string) string {
	if text == nil {
		return ""
	}
	return *text
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

		model.CapabilityManageMembers:        authz.ManageMembers,
		model.CapabilityAddOrganisation:      authz.AddOrganisation,
		model.CapabilityManageRequests:       authz.ManageRequests,
		model.CapabilityApproveRegistrations: authz.ApproveRegistrations,
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
