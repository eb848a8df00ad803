package event

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// Opened are the texts of a revision as they were typed, by field, or why they
// do not open: they were sealed under another key, or are no longer whole. That
// concerns the one revision and nothing else.
type Opened struct {
	Texts map[string]string
	Err   error
}

// Originals answers the texts of revisions as they were typed, for those whose
// original the reader is shown. The others are not in the answer. Reading what
// somebody else typed is audited.
func (s *Service) Originals(ctx context.Context, keys []TextKey) (map[TextKey]Opened, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return nil, err
	}
	sealed, err := s.store.Originals(ctx, scope, keys, s.instant())
	if err != nil {
		return nil, fmt.Errorf("reading original texts: %w", err)
	}
	originals := make(map[TextKey]Opened, len(sealed))
	for _, one := range sealed {
		opened, err := s.unseal(one)
		originals[one.TextKey] = Opened{Texts: opened.typed(), Err: err}
	}
	return originals, nil
}

func (k TextKey) binding() []byte {
	return fmt.Appendf(nil, "event:%s:%d", k.EventID, k.Revision)
}

// Details answers what belongs to each view's kind, nil for a tombstone;
// originals are the typed texts of those whose reader is shown them.
func (s *Service) Details(views []*View, originals map[TextKey]Opened) []Details {
	all := make([]Details, len(views))
	for i, v := range views {
		if v.Status != StatusWithdrawn {
			all[i] = s.details(v, originals[v.CurrentTexts()].Texts)
		}
	}
	return all
}

// Patients answers the patients of each view, by sequence. Where an original
// does not open they have no texts.
func (s *Service) Patients(ctx context.Context, views []*View, originals map[TextKey]Opened) ([][]*Patient, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return nil, err
	}
	records, err := besides(views, (*View).patientRecords, func(events []uuid.UUID) ([]PatientRecord, error) {
		return s.store.Patients(ctx, scope, events)
	})
	if err != nil {
		return nil, fmt.Errorf("reading patients: %w", err)
	}
	all := make([][]*Patient, len(views))
	for i, v := range views {
		all[i] = []*Patient{}
		if v.draft != nil {
			all[i] = s.draftPatients(v)
			continue
		}
		for _, r := range records[i] {
			all[i] = append(all[i], s.patient(v, r, originals[v.CurrentTexts()].Texts))
		}
	}
	return all, nil
}

// Revisions answers the history of each view, the latest first.
func (s *Service) Revisions(ctx context.Context, views []*View) ([][]*Revision, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return nil, err
	}
	records, err := besides(views, (*View).revisionRecords, func(events []uuid.UUID) ([]RevisionRecord, error) {
		return s.store.Revisions(ctx, scope, events)
	})
	if err != nil {
		return nil, fmt.Errorf("reading revisions: %w", err)
	}
	all := make([][]*Revision, len(views))
	for i, v := range views {
		all[i] = []*Revision{}
		for _, r := range records[i] {
			all[i] = append(all[i], &Revision{Revision: r.Revision, At: r.At, Changed: r.Changed, view: v, record: r})
		}
	}
	return all, nil
}

// NeedsOriginal tells whether the view's reader reads texts as they were typed.
func (v *View) NeedsOriginal() bool {
	return v.TextView == TextViewOriginal || v.Shows(authz.Contact)
}

func (v *View) patientRecords() []PatientRecord   { return v.record.Patients }
func (v *View) revisionRecords() []RevisionRecord { return v.record.Revisions }

// besides answers what stands beside each view, in their order: what was read with
// it, and of the others, where there are any, what read answers.
func besides[R besideRecord](views []*View, with func(*View) []R, read func([]uuid.UUID) ([]R, error)) ([][]R, error) {
	var others []uuid.UUID
	for _, v := range views {
		if with(v) == nil {
			others = append(others, v.Key())
		}
	}
	byEvent := map[uuid.UUID][]R{}
	if len(others) > 0 {
		records, err := read(others)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			byEvent[r.event()] = append(byEvent[r.event()], r)
		}
	}
	all := make([][]R, len(views))
	for i, v := range views {
		if all[i] = with(v); all[i] == nil {
			all[i] = byEvent[v.Key()]
		}
	}
	return all, nil
}

// besideRecord is a record of an event.
type besideRecord interface{ event() uuid.UUID }

func (r PatientRecord) event() uuid.UUID  { return r.EventID }
func (r RevisionRecord) event() uuid.UUID { return r.EventID }

func keysOf(views []*View) []uuid.UUID {
	keys := make([]uuid.UUID, len(views))
	for i, v := range views {
		keys[i] = v.Key()
	}
	return keys
}
