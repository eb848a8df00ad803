package event

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/redaction"
)

// submitAtOnce bounds the events of one transaction: enough that a statement's
// way to the database costs little, few enough that what fails is soon tried again.
const submitAtOnce = 100

// Submit takes the events that a client sends, each by itself, and answers what
// became of them in their order. What a client sends again yields no second
// event, whether the first try was answered or not. An error means that some may
// have been taken: sending all again is safe.
func (s *Service) Submit(ctx context.Context, events []Local) ([]*Submitted, error) {
	author := authz.FromContext(ctx)
	if err := s.may(ctx, author, authz.SubmitEvents); err != nil {
		return nil, err
	}
	if len(events) > MaxSubmitted {
		return nil, fault.New(fault.BadUserInput, fmt.Sprintf("events takes at most %d events.", MaxSubmitted))
	}
	b, err := s.newBatch(ctx, author, events)
	if err != nil {
		return nil, err
	}
	if err := b.create(ctx); err != nil {
		return nil, b.failed(err)
	}
	for i := range events {
		if err := b.settle(ctx, i); err != nil {
			return nil, b.failed(err)
		}
	}
	return b.answer(ctx)
}

// batch is what a client sends in one call, on its way.
type batch struct {
	s      *Service
	author authz.Principal
	events []Local
	keys   []*LocalReference
	known  map[string]Referred // by the hash of the reference
	first  map[string]int      // where each reference stands first
	done   []*Submitted        // nil until something became of it

	names   map[string][]redaction.Known
	namesMu sync.Mutex
}

func (s *Service) newBatch(ctx context.Context, author authz.Principal, events []Local) (*batch, error) {
	b := &batch{
		s: s, author: author, events: events, keys: make([]*LocalReference, len(events)), done: make([]*Submitted, len(events)),
		first: map[string]int{}, names: map[string][]redaction.Known{},
	}
	hashes := make([][]byte, 0, len(events))
	for i := range events {
		b.keys[i] = s.localReference(author.ID, &events[i])
		hash := string(b.keys[i].ReferenceHash)
		if _, twice := b.first[hash]; !twice {
			b.first[hash] = i
			hashes = append(hashes, b.keys[i].ReferenceHash)
		}
	}
	var err error
	b.known, err = s.store.Referred(ctx, author.ID, hashes)
	if err != nil {
		return nil, fmt.Errorf("looking for what a client sent before: %w", err)
	}
	return b, nil
}

// failed is what the client is told of an error.
func (b *batch) failed(err error) error {
	if errors.Is(err, ErrRevoked) {
		return fault.Wrap(fault.Unauthenticated, "This key is not good.", err)
	}
	return fmt.Errorf("taking what a client sends: %w", err)
}

// create records the events whose references are new, the first of each.
func (b *batch) create(ctx context.Context) error {
	var fresh []int
	for i, key := range b.keys {
		hash := string(key.ReferenceHash)
		if _, known := b.known[hash]; !known && b.first[hash] == i {
			fresh = append(fresh, i)
		}
	}
	for chunk := range slices.Chunk(fresh, submitAtOnce) {
		if err := b.createChunk(ctx, chunk); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) createChunk(ctx context.Context, chunk []int) error {
	prepared, err := b.prepare(ctx, chunk)
	if err != nil {
		return err
	}
	var places []int
	var submissions []Submission
	for n, i := range chunk {
		if prepared[n] != nil {
			places, submissions = append(places, i), append(submissions, *prepared[n])
		}
	}
	if len(submissions) == 0 {
		return nil
	}
	written, err := b.insert(ctx, submissions)
	if err != nil && len(submissions) > 1 && ctx.Err() == nil && !errors.Is(err, ErrRevoked) {
		return b.oneByOne(ctx, places, submissions)
	}
	if err != nil {
		return err
	}
	for n, i := range places {
		b.created(i, submissions[n], written[n])
	}
	return nil
}

// oneByOne records each event by itself after they could not be recorded
// together, so that one that cannot be keeps none of the others out.
func (b *batch) oneByOne(ctx context.Context, places []int, submissions []Submission) error {
	var failures []error
	for n, i := range places {
		written, err := b.insert(ctx, submissions[n:n+1])
		if err != nil {
			failures = append(failures, err)
			continue
		}
		b.created(i, submissions[n], written[0])
	}
	return errors.Join(failures...)
}

// created notes an event that was recorded; one that was not had been sent by
// another call at the same time, and is looked at like one that is known.
func (b *batch) created(i int, submission Submission, written bool) {
	if !written {
		return
	}
	b.done[i] = b.result(i, OutcomeCreated, submission.Row.ID, nil)
	b.known[string(b.keys[i].ReferenceHash)] = Referred{ID: submission.Row.ID, ContentHash: b.keys[i].ContentHash, Revision: 1}
}

// insert writes submissions, drawing references until all of them are free.
func (b *batch) insert(ctx context.Context, submissions []Submission) ([]bool, error) {
	for range maxDraws {
		for n := range submissions {
			reference, err := NewReference()
			if err != nil {
				return nil, err
			}
			submissions[n].Row.Reference = reference
		}
		written, err := b.s.store.InsertLocal(ctx, b.author.ID, submissions)
		if !errors.Is(err, ErrReferenceTaken) {
			return written, err
		}
	}
	return nil, fmt.Errorf("%d times references drawn, one of them taken", maxDraws)
}

// prepare checks and anonymises events, as many at once as there are
// processors; nil for each that is refused.
func (b *batch) prepare(ctx context.Context, chunk []int) ([]*Submission, error) {
	prepared, errs := make([]*Submission, len(chunk)), make([]error, len(chunk))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(chunk)) {
		workers.Go(func() {
			for n := range next {
				prepared[n], errs[n] = b.prepareOne(ctx, chunk[n])
			}
		})
	}
	for n := range chunk {
		next <- n
	}
	close(next)
	workers.Wait()
	return prepared, errors.Join(errs...)
}

