package event

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/redaction"
)

// Rewriter keeps other anonymised texts of what was typed. What was typed does
// not change, and no revision is made.
type Rewriter interface {
	// Texts answers everything of one event that is text; ok is false where it
	// does not exist for the scope's reader.
	Texts(ctx context.Context, scope authz.Scope, id uuid.UUID) (texts KeptTexts, ok bool, err error)
	// RedactFurther writes the texts of an event, changed by what somebody
	// marked.
	RedactFurther(ctx context.Context, e Expected, m Marking) error
	// Upgrade has a batch of events rewritten in one transaction, which locks
	// them. It answers how many there were, and the last: the next batch is after
	// it.
	Upgrade(ctx context.Context, scope authz.Scope, b Batch, rewrite Rewrite) (n int, last uuid.UUID, err error)
	// CountOutdated answers how many events have texts of another version.
	CountOutdated(ctx context.Context, scope authz.Scope, version string) (int, error)
}

// Rewrite answers events as they are to be kept.
type Rewrite func(ctx context.Context, events []KeptTexts) ([]KeptTexts, error)

// KeptTexts is everything of one event that is text, and what anonymising it
// takes.
type KeptTexts struct {
	ID               uuid.UUID
	RedactionVersion string
	Revisions        []RevisionTexts // the earliest first
	// Reason is why it was withdrawn; nil where it was not.
	Reason *RevisionTexts
	// Beside are the words that people typed beside it.
	Beside []RevisionTexts
	// OwnReason tells whether whoever recorded the event withdrew it.
	OwnReason bool
	// Colleagues are the author and the people of the organisations around the
	// event, where it is anonymised anew.
	Colleagues []redaction.Known
}

// RevisionTexts are the texts of one revision, or the reason of a withdrawal, or
// words that stand beside the event.
type RevisionTexts struct {
	Revision         int
	Beside           uuid.UUID         // the id under which words beside the event are kept; zero for its own texts
	Texts            map[string]string // anonymised
	RedactionVersion string
	Original         []byte // sealed; nil, when it is written, where it stays as it is
}

// Marking is what is kept when somebody has marked words.
type Marking struct {
	Texts KeptTexts
	At    time.Time
	By    authz.Principal
	Field string
}

// Batch is which events are anonymised anew together.
type Batch struct {
	Version string    // those with a text of any other
	After   uuid.UUID // those with a greater id
	Size    int
	At      time.Time // when it is done
	// Wait waits for events that somebody is changing, instead of passing over
	// them.
	Wait bool
	// DryRun locks and writes nothing.
	DryRun bool
}

// sheet is a revision's texts laid open, or a withdrawal's reason.
type sheet struct {
	key     TextKey
	typed   original
	shown   map[string]string
	version string
	before  []byte // what is sealed, as it was before anything changed
}

// spot is where a passage stands: the same words in several revisions are one
// passage.
type spot struct {
	sheet   *sheet
	field   string
	passage *passage
	// asShown says that the passage is the text as it is shown, since what stands
	// behind its placeholders cannot be told.
	asShown bool
}

// key names the texts of an event under seal.
func (r RevisionTexts) key(event uuid.UUID) TextKey {
	if r.Beside != uuid.Nil {
		return besideKey(r.Beside)
	}
	return TextKey{event, r.Revision}
}

// open lays open the texts of revisions of an event.
func (s *Service) open(id uuid.UUID, revisions []RevisionTexts) ([]*sheet, error) {
	sheets := make([]*sheet, len(revisions))
	for i, r := range revisions {
		key := r.key(id)
		typed, err := s.unseal(Sealed{key, r.Original})
		if err != nil {
			return nil, err
		}
		sheets[i] = &sheet{key: key, typed: typed, shown: maps.Clone(r.Texts), version: r.RedactionVersion, before: plain(typed)}
		if sheets[i].shown == nil {
			sheets[i].shown = map[string]string{}
		}
		sheets[i].typed.findSpans(r.Texts)
	}
	return sheets, nil
}

