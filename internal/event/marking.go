package event

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/redaction"
)

// MaxMarked is how many characters can be marked as identifying at once.
const MaxMarked = 500

// RedactFurther hides words that a reader of an anonymised text marks as
// identifying: in that text, wherever else they stand in the record as it is
// shown, in every revision of it, and for good. Whoever recorded the event still
// reads what they typed.
//
// The words are looked for in the anonymised text alone. Whether they stand in
// the original, behind a placeholder, changes nothing: not the answer and not
// what is kept.
func (s *Service) RedactFurther(ctx context.Context, id uuid.UUID, revision int, field, words string) (*View, fault.Problems, error) {
	if err := signedIn(authz.FromContext(ctx)); err != nil {
		return nil, nil, err
	}
	marked, problems, err := decided(func() (uuid.UUID, fault.Problems, error) {
		return s.redactFurther(ctx, id, revision, field, strings.TrimSpace(words))
	})
	return s.answered(ctx, marked, problems, err)
}

func (s *Service) redactFurther(ctx context.Context, id uuid.UUID, revision int, field, words string) (uuid.UUID, fault.Problems, error) {
	found, expected, _, err := s.subject(ctx, RedactingFurther, authz.RedactFurther, id)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if problems := stale(found.Record, revision); len(problems) > 0 {
		return uuid.Nil, problems, nil
	}
	shown, err := anonymisedFor(found)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if problems := checkMarked(words, shown[field]); len(problems) > 0 {
		return uuid.Nil, problems, nil
	}
	texts, ok, err := s.store.Texts(ctx, expected.Scope, id)
	if err != nil {
		return uuid.Nil, nil, fmt.Errorf("reading the texts of an event: %w", err)
	}
	if !ok {
		return uuid.Nil, nil, ErrOvertaken // and what it has become is found out anew
	}
	if texts, err = s.mark(texts, words); err != nil {
		return uuid.Nil, nil, err
	}
	m := Marking{Texts: texts, At: later(s.instant(), found.Record.UpdatedAt), By: authz.FromContext(ctx), Field: field}
	if err := s.store.RedactFurther(ctx, expected, m); err != nil {
		return uuid.Nil, nil, fmt.Errorf("hiding marked words of an event: %w", err)
	}
	return id, nil, nil
}

// anonymisedFor answers the anonymised texts that somebody may mark words of:
// those that others read.
func anonymisedFor(found Subject) (map[string]string, error) {
	r := found.Record
	if r.Withdrawal != nil {
		if !r.Shows.Has(authz.Reason) || r.Withdrawal.Reason == nil {
			return nil, nil
		}
		return map[string]string{fieldReason: *r.Withdrawal.Reason}, nil
	}
	if textViewOf(r.Shows) == TextViewHidden {
		return nil, fault.New(fault.Forbidden, "You are not shown the texts of this event.")
	}
	return found.Anonymised, nil
}

// checkMarked answers a problem with words that cannot be marked in a shown
// text.
func checkMarked(words, shown string) fault.Problems {
	var problems fault.Problems
	add := func(message string) { problems.Add(fault.Invalid, message, "text") }
	telling := 0
	for _, c := range words {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			telling++
		}
	}
	switch {
	case !utf8.ValidString(words) || strings.ContainsRune(words, 0):
		add("The words have characters that are not text; mark them again.")
	case utf8.RuneCountInString(words) > MaxMarked:
		problems.Addf(fault.Invalid, []string{"text"}, "At most %d characters; mark a longer passage in parts.", MaxMarked)
	case telling < 2:
		add("Mark at least two letters or digits.")
	case len(redaction.Placeholders(words)) > 0:
		add("Leave out placeholders, such as [NAME 1]: what is behind them is hidden already. Mark the words on either side by themselves.")
	case len(occurrences(shown, []string{words})) == 0:
		add("These words do not stand in the anonymised text of this field. Give whole words, as you read them.")
	}
	return problems
}

// mark hides words in the texts of an event, as they are shown.
func (s *Service) mark(texts KeptTexts, words string) (KeptTexts, error) {
	revisions, err := s.open(texts.ID, texts.Revisions)
	if err != nil {
		return KeptTexts{}, err
	}
	reasons, err := s.open(texts.ID, texts.reasons())
	if err != nil {
		return KeptTexts{}, err
	}
	beside, err := s.open(texts.ID, texts.Beside)
	if err != nil {
		return KeptTexts{}, err
	}
	sheets := slices.Concat(revisions, reasons, beside)
	spots, passages := asShown(sheets)
	marked, redacted := remembered(revisions)
	// What was marked before is hidden already, but where somebody typed it since
	// who reads the texts anonymised: what becomes of that must not tell.
	s.hideMarked(passages, redacted, []string{words})
	settle(spots)
	if !slices.Contains(marked, words) {
		marked = append(marked, words)
	}
	for _, one := range sheets {
		one.typed.Marked = marked
	}
	return s.rewritten(texts, revisions, reasons, beside)
}

// remembered is what was ever marked and hidden in a record.
func remembered(sheets []*sheet) (marked []string, redacted []redaction.Redacted) {
	isMarked, isRedacted := map[string]bool{}, map[redaction.Redacted]bool{}
	for _, one := range sheets {
		for _, words := range one.typed.Marked {
			if !isMarked[words] {
				marked, isMarked[words] = append(marked, words), true
			}
		}
		for _, r := range one.typed.Redacted {
			if !isRedacted[r] {
				redacted, isRedacted[r] = append(redacted, r), true
			}
		}
	}
	return marked, redacted
}

// reasons is why an event was withdrawn, as a list of one or none.
func (t *KeptTexts) reasons() []RevisionTexts {
	if t.Reason == nil {
		return nil
	}
	return []RevisionTexts{*t.Reason}
}

// rewritten answers the texts of an event as its sheets now say.
func (s *Service) rewritten(texts KeptTexts, revisions, reasons, beside []*sheet) (KeptTexts, error) {
	var err error
	if texts.Beside, err = s.close(beside); err != nil {
		return KeptTexts{}, err
	}
	if texts.Revisions, err = s.close(revisions); err != nil {
		return KeptTexts{}, err
	}
	kept, err := s.close(reasons)
	if err != nil {
		return KeptTexts{}, err
	}
	if len(kept) > 0 {
		texts.Reason = &kept[0]
	}
	return texts, nil
}
