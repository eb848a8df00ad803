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
	found, expected, to, err := s.subject(ctx, Updating, authz.UpdateEvent, id)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if problems := stale(found.Record, revision); len(problems) > 0 {
		return uuid.Nil, problems, nil
	}
	e, err := s.edit(found)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if problems := s.change(e, &patch); len(problems) > 0 {
		return uuid.Nil, problems, nil
	}
	changed := differences(&e.before, &e.after)
	if len(changed) == 0 {
		return id, nil, nil
	}
	revised, err := s.revised(ctx, found, e)
	if err != nil {
		return uuid.Nil, nil, err
	}
	revised.Row.Status, revised.Changed = to, changed
	if err := s.store.Revise(ctx, expected, revised); err != nil {
		return uuid.Nil, nil, fmt.Errorf("updating an event: %w", err)
	}
	return id, nil, nil
}

// revised makes everything that the outcome of an edit is kept as.
func (s *Service) revised(ctx context.Context, found Subject, e *edit) (Revised, error) {
	names, err := s.namesKnownTo(ctx, found, e.typed)
	if err != nil {
		return Revised{}, err
	}
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
			UpdatedAt: later(s.instant(), r.UpdatedAt), Texts: a.texts,
		},
		RedactionVersion: a.version,
		Author:           authz.FromContext(ctx),
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

// namesKnownTo answers the names that the engine is told of for an editor: the
// people around the event, as far as the editor may know of them, and with the
// original the reporter's contact details.
func (s *Service) namesKnownTo(ctx context.Context, found Subject, typed original) ([]redaction.Known, error) {
	r := found.Record
	author := authz.FromContext(ctx).ID
	if r.RecordedBy != nil {
		author = *r.RecordedBy
	}
	in := Input{Organisation: r.Organisation, OccurredAtOrganisations: r.OccurredAtOrganisations}
	known, err := s.store.Colleagues(ctx, author, organisationsOf(&in))
	if err != nil {
		return nil, fmt.Errorf("gathering the names that the service knows: %w", err)
	}
	if textViewOf(r.Shows) == TextViewOriginal {
		in.ReporterContact = lookup(typed.Texts, fieldContact)
		known = append(known, contactOf(&in)...)
	}
	return known, nil
}