// close answers sheets as they are to be kept. Originals that have not changed
// are not sealed again.
func (s *Service) close(sheets []*sheet) ([]RevisionTexts, error) {
	kept := make([]RevisionTexts, len(sheets))
	for i, one := range sheets {
		kept[i] = RevisionTexts{Revision: one.key.Revision, Texts: one.shown, RedactionVersion: one.version}
		if one.key.Revision == besideRevision {
			kept[i].Beside = one.key.EventID
		}
		if slices.Equal(one.before, plain(one.typed)) {
			continue
		}
		var err error
		if kept[i].Original, err = s.seal(one.key, one.typed); err != nil {
			return nil, fmt.Errorf("sealing the texts of a revision: %w", err)
		}
	}
	return kept, nil
}

// asTyped lists the texts of sheets as they were typed, hidden ones too. Where a
// text is shown otherwise than its spans say, it is read as it is shown. Those
// into which outsiders typed are theirs, each by itself and as it stands.
func asTyped(sheets []*sheet, outside outsiders) (spots []spot, own, theirs []*passage) {
	known := map[string]*passage{}
	for _, one := range sheets {
		for _, field := range one.fields() {
			text, spans := one.typed.Texts[field], one.typed.Spans[field]
			shown, isShown := one.shown[field]
			_, agrees := faceOf(text, spans, shown)
			at := spot{sheet: one, field: field, asShown: isShown && !agrees}
			if at.asShown {
				text, spans = shown, nil
			}
			if one.isOutside(field, outside) {
				at.passage = &passage{text: text, fixed: spans}
				at.passage.leave()
				spots, theirs = append(spots, at), append(theirs, at.passage)
				continue
			}
			if at.passage = known[text]; at.passage == nil {
				at.passage = &passage{text: text}
				known[text] = at.passage
				own = append(own, at.passage)
			}
			at.passage.fix(spans)
			spots = append(spots, at)
		}
	}
	return spots, own, theirs
}

// isOutside tells whether a text is read as outsiders' is: in every revision, so
// that two of them side by side do not tell what is behind a placeholder. One that
// nobody was shown is, where they had typed into it; its spans hide the rest.
func (one *sheet) isOutside(field string, outside outsiders) bool {
	if _, isShown := one.shown[field]; isShown {
		return slices.Contains(outside.Fields, field)
	}
	return slices.Contains(one.typed.Outside.Fields, field)
}

// fix adds spans to those that are hidden whatever the engine finds.
func (p *passage) fix(spans []redaction.Span) {
	for _, s := range spans {
		if !slices.Contains(p.fixed, s) {
			p.fixed = append(p.fixed, s)
		}
	}
}

// asShown lists the texts of sheets that are shown.
func asShown(sheets []*sheet) (spots []spot, passages []*passage) {
	for _, one := range sheets {
		for _, field := range one.fields() {
			text, spans := one.typed.Texts[field], one.typed.Spans[field]
			shown, isShown := one.shown[field]
			if !isShown {
				continue
			}
			_, agrees := faceOf(text, spans, shown)
			if !agrees {
				text, spans = shown, nil
			}
			p := &passage{text: text, fixed: spans, spans: spans, shown: shown, ok: true}
			passages = append(passages, p)
			spots = append(spots, spot{one, field, p, !agrees})
		}
	}
	return spots, passages
}

// fields are the fields of a sheet whose texts are read anonymised.
func (one *sheet) fields() []string {
	return slices.DeleteFunc(sortedKeys(one.typed.Texts), sealedAlone)
}

// settle writes into the sheets what became of the passages.
func settle(spots []spot) {
	for _, at := range spots {
		if !at.passage.ok {
			delete(at.sheet.shown, at.field)
			at.sheet.version = IncompleteRedaction
			continue
		}
		at.sheet.shown[at.field] = at.passage.shown
		if !at.asShown {
			at.sheet.typed.Spans[at.field] = at.passage.spans
		}
	}
}

// outdated tells whether an event has a text of another version of the engine.
func (t *KeptTexts) outdated() bool {
	isOther := func(r RevisionTexts) bool { return r.RedactionVersion != redaction.Version }
	return t.RedactionVersion != redaction.Version || slices.ContainsFunc(t.Revisions, isOther) || slices.ContainsFunc(t.Beside, isOther)
}
