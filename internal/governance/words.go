package governance

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
)

// texts are what somebody typed, by field; nil where nothing was.
type texts map[string]*string

// given are those that say something.
func (t texts) given() map[string]string {
	given := map[string]string{}
	for field, text := range t {
		if text != nil && strings.TrimSpace(*text) != "" {
			given[field] = *text
		}
	}
	return given
}

// check answers what is wrong with them, in the order of their fields.
func (t texts) check() fault.Problems {
	var problems fault.Problems
	for _, field := range []string{"reference", fieldNotes, "findings", "learning", fieldReason} {
		text := t[field]
		if text == nil {
			continue
		}
		if utf8.RuneCountInString(*text) > event.MaxText {
			problems.Add(fault.TooLong, "At most "+strconv.Itoa(event.MaxText)+" characters.", field)
		}
		if strings.ContainsRune(*text, 0) || !utf8.ValidString(*text) {
			problems.Add(fault.Invalid, "The text has characters that are not text; type it again.", field)
		}
	}
	return problems
}

// write anonymises and seals what somebody typed beside an event; nothing where
// they typed nothing, or have something to mend.
func (s *Service) write(ctx context.Context, of, id uuid.UUID, typed texts, problems fault.Problems) (event.Words, error) {
	given := typed.given()
	if len(given) == 0 || len(problems) > 0 {
		return event.Words{}, nil
	}
	words, err := s.events.Write(ctx, of, id, given)
	if err != nil {
		return event.Words{}, fmt.Errorf("writing beside an event: %w", err)
	}
	return words, nil
}

// maxTries bounds how often words are anonymised again because the event's were
// meanwhile.
const maxTries = 5

var errOvertaken = errors.New("the event's texts were anonymised anew meanwhile")

// actInWords is act with something that the reader types beside the event, to be
// kept under an id. Words that somebody marked in the event meanwhile would stand
// in it: then it is anonymised again.
func (s *Service) actInWords(ctx context.Context, action authz.Action, of, id uuid.UUID, typed texts,
	decide func(Found, event.Words, fault.Problems) (Change, fault.Problems, error),
) (fault.Problems, error) {
	unusable := typed.check()
	for range maxTries {
		words, err := s.write(ctx, of, id, typed, unusable)
		if err != nil {
			return nil, err
		}
		problems, err := s.act(ctx, action, of, func(found Found) (Change, fault.Problems, error) {
			if words.Original != nil && words.Round != found.Round {
				return Change{}, nil, errOvertaken
			}
			return decide(found, words, unusable)
		})
		if !errors.Is(err, errOvertaken) {
			return problems, err
		}
	}
	return nil, fault.New(fault.Conflict, "Others are changing this event at the same time; try again.")
}
