package event

import (
	"context"
	"errors"
	"fmt"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// settle decides about an event whose reference the service knows.
func (b *batch) settle(ctx context.Context, i int) error {
	if b.done[i] != nil {
		return nil
	}
	hash := string(b.keys[i].ReferenceHash)
	if _, known := b.known[hash]; !known && b.first[hash] != i { // the first of this reference was refused
		if err := b.createChunk(ctx, []int{i}); err != nil || b.done[i] != nil {
			return err
		}
	}
	for range maxTries {
		if err := b.recall(ctx, i); err != nil {
			return err
		}
		result, err := b.resubmit(ctx, i, b.known[hash])
		if !errors.Is(err, ErrOvertaken) {
			b.done[i] = result
			return err
		}
		delete(b.known, hash)
	}
	return fault.New(fault.Conflict, "Others are changing this event at the same time; try again.")
}

// recall reads anew what a client sent before under a reference, unless it is
// known as it stands.
func (b *batch) recall(ctx context.Context, i int) error {
	hash := b.keys[i].ReferenceHash
	if _, known := b.known[string(hash)]; known {
		return nil
	}
	found, err := b.s.store.Referred(ctx, b.author.ID, [][]byte{hash})
	if err != nil {
		return fmt.Errorf("looking for what a client sent before: %w", err)
	}
	referred, ok := found[string(hash)]
	if !ok {
		return errors.New("a reference is neither known nor new")
	}
	b.known[string(hash)] = referred
	return nil
}

// resubmit decides what becomes of an event that the client sent before.
func (b *batch) resubmit(ctx context.Context, i int, sent Referred) (*Submitted, error) {
	l := &b.events[i]
	if l.Revision == nil && sameContent(sent, b.keys[i]) {
		return b.result(i, OutcomeUnchanged, sent.ID, nil), nil
	}
	scope, err := b.s.scope(ctx)
	if err != nil {
		return nil, err
	}
	found, ok, err := b.s.store.Subject(ctx, scope, authz.UpdateEvent, sent.ID)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.New(fault.NotFound, "There is no such event.")
	}
	if found.Record.Revision == sent.Revision && sameContent(sent, b.keys[i]) { // written over before, and not answered
		return b.result(i, OutcomeUnchanged, sent.ID, nil), nil
	}
	refused := func(code fault.Code, message, path string) *Submitted {
		var problems fault.Problems
		problems.Add(code, message, path)
		return b.result(i, OutcomeRefused, sent.ID, problems)
	}
	if _, may := after(found.Record.Status, Updating); !may || !found.Permitted {
		return refused(fault.NotApplicable, refusal(found.Record.Status), "localReference"), nil
	}
	expected := sent.Revision
	if l.Revision != nil {
		expected = *l.Revision
	}
	if found.Record.Revision != expected {
		conflict := refused(fault.StaleRevision, "The event was changed since you sent it; read it, and send its revision to write over it.", "revision")
		conflict.Outcome = OutcomeConflict
		return conflict, b.overtaken(ctx, i, sent)
	}
	return b.revise(ctx, i, found, Expected{
		Scope: scope, Action: authz.UpdateEvent, ID: sent.ID, Status: found.Record.Status, Revision: found.Record.Revision, Round: found.Round,
	})
}

// overtaken answers ErrOvertaken where the client itself said more of an event
// since that was looked for, in another call at the same time.
func (b *batch) overtaken(ctx context.Context, i int, sent Referred) error {
	hash := b.keys[i].ReferenceHash
	found, err := b.s.store.Referred(ctx, b.author.ID, [][]byte{hash})
	if err != nil {
		return fmt.Errorf("looking for what a client sent meanwhile: %w", err)
	}
	if found[string(hash)].Revision != sent.Revision {
		return ErrOvertaken
	}
	return nil
}

// revise makes what a client sends the next revision of an event.
func (b *batch) revise(ctx context.Context, i int, found Subject, expected Expected) (*Submitted, error) {
	id, hash := found.Record.ID, string(b.keys[i].ReferenceHash)
	revised, problems, err := b.prepareRevision(ctx, i, found)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return b.result(i, OutcomeRefused, id, problems), nil
	}
	if len(revised.Changed) == 0 {
		if err := b.s.store.Refer(ctx, *b.keys[i], found.Record.Revision); err != nil {
			return nil, err
		}
		b.known[hash] = Referred{ID: id, ContentHash: b.keys[i].ContentHash, Revision: found.Record.Revision}
		return b.result(i, OutcomeUnchanged, id, nil), nil
	}
	revised.Local = b.keys[i]
	if err := b.s.store.Revise(ctx, expected, revised); err != nil {
		return nil, err
	}
	b.known[hash] = Referred{ID: id, ContentHash: b.keys[i].ContentHash, Revision: revised.Row.Revision}
	return b.result(i, OutcomeUpdated, id, nil), nil
}

// prepareRevision makes everything that an event is kept as once it says what a
// client sends, the whole of it.
func (b *batch) prepareRevision(ctx context.Context, i int, found Subject) (Revised, fault.Problems, error) {
	e, err := b.s.edit(found)
	if err != nil {
		return Revised{}, nil, err
	}
	if !e.original {
		return Revised{}, nil, fault.New(fault.Forbidden, "You are not shown this event as you sent it, so you cannot write over it.")
	}
	problems := b.replace(i, e)
	if len(problems) > 0 {
		return Revised{}, problems, nil
	}
	changed := differences(&e.before, &e.after)
	if orZero(e.after.ReporterContact) != e.typed.Texts[fieldContact] {
		changed = append(changed, fieldContact)
	}
	if len(changed) == 0 {
		return Revised{}, nil, nil
	}
	e.replaceContact()
	names, err := b.colleagues(ctx, &e.after)
	if err != nil {
		return Revised{}, nil, err
	}
	revised, err := b.s.revised(found, e, b.author, b.s.instant(), knownTo(found, e.typed, names))
	if err != nil {
		return Revised{}, nil, err
	}
	revised.Row.Status, _ = after(found.Record.Status, Updating)
	revised.Changed = changed
	revised.Elsewhere = b.s.elsewhere(&revised.Row, e.before.Organisation, e.brought())
	return revised, nil, nil
}

// replace makes an edit's outcome what a client sends, and validates it as an
// update is. The organisation that recorded an event stays.
func (b *batch) replace(i int, e *edit) fault.Problems {
	problems := checkLocal(&b.events[i])
	e.after = b.events[i].Input.clone()
	if e.after.Organisation != nil && orZero(e.before.Organisation) != *e.after.Organisation {
		problems.Add(fault.NotApplicable, "The organisation that recorded an event cannot be changed.", "event", "organisation")
	}
	e.after.Organisation = e.before.Organisation
	problems = append(problems, b.s.checkAfter(e)...)
	e.after.tidy()
	return problems
}

// replaceContact takes the contact details of an edit's outcome to where they
// are sealed, beside the texts.
func (e *edit) replaceContact() {
	delete(e.typed.Texts, fieldContact)
	if !blank(e.after.ReporterContact) {
		e.typed.Texts[fieldContact] = *e.after.ReporterContact
	}
	e.after.ReporterContact = nil
}