func (b *batch) prepareOne(ctx context.Context, i int) (*Submission, error) {
	l := &b.events[i]
	in := l.Input
	problems := append(checkLocal(l), b.s.Check(&in, b.author.Organisations)...)
	if l.Revision != nil {
		problems.Add(fault.NotApplicable, "You have sent no event under this reference yet; leave the revision out.", "revision")
	}
	if len(problems) > 0 {
		b.done[i] = b.result(i, OutcomeRefused, uuid.Nil, problems)
		return nil, nil
	}
	if in.Organisation == nil {
		in.Organisation = &b.author.Organisations[0]
	}
	names, err := b.colleagues(ctx, &in)
	if err != nil {
		return nil, err
	}
	submission, err := b.s.Prepare(&in, b.author, b.s.instant(), names)
	if err != nil {
		return nil, err
	}
	submission.Local = b.keys[i]
	return &submission, nil
}

// colleagues answers the people around an event, asking once for each set of
// organisations.
func (b *batch) colleagues(ctx context.Context, in *Input) ([]redaction.Known, error) {
	codes := organisationsOf(in)
	slices.Sort(codes)
	key := strings.Join(codes, " ")
	b.namesMu.Lock()
	defer b.namesMu.Unlock()
	if names, ok := b.names[key]; ok {
		return names, nil
	}
	names, err := b.s.store.Colleagues(ctx, b.author.ID, codes)
	if err != nil {
		return nil, fmt.Errorf("gathering the names that the service knows: %w", err)
	}
	b.names[key] = names
	return names, nil
}

func (b *batch) result(i int, outcome Outcome, id uuid.UUID, problems fault.Problems) *Submitted {
	return &Submitted{
		LocalReference: b.events[i].Reference, Outcome: outcome, id: id, Problems: problems.Under("events", strconv.Itoa(i)),
	}
}

// answer shows the client what it sent, in one statement.
func (b *batch) answer(ctx context.Context) ([]*Submitted, error) {
	var ids []uuid.UUID
	var of []*Submitted
	for _, result := range b.done {
		if result.id != uuid.Nil {
			ids, of = append(ids, result.id), append(of, result)
		}
	}
	if len(ids) == 0 {
		return b.done, nil
	}
	views, err := b.s.FindByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, view := range views {
		of[i].Event = view
	}
	return b.done, nil
}

func checkLocal(l *Local) fault.Problems {
	var problems fault.Problems
	switch length := utf8.RuneCountInString(l.Reference); {
	case strings.TrimSpace(l.Reference) == "":
		problems.Add(fault.Required, "Give your own reference to the event.", "localReference")
	case length > MaxLocalReference:
		problems.Addf(fault.TooLong, []string{"localReference"}, "At most %d characters.", MaxLocalReference)
	}
	return problems
}

// sameContent tells whether a client sends what it sent last.
func sameContent(r Referred, key *LocalReference) bool {
	return bytes.Equal(r.ContentHash, key.ContentHash)
}
