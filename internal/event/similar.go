package event

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// DefaultSimilar is how many similar events are answered unless another number is asked for.
const DefaultSimilar = 5

// MaxSimilar is the most similar events that are answered for one.
const MaxSimilar = 20

// Similar is an event beside how alike another it is: the graph's SimilarEvent.
type Similar struct {
	Event *View
	// Score is at most 1, which is an event that says the same.
	Score float64
}

// Comparer finds similar events: among those, of all that the scope shows with anonymised text and answers, which were
// recorded latest, and those that have a word that is sought. Of an original it knows nothing.
type Comparer interface {
	// Vocabulary answers the words of events, and what the latest that the scope shows are.
	Vocabulary(ctx context.Context, scope authz.Scope, events []uuid.UUID) (Vocabulary, error)
	// Alike answers, for each comparison, the events most alike, the most alike first and of those equally so the latest
	// recorded.
	Alike(ctx context.Context, scope authz.Scope, comparing Comparing) ([]Likeness, error)
}

// Vocabulary is what words events have, as far as a reader is shown them.
type Vocabulary struct {
	// Latest are the events that were recorded latest, among which words are counted. Unless Others, they are all that
	// there are.
	Latest []uuid.UUID
	Others bool
	// Words are each event's; an event without any, or that is not shown, is not in it.
	Words map[uuid.UUID][]Word
}

// Word is a word as the search index has it, without its ending.
type Word struct {
	Stem string
	// Among is how many of the latest events have it.
	Among int
	// Everywhere is about how many of all events may have it: what it costs to look for.
	Everywhere float64
}

// Comparing asks for the events most alike some.
type Comparing struct {
	Latest []uuid.UUID
	Each   []Comparison
	First  int
}

// Comparison is what of an event's text is compared.
type Comparison struct {
	Event uuid.UUID
	// Words are by how much they weigh: those of Words[0] once, of Words[1] twice and so on.
	Words [Weights][]string
	// Total is the weight of all words together.
	Total int
	// Sought are the words that events are looked for by, beyond the latest.
	Sought []string
}

// Likeness is how alike two events are.
type Likeness struct {
	Event, Other uuid.UUID
	Score        float64
}

const (
	// Weights is how many weights of words there are. Each is of words four times as rare as the one before.
	Weights = 4
	// common is the share of events from which on a word weighs least.
	common = 1.0 / 16
	// fewest is the number of events that shares are taken of where there are fewer: among three, a word that
	// two have is not a common one.
	fewest = 100
	// mostWords bounds the words of an event that are compared, the rarest first.
	mostWords = 64
	// mostSought bounds how many events may be found by the words that are sought: reading them is what takes time.
	mostSought = 3000
)

// Similar answers, for each view, the events most alike it that the reader may see, the most alike first: a fixed number
// of statements for all views. Drafts and withdrawn events have none, and are none.
func (s *Service) Similar(ctx context.Context, views []*View, first *int) ([][]*Similar, error) {
	size := DefaultSimilar
	if first != nil {
		size = *first
	}
	if size < 1 || size > MaxSimilar {
		return nil, fault.New(fault.BadUserInput, fmt.Sprintf("first must be between 1 and %d.", MaxSimilar))
	}
	scope, err := s.scope(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.likenesses(ctx, scope, keysOf(views), size)
	if err != nil {
		return nil, err
	}
	others := make([]uuid.UUID, len(found))
	for i, likeness := range found {
		others[i] = likeness.Other
	}
	shown, err := s.FindByID(ctx, others)
	if err != nil {
		return nil, err
	}
	byEvent := map[uuid.UUID][]*Similar{}
	for i, likeness := range found {
		if shown[i] != nil {
			byEvent[likeness.Event] = append(byEvent[likeness.Event], &Similar{Event: shown[i], Score: likeness.Score})
		}
	}
	all := make([][]*Similar, len(views))
	for i, view := range views {
		all[i] = append([]*Similar{}, byEvent[view.Key()]...)
	}
	return all, nil
}

func (s *Service) likenesses(ctx context.Context, scope authz.Scope, events []uuid.UUID, first int) ([]Likeness, error) {
	vocabulary, err := s.store.Vocabulary(ctx, scope, events)
	if err != nil {
		return nil, fmt.Errorf("reading words of events: %w", err)
	}
	comparing := Comparing{Latest: vocabulary.Latest, Each: vocabulary.comparisons(), First: first}
	if len(comparing.Each) == 0 {
		return nil, nil
	}
	found, err := s.store.Alike(ctx, scope, comparing)
	if err != nil {
		return nil, fmt.Errorf("finding similar events: %w", err)
	}
	return found, nil
}

// comparisons answers what is compared of each event that has something to be compared.
func (v Vocabulary) comparisons() []Comparison {
	var all []Comparison
	for event, words := range v.Words {
		counted, itself := len(v.Latest), 0
		if slices.Contains(v.Latest, event) {
			counted, itself = counted-1, 1
		}
		for i := range words {
			words[i].Among -= itself
		}
		c := comparisonOf(words, counted)
		if c.Event = event; !v.Others {
			c.Sought = nil
		}
		if c.Total > 0 {
			all = append(all, c)
		}
	}
	return all
}

// comparisonOf weighs the words of an event by how rare they are among events counted.
func comparisonOf(words []Word, counted int) Comparison {
	slices.SortFunc(words, rarestFirst)
	var c Comparison
	cost := 0.0
	for _, word := range words[:min(len(words), mostWords)] {
		weight := weightOf(word, counted)
		c.Words[weight-1] = append(c.Words[weight-1], word.Stem)
		c.Total += weight
		if cost+word.Everywhere <= mostSought {
			cost += word.Everywhere
			c.Sought = append(c.Sought, word.Stem)
		}
	}
	return c
}

// rarestFirst orders words by how rare they are, for the reader first; longer ones, which tell more, come first among equals.
func rarestFirst(a, b Word) int {
	return cmp.Or(cmp.Compare(a.Among, b.Among), cmp.Compare(len(b.Stem), len(a.Stem)), cmp.Compare(a.Stem, b.Stem))
}

// weightOf answers how much a word weighs.
func weightOf(word Word, counted int) int {
	share := max(float64(word.Among), 0.1) / float64(max(counted, fewest))
	return min(Weights, 1+int(max(0, math.Ceil(math.Log(common/share)/math.Log(4)))))
}
