package event

import (
	"context"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// Says answers an event for whoever may update it, where a patch would change
// nothing of it: so somebody whose update was overtaken knows when it was by
// itself, sent before without an answer. ok is false where it says something else.
func (s *Service) Says(ctx context.Context, id uuid.UUID, patch Patch) (view *View, ok bool, err error) {
	found, _, _, err := s.subject(ctx, Updating, authz.UpdateEvent, id)
	if err != nil {
		return nil, false, err
	}
	e, err := s.edit(found)
	if err != nil {
		return nil, false, err
	}
	if problems := s.change(e, &patch); len(problems) > 0 || len(differences(&e.before, &e.after)) > 0 {
		return nil, false, nil
	}
	views, err := s.FindByID(ctx, []uuid.UUID{id})
	if err != nil {
		return nil, false, err
	}
	return views[0], views[0] != nil, nil
}
