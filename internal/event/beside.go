package event

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/redaction"
)

// Words are texts that somebody typed beside an event, such as the notes of a
// review, as they are kept.
type Words struct {
	Texts            map[string]string // anonymised; without those that could not be
	RedactionVersion string
	Original         []byte // as typed, sealed
	Round            int    // how often the event's texts had been anonymised anew when they were written
}

// besideRevision takes the place of a revision in the key of words beside an
// event, which are sealed under an id of their own.
const besideRevision = -2

func besideKey(id uuid.UUID) TextKey { return TextKey{EventID: id, Revision: besideRevision} }

// Write anonymises and seals what the reader types beside an event, under an id.
// Who does not see the event is told that it is not there.
//
// People of the event keep their numbers for a reader of the original. Who reads
// the event anonymised refers to them by their placeholders. The engine is told
// no more than that reader knows, and numbers whom they name on from the event's:
// what becomes of a guess must not tell whether it is right.
func (s *Service) Write(ctx context.Context, event, id uuid.UUID, texts map[string]string) (Words, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return Words{}, err
	}
	found, ok, err := s.store.Subject(ctx, scope, authz.UpdateEvent, event)
	if err != nil {
		return Words{}, fmt.Errorf("reading an event to write beside it: %w", err)
	}
	if !ok {
		return Words{}, fault.New(fault.NotFound, "There is no such event.")
	}
	typed, err := s.unseal(Sealed{TextKey{event, found.Record.Revision}, found.Original})
	if err != nil {
		return Words{}, err
	}
	colleagues, err := s.colleaguesOf(ctx, found)
	if err != nil {
		return Words{}, err
	}
	known := redaction.Context{Known: knownTo(found, typed, colleagues), Redacted: numbersIn(typed.Redacted)}
	kept := original{Texts: texts}
	if textViewOf(found.Record.Shows) == TextViewOriginal {
		known.Redacted, kept.Marked = typed.Outside.apart(typed.Redacted), typed.Marked
	} else {
		kept.Outside.Fields = sortedKeys(texts)
	}
	a := s.anonymise(texts, nil, known, kept.Marked)
	kept.Spans = a.spans
	sealed, err := s.seal(besideKey(id), kept)
	if err != nil {
		return Words{}, fmt.Errorf("sealing words beside an event: %w", err)
	}
	return Words{Texts: a.texts, RedactionVersion: a.version, Original: sealed, Round: found.Round}, nil
}

// Read opens words that were written beside an event under an id.
func (s *Service) Read(id uuid.UUID, sealed []byte) (map[string]string, error) {
	typed, err := s.unseal(Sealed{besideKey(id), sealed})
	if err != nil {
		return nil, err
	}
	return typed.Texts, nil
}

// After answers where an operation leads from a state; ok is false where it
// leads nowhere from there.
func After(from Status, by Operation) (to Status, ok bool) { return after(from, by) }

// Refusal says why an operation leads nowhere from a state.
func Refusal(from Status) string { return refusal(from) }
