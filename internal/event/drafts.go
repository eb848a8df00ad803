package event

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// Draft is what is kept of a draft: what it says is sealed whole, and beside it
// stands no more than a list of drafts needs.
type Draft struct {
	ID              uuid.UUID
	Reference       string
	Kind            Kind
	Status          Status
	TaxonomyVersion int
	At              time.Time
	Author          uuid.UUID
	Sealed          []byte
}

// SaveDraft keeps an input as it is, however incomplete: as a new draft, or with
// an id in place of what a draft of the caller's said. Where updatedAt is given,
// a draft that was saved since is STALE_REVISION and stays as it is.
func (s *Service) SaveDraft(ctx context.Context, in Input, id *uuid.UUID, updatedAt *time.Time) (*View, fault.Problems, error) {
	author := authz.FromContext(ctx)
	if err := s.may(ctx, author, authz.SaveDraft); err != nil {
		return nil, nil, err
	}
	problems := s.unkept(&in)
	if id == nil && updatedAt != nil {
		problems.Add(fault.NotApplicable, "This belongs to a draft that was saved before: give its id too.", "updatedAt")
	}
	if len(problems) > 0 {
		return nil, problems, nil
	}
	if id == nil {
		created, err := s.newDraft(ctx, in, author)
		return s.answered(ctx, created, nil, err)
	}
	saved, problems, err := decided(func() (uuid.UUID, fault.Problems, error) {
		return s.replaceDraft(ctx, in, *id, updatedAt)
	})
	return s.answered(ctx, saved, problems, err)
}

func (s *Service) newDraft(ctx context.Context, in Input, author authz.Principal) (uuid.UUID, error) {
	draft, err := s.PrepareDraft(in, author, s.instant())
	if err != nil {
		return uuid.Nil, err
	}
	for range maxDraws {
		if draft.Reference, err = NewReference(); err != nil {
			return uuid.Nil, err
		}
		err = s.store.InsertDraft(ctx, draft)
		if errors.Is(err, ErrReferenceTaken) {
			continue
		}
		if err != nil {
			return uuid.Nil, fmt.Errorf("saving a new draft: %w", err)
		}
		return draft.ID, nil
	}
	return uuid.Nil, fmt.Errorf("saving a new draft: %d references drawn, all taken", maxDraws)
}

func (s *Service) replaceDraft(ctx context.Context, in Input, id uuid.UUID, updatedAt *time.Time) (uuid.UUID, fault.Problems, error) {
	found, expected, to, err := s.subject(ctx, Saving, authz.ManageDraft, id)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if updatedAt != nil {
		if !found.Record.UpdatedAt.Equal(*updatedAt) {
			var problems fault.Problems
			problems.Add(fault.StaleRevision, "The draft was saved since you read it; read it again.", "updatedAt")
			return uuid.Nil, problems, nil
		}
		expected.UpdatedAt = &found.Record.UpdatedAt
	}
	if _, err := s.unsealDraft(id, found.Original); err != nil { // its key may come back
		return uuid.Nil, nil, err
	}
	draft, err := s.draftOf(id, in, s.instant())
	if err != nil {
		return uuid.Nil, nil, err
	}
	draft.Status = to
	if err := s.store.ReplaceDraft(ctx, expected, draft); err != nil {
		return uuid.Nil, nil, fmt.Errorf("saving a draft: %w", err)
	}
	return id, nil, nil
}

// PrepareDraft makes everything that a new draft is kept as, but for its reference.
func (s *Service) PrepareDraft(in Input, author authz.Principal, at time.Time) (Draft, error) {
	draft, err := s.draftOf(gid.New(), in, at)
	if err != nil {
		return Draft{}, err
	}
	draft.Status, _ = after(statusNone, Saving)
	draft.Author = author.ID
	return draft, nil
}

func (s *Service) draftOf(id uuid.UUID, in Input, at time.Time) (Draft, error) {
	sealed, err := s.seal(TextKey{EventID: id}, original{Draft: &in})
	if err != nil {
		return Draft{}, fmt.Errorf("sealing a draft: %w", err)
	}
	return Draft{
		ID: id, Kind: in.Kind, TaxonomyVersion: s.taxonomy.Latest().Number(), At: at, Sealed: sealed,
	}, nil
}

// DeleteDraft removes a draft of the caller's and every trace of it.
func (s *Service) DeleteDraft(ctx context.Context, id uuid.UUID) error {
	if err := signedIn(authz.FromContext(ctx)); err != nil {
		return err
	}
	_, _, err := decided(func() (uuid.UUID, fault.Problems, error) {
		_, expected, _, err := s.subject(ctx, Deleting, authz.ManageDraft, id)
		if err != nil {
			return uuid.Nil, nil, err
		}
		if err := s.store.DeleteDraft(ctx, expected); err != nil {
			return uuid.Nil, nil, fmt.Errorf("deleting a draft: %w", err)
		}
		return id, nil, nil
	})
	return err
}

