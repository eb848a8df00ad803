package event

import (
	"context"

	"github.com/google/uuid"
)

// Beside is what of an event that stands beside its row is read with it, in the
// same statement: who opens one record asks for most of it, and each statement of
// its own would cost as much as the record. The zero value is nothing: a page reads what
// stands beside its events for all of them together.
type Beside struct {
	// Parts are what of the events themselves is read. Of a draft that is everything.
	Parts               Parts
	Patients, Revisions bool
	Companions          []Companion
}

// Companion is what another noun reads beside events, by its own conditions. The
// store makes it and fills it; who made it knows what it is.
type Companion interface {
	BesideEvents()
}

// OpenByID is FindByID with what stands beside the events.
func (s *Service) OpenByID(ctx context.Context, ids []uuid.UUID, with Beside) ([]*View, error) {
	found, err := s.find(ctx, ids, nil, with)
	if err != nil {
		return nil, err
	}
	byID := make(map[uuid.UUID]*View, len(found))
	for _, view := range found {
		byID[view.Key()] = view
	}
	views := make([]*View, len(ids))
	for i, id := range ids {
		views[i] = byID[id]
	}
	return views, nil
}

// OpenByReference is FindByReference with what stands beside the events.
func (s *Service) OpenByReference(ctx context.Context, references []string, with Beside) ([]*View, error) {
	wanted := make([]string, len(references))
	for i, reference := range references {
		wanted[i], _ = ParseReference(reference)
	}
	with.Parts = with.Parts.And(PartReference) // by which they are told apart
	found, err := s.find(ctx, nil, wanted, with)
	if err != nil {
		return nil, err
	}
	byReference := make(map[string]*View, len(found))
	for _, view := range found {
		byReference[view.Reference] = view
	}
	views := make([]*View, len(references))
	for i, reference := range wanted {
		views[i] = byReference[reference]
	}
	return views, nil
}

// Companions are what other nouns read with the event.
func (v *View) Companions() []Companion { return v.record.Companions }
