package governance

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/gid"
)

// ReviewRecord is a review as the database answers it to one reader: what the
// reader is not shown is not in it.
type ReviewRecord struct {
	ID           uuid.UUID
	EventID      uuid.UUID
	Organisation string
	StartedAt    time.Time
	CompletedAt  *time.Time
	Did          Did
	Outcome      *ReviewOutcome
}

// Did is what everything that is done about an event has in common, as far as a
// reader is shown it.
type Did struct {
	MadeBy   *uuid.UUID        // nil unless people are shown
	Texts    map[string]string // anonymised; nil unless shown
	Original []byte            // as typed, sealed; nil unless shown
	Shows    event.Shown
	Wordless bool // Texts and Original were not read
}

// Review is a review as one reader sees it: the graph's Review.
type Review struct {
	StartedAt   time.Time
	CompletedAt *time.Time
	Outcome     *ReviewOutcome

	record ReviewRecord
	words  words
}

// ID is the review's id in the graph.
func (r *Review) ID() string { return gid.Format(gid.Review, r.record.ID) }

// Status is where it stands.
func (r *Review) Status() ReviewStatus {
	if r.CompletedAt == nil {
		return ReviewInProgress
	}
	return ReviewCompleted
}

// Loaded tells whether what a field of the graph's Review is made of was read.
func (r *Review) Loaded(field string) bool { return field != "notes" || !r.record.Did.Wordless }

// Notes are what its reviewer wrote, in the reader's view.
func (r *Review) Notes() (*string, error) { return r.words.text(fieldNotes) }

// OrganisationCode is the ODS code of the organisation whose review it is.
func (r *Review) OrganisationCode() string { return r.record.Organisation }

// ReviewerKey is the key of who completed it or, until then, of who started it;
// nil where the reader is not shown them.
func (r *Review) ReviewerKey() *uuid.UUID { return r.record.Did.MadeBy }

// Shows tells whether the reader is shown a class of field of the review.
func (r *Review) Shows(class authz.Class) bool { return r.record.Did.shows(class) }

// shows tells whether a class of field is shown; texts are in either view.
func (d Did) shows(class authz.Class) bool {
	if class == authz.GovernanceText {
		return d.Shows.Has(authz.GovernanceText) || d.Shows.Has(authz.GovernanceOriginal)
	}
	return d.Shows.Has(class)
}

// words are texts in a reader's view, or why they do not open.
type words struct {
	texts map[string]string
	err   error
}

func (w words) text(field string) (*string, error) {
	text, ok := w.texts[field]
	if !ok || w.err != nil {
		return nil, w.err
	}
	return &text, nil
}

// wordsOf opens what was written under an id, as far as the reader is shown it.
func (s *Service) wordsOf(id uuid.UUID, d Did) words {
	if d.Original == nil {
		return words{texts: d.Texts}
	}
	typed, err := s.events.Read(id, d.Original)
	return words{texts: typed, err: err}
}

// ReviewsBeside are the reviews of events with which they are read, in the events'
// own statement.
type ReviewsBeside interface {
	event.Companion
	// Of answers the reviews of an event that was read, the earliest started first.
	Of(event uuid.UUID) []ReviewRecord
}

// ReviewsBeside answers where reviews go that are read with their events, as far as
// the reader is shown them; without words, nobody may ask for their notes.
func (s *Service) ReviewsBeside(ctx context.Context, words bool) (ReviewsBeside, error) {
	scope, err := s.policy.Scope(ctx, authz.FromContext(ctx), authz.Governance)
	if err != nil {
		return nil, fmt.Errorf("deciding what a reader may see beside events: %w", err)
	}
	return s.store.ReviewsBeside(scope, words), nil
}

// Reviews answers the reviews of each event, the earliest started first: one
// statement for all whose reviews were not read with them.
func (s *Service) Reviews(ctx context.Context, views []*event.View) ([][]*Review, error) {
	all := make([][]*Review, len(views))
	var others []*event.View
	for i, v := range views {
		if with := reviewsWith(v); with != nil {
			all[i] = s.reviews(with.Of(v.Key()))
			continue
		}
		others = append(others, v)
	}
	if len(others) == 0 {
		return all, nil
	}
	byEvent, err := s.reviewsOf(ctx, others)
	if err != nil {
		return nil, err
	}
	for i, v := range views {
		if all[i] == nil {
			all[i] = s.reviews(byEvent[v.Key()])
		}
	}
	return all, nil
}

func reviewsWith(v *event.View) ReviewsBeside {
	for _, companion := range v.Companions() {
		if reviews, ok := companion.(ReviewsBeside); ok {
			return reviews
		}
	}
	return nil
}

func (s *Service) reviewsOf(ctx context.Context, views []*event.View) (map[uuid.UUID][]ReviewRecord, error) {
	scopes, err := s.scopes(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.store.Reviews(ctx, scopes, keysOf(views))
	if err != nil {
		return nil, fmt.Errorf("reading reviews: %w", err)
	}
	byEvent := map[uuid.UUID][]ReviewRecord{}
	for _, r := range records {
		byEvent[r.EventID] = append(byEvent[r.EventID], r)
	}
	return byEvent, nil
}

// reviews makes reviews of records: an empty list where there are none.
func (s *Service) reviews(records []ReviewRecord) []*Review {
	all := make([]*Review, len(records))
	for i, r := range records {
		all[i] = &Review{
			StartedAt: r.StartedAt, CompletedAt: r.CompletedAt, Outcome: r.Outcome, record: r, words: s.wordsOf(r.ID, r.Did),
		}
	}
	return all
}

func keysOf(views []*event.View) []uuid.UUID {
	keys := make([]uuid.UUID, len(views))
	for i, v := range views {
		keys[i] = v.Key()
	}
	return keys
}
