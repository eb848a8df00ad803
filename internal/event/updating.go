package event

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/redaction"
)

// Revised is the next revision of an event. What it followed goes into the
// history.
type Revised struct {
	Row      Row // the event as it stands after
	Patients []PatientRecord
	Original []byte // the sealed original of the revision
	Changed  []string
	Answers  []byte // the coded answers of the revision before, as JSON
	// Local is the reference of the client that sent it whole; nil for others.
	Local *LocalReference
	// Elsewhere are where it occurred, as is said now for the first time, beside
	// the organisation that recorded it.
	Elsewhere []Elsewhere
}

// Update changes what a patch gives of an event and nothing else, as its next
// revision. The whole is validated as a new record is, by the version of the
// taxonomy that the event was recorded under. Another revision than the
// one that the caller read is STALE_REVISION and stays as it is, and a patch
// that changes nothing makes no revision.
func (s *Service) Update(ctx context.Context, id uuid.UUID, revision int, patch Patch) (*View, fault.Problems, error) {
	if err := signedIn(authz.FromContext(ctx)); err != nil {
		return nil, nil, err
	}
	updated, problems, err := decided(func() (uuid.UUID, fault.Problems, error) {
		return s.update(ctx, id, revision, patch)
	})
	return s.answered(ctx, updated, problems, err)
}

func (s *Service) update(ctx context.Context, id uuid.UUID, revision int, patch Patch) (uuid.UUID, fault.Problems, error) {
	found, expected, _, err := s.subject(ctx, Updating, authz.UpdateEvent, id)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if problems := stale(found.Record, revision); len(problems) > 0 {
		return uuid.Nil, problems, nil
	}
	colleagues, err := s.colleaguesOf(ctx, found)
	if err != nil {
		return uuid.Nil, nil, err
	}
	revised, problems, err := s.PrepareUpdate(found, &patch, authz.FromContext(ctx), s.instant(), colleagues)
	if err != nil || len(problems) > 0 {
		return uuid.Nil, problems, err
	}
	if len(revised.Changed) == 0 {
		return id, nil, nil
	}
	if err := s.store.Revise(ctx, expected, revised); err != nil {
		return uuid.Nil, nil, fmt.Errorf("updating an event: %w", err)
	}
	return id, nil, nil
}

// PrepareUpdate makes everything that an event is kept as once its editor has
// changed it by a patch; nothing where there are problems, or where nothing
// changes. colleagues are the people with accounts around the event.
func (s *Service) PrepareUpdate(found Subject, patch *Patch, by authz.Principal, at time.Time, colleagues []redaction.Known) (Revised, fault.Problems, error) {
	e, err := s.edit(found)
	if err != nil {
		return Revised{}, nil, err
	}
	if problems := s.change(e, patch); len(problems) > 0 {
		return Revised{}, problems, nil
	}
	changed := differences(&e.before, &e.after)
	if len(changed) == 0 {
		return Revised{}, nil, nil
	}
	revised, err := s.revised(found, e, by, at, knownTo(found, e.typed, colleagues))
	if err != nil {
		return Revised{}, nil, err
	}
	revised.Row.Status, _ = after(found.Record.Status, Updating)
	revised.Changed = changed
	revised.Elsewhere = s.elsewhere(&revised.Row, e.before.Organisation, e.brought())
	return revised, nil, nil
}

// revised makes everything that the outcome of an edit is kept as.
func (s *Service) revised(found Subject, e *edit, by authz.Principal, at time.Time, names []redaction.Known) (Revised, error) {
	texts, a := s.rewrite(e, names)
	for field, text := range e.typed.Texts {
		if sealedAlone(field) {
			texts[field] = text
		}
	}
	typed := original{Texts: texts, Spans: a.spans, Redacted: e.typed.Redacted, Marked: e.typed.Marked, Outside: a.outside}
	typed.remember()
	r := found.Record
	key := TextKey{r.ID, r.Revision + 1}
	sealed, err := s.seal(key, typed)
	if err != nil {
		return Revised{}, fmt.Errorf("sealing the texts of a revision: %w", err)
	}
	row := Row{
		Record: Record{
			ID: r.ID, TaxonomyVersion: r.TaxonomyVersion, Revision: key.Revision,
			UpdatedAt: later(at, r.UpdatedAt), Texts: a.texts,
		},
		RedactionVersion: a.version,
		Author:           by,
	}
	patients := patientRecords(r.ID, &e.after)
	row.putContent(&e.after, patients)
	return Revised{Row: row, Patients: patients, Original: sealed, Answers: e.before.coded()}, nil
}