// SubmitDraft makes an event of a draft of the caller's, as Record makes one of
// an input. Submitting again answers the event.
func (s *Service) SubmitDraft(ctx context.Context, id uuid.UUID) (*View, fault.Problems, error) {
	author := authz.FromContext(ctx)
	if err := s.may(ctx, author, authz.RecordEvent); err != nil {
		return nil, nil, err
	}
	submitted, problems, err := decided(func() (uuid.UUID, fault.Problems, error) {
		return s.submitDraft(ctx, id, author)
	})
	return s.answered(ctx, submitted, problems, err)
}

func (s *Service) submitDraft(ctx context.Context, id uuid.UUID, author authz.Principal) (uuid.UUID, fault.Problems, error) {
	found, expected, to, err := s.subject(ctx, Submitting, authz.ManageDraft, id)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if to == found.Record.Status { // submitted already
		return id, nil, nil
	}
	in, err := s.unsealDraft(id, found.Original)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if problems := s.lacks(in, author); len(problems) > 0 {
		return uuid.Nil, problems, nil
	}
	known, err := s.namesAround(ctx, in, author)
	if err != nil {
		return uuid.Nil, nil, err
	}
	submission, err := s.submission(id, to, in, author, later(s.instant(), found.Record.UpdatedAt), known)
	if err != nil {
		return uuid.Nil, nil, err
	}
	submission.Row.Reference = found.Record.Reference
	expected.UpdatedAt = &found.Record.UpdatedAt
	if err := s.store.SubmitDraft(ctx, expected, submission); err != nil {
		return uuid.Nil, nil, fmt.Errorf("submitting a draft: %w", err)
	}
	return id, nil, nil
}

// lacks answers what a draft still lacks before it can be submitted, with paths
// that begin inside EventInput.
func (s *Service) lacks(in *Input, author authz.Principal) fault.Problems {
	return s.checking(in, author.Organisations).under()
}

// Problems answers what each view still lacks before it can be submitted;
// nothing for what is no draft.
func (s *Service) Problems(ctx context.Context, views []*View) [][]*fault.Problem {
	all := make([][]*fault.Problem, len(views))
	for i, v := range views {
		all[i] = []*fault.Problem{}
		if v.Status == StatusDraft && v.draft == nil {
			all[i] = append(all[i], &fault.Problem{Code: fault.Invalid, Message: "What this draft says cannot be read at present.", Path: []string{}})
		}
		if v.draft == nil {
			continue
		}
		in := v.draft.clone()
		for _, problem := range s.lacks(&in, authz.FromContext(ctx)) {
			all[i] = append(all[i], &problem)
		}
	}
	return all
}

// openDraft answers what a draft says and makes its record say it; nil for what
// is no draft, for a reader who is not shown it, and where it does not open: who
// asks for its texts is told so.
func (s *Service) openDraft(r *Record) *Input {
	if r.Status != StatusDraft || r.Draft == nil {
		return nil
	}
	typed, err := s.unsealDraft(r.ID, r.Draft)
	if err != nil {
		return nil
	}
	r.put(typed, patientRecords(r.ID, typed))
	r.Details.Answers = nil // its author is shown even those that no other view shows
	for _, a := range typed.Answers {
		r.Details.Answers = append(r.Details.Answers, StoredAnswer{Element: a.Element, Codes: a.Codes, HasText: a.Text != nil})
	}
	return typed
}

// unsealDraft answers what a draft says.
func (s *Service) unsealDraft(id uuid.UUID, sealed []byte) (*Input, error) {
	typed, err := s.unseal(Sealed{TextKey{EventID: id}, sealed})
	if err != nil {
		return nil, err
	}
	if typed.Draft == nil {
		return nil, fmt.Errorf("reading draft %s: its content is not a draft's", id)
	}
	return typed.Draft, nil
}

// draftPatients answers a draft's patients in their order, each with the text
// that was typed for it, be their numbers unique or not.
func (s *Service) draftPatients(v *View) []*Patient {
	patients := make([]*Patient, len(v.draft.Patients))
	for i, r := range patientRecords(v.Key(), v.draft) {
		patients[i] = s.patient(v, r, nil)
		patients[i].ClinicalOutcome = v.draft.Patients[i].ClinicalOutcome
	}
	return patients
}