// later answers an instant, but one after another.
func later(at, than time.Time) time.Time {
	if at.After(than) {
		return at
	}
	return than.Add(time.Microsecond)
}

// rewrite answers the texts of an edit's outcome as typed and as anonymised.
func (s *Service) rewrite(e *edit, names []redaction.Known) (typed map[string]string, a anonymised) {
	if !e.original {
		return s.rewriteFaces(e, names)
	}
	typed = e.after.texts()
	return typed, s.rewriteTyped(e, typed, names)
}

// rewriteTyped anonymises what a reader of the original made of the texts. Where
// outsiders typed as well, what the hidden words make of it counts only where the
// reporter changed something, beside what was hidden before.
func (s *Service) rewriteTyped(e *edit, typed map[string]string, names []redaction.Known) anonymised {
	outside := e.typed.Outside.clone()
	known := redaction.Context{Known: names, Redacted: outside.apart(e.typed.Redacted)}
	fields := sortedKeys(typed)
	var passages, own, theirs, read []*passage
	before := map[*passage]string{}
	for _, field := range fields {
		was, text := e.typed.Texts[field], typed[field]
		p := &passage{text: text, fixed: carried(was, text, e.typed.Spans[field])}
		passages = append(passages, p)
		if !slices.Contains(outside.Fields, field) {
			own, read = append(own, p), append(read, p)
			continue
		}
		theirs = append(theirs, p)
		if text == was {
			p.leave()
			continue
		}
		read, before[p] = append(read, p), was
	}
	s.redact(read, known, e.typed.Marked)
	for p, was := range before {
		p.leaveWhereUnchanged(was)
	}
	s.readAsShown(theirs, own, known, &outside)
	a := anonymisedAs(fields, passages)
	a.outside = outside
	return a
}

// rewriteFaces is rewrite for an editor who reads the texts anonymised. The
// engine reads what the editor reads and nothing else, and then the words are put
// back behind the placeholders. So what it makes of a word that the editor typed
// does not tell whether the same word stands behind one of them.
func (s *Service) rewriteFaces(e *edit, names []redaction.Known) (typed map[string]string, a anonymised) {
	seen, hidden := e.after.texts(), map[string]bool{}
	for field := range seen {
		if e.unseen[field] { // and as it was, or it would have been refused
			hidden[field] = true
			delete(seen, field)
		}
	}
	a = s.anonymise(seen, nil, redaction.Context{Known: names, Redacted: numbersIn(e.typed.Redacted)}, nil)
	a.outside = e.typed.Outside.clone()
	typed = map[string]string{}
	before := e.before.texts()
	for _, field := range sortedKeys(seen) {
		text := seen[field]
		if text != before[field] {
			a.outside.typedInto(field)
		}
		f, isFace := e.faces[field]
		if old, was := e.typed.Texts[field]; was && !isFace { // and unchanged, or it would have been refused
			typed[field], a.spans[field], a.texts[field] = old, e.typed.Spans[field], text
			continue
		}
		kept, _ := f.keep(text)
		if _, ok := a.texts[field]; !ok { // the engine failed: it is hidden until it is tried again
			w := weave(text, kept, nil)
			typed[field], a.spans[field] = w.typed, w.spans
			continue
		}
		a.outside.named(a.spans[field])
		w := weave(text, kept, a.spans[field])
		typed[field], a.spans[field], a.texts[field] = w.typed, w.spans, w.shown
	}
	for field := range hidden {
		typed[field], a.spans[field] = e.typed.Texts[field], e.typed.Spans[field]
		a.version = IncompleteRedaction
	}
	return typed, a
}

// colleaguesOf answers the people with accounts around an event.
func (s *Service) colleaguesOf(ctx context.Context, found Subject) ([]redaction.Known, error) {
	r := found.Record
	author := authz.FromContext(ctx).ID
	if r.RecordedBy != nil {
		author = *r.RecordedBy
	}
	known, err := s.store.Colleagues(ctx, author, organisationsOf(&Input{Organisation: r.Organisation, OccurredAtOrganisations: r.OccurredAtOrganisations}))
	if err != nil {
		return nil, fmt.Errorf("gathering the names that the service knows: %w", err)
	}
	return known, nil
}

// knownTo answers the names that the engine is told of for an editor: the people
// around the event, as far as the editor may know of them, and with the
// original the reporter's contact details.
func knownTo(found Subject, typed original, colleagues []redaction.Known) []redaction.Known {
	if textViewOf(found.Record.Shows) != TextViewOriginal {
		return colleagues
	}
	contact := contactOf(&Input{ReporterContact: lookup(typed.Texts, fieldContact)})
	return slices.Concat(colleagues, contact)
}
