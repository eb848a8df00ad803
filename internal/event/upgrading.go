package event

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"lfpse/internal/authz"
	"lfpse/internal/redaction"
)

// batchSize is how many events are anonymised anew in one transaction. Whoever
// wants to change one of them waits for it: some tens of milliseconds.
const batchSize = 50

// Upgrade says what became of the texts that another version of the engine had
// anonymised: numbers, never words.
type Upgrade struct {
	Events  int // whose texts were anonymised anew
	Texts   int // those of every revision
	Changed int // texts that read otherwise now
	Hidden  int // texts that could not be anonymised, and stay hidden
	// Unopened are the events whose originals do not open: their texts stay as
	// they are.
	Unopened []uuid.UUID
	// Added and Gone count by class what is hidden now and was not before, and
	// the other way round: what became part of something else that is hidden.
	Added, Gone map[redaction.Class]int
}

// UpgradeOptions say how texts are anonymised anew.
type UpgradeOptions struct {
	// DryRun changes nothing.
	DryRun bool
	// Outdated is told, before anything is done, how many events there are to do.
	Outdated func(events int)
	// Done is told after each batch how many events were done.
	Done func(events int)
}

// Upgrade anonymises anew the texts of every event that has a text of another
// version of the engine, or one that could not be anonymised. Whatever was hidden
// in a record stays hidden. An event whose originals do not open is passed over. Each batch is kept as it is done: another call, or one
// in another process at the same time, goes on with the rest.
func (s *Service) Upgrade(ctx context.Context, o UpgradeOptions) (Upgrade, error) {
	scope := authz.System(authz.Events, "redaction is upgraded")
	outdated, err := s.store.CountOutdated(ctx, scope, redaction.Version)
	if err != nil {
		return Upgrade{}, fmt.Errorf("counting the events with texts of another version: %w", err)
	}
	o.Outdated(outdated)
	u := upgrading{service: s, options: o, scope: scope, tried: map[uuid.UUID]bool{}, done: Upgrade{
		Added: map[redaction.Class]int{}, Gone: map[redaction.Class]int{},
	}}
	// What somebody was changing is passed over at first and waited for at the end.
	for _, wait := range []bool{false, true} {
		if err := u.sweep(ctx, wait); err != nil {
			return u.done, fmt.Errorf("anonymising texts anew: %w", err)
		}
		if o.DryRun {
			break
		}
	}
	return u.done, nil
}

// upgrading is one call of Upgrade under way.
type upgrading struct {
	service *Service
	options UpgradeOptions
	scope   authz.Scope
	tried   map[uuid.UUID]bool // that stay outdated, since a text could not be anonymised, or opened
	done    Upgrade
}

// sweep goes through all events that are outdated.
func (u *upgrading) sweep(ctx context.Context, wait bool) error {
	batch := Batch{Version: redaction.Version, Size: batchSize, Wait: wait, DryRun: u.options.DryRun}
	for {
		batch.At = u.service.now()
		var changes []Upgrade
		n, last, err := u.service.store.Upgrade(ctx, u.scope, batch, func(ctx context.Context, events []KeptTexts) (kept []KeptTexts, err error) {
			kept, changes, err = u.rewrite(ctx, events)
			return kept, err
		})
		if err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
		for _, change := range changes {
			u.done.add(change)
		}
		u.options.Done(len(changes))
		batch.After = last
	}
}

// rewrite anonymises the events of a batch anew, on all cores.
func (u *upgrading) rewrite(ctx context.Context, events []KeptTexts) ([]KeptTexts, []Upgrade, error) {
	// Of those waited for, another process may have done some.
	events = slices.DeleteFunc(events, func(e KeptTexts) bool { return u.tried[e.ID] || !e.outdated() })
	changes := make([]Upgrade, len(events))
	unopened := make([]bool, len(events))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range events {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			upgraded, change, err := u.service.upgraded(events[i])
			if unopened[i] = errors.Is(err, errUnopened); unopened[i] {
				return nil
			}
			events[i], changes[i] = upgraded, change
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	var kept []KeptTexts
	for i, e := range events {
		if unopened[i] {
			changes[i].Unopened = []uuid.UUID{e.ID}
		} else {
			kept = append(kept, e)
		}
		if unopened[i] || changes[i].Hidden > 0 {
			u.tried[e.ID] = true
		}
	}
	return kept, changes, nil
}

// upgraded answers the texts of an event as the engine anonymises them today,
// those of all revisions together.
func (s *Service) upgraded(texts KeptTexts) (KeptTexts, Upgrade, error) {
	revisions, err := s.open(texts.ID, texts.Revisions)
	if err != nil {
		return KeptTexts{}, Upgrade{}, err
	}
	reasons, err := s.open(texts.ID, texts.reasons())
	if err != nil {
		return KeptTexts{}, Upgrade{}, err
	}
	marked, redacted := remembered(revisions)
	outside := outsidersOf(revisions)
	names := append(contactsIn(revisions), texts.Colleagues...)
	change := s.anew(revisions, redaction.Context{Known: names, Redacted: outside.apart(redacted)}, marked, &outside)
	all := original{Redacted: redacted}
	for _, one := range revisions {
		all.Texts, all.Spans = one.typed.Texts, one.typed.Spans
		all.remember()
	}
	for _, one := range revisions {
		one.typed.Redacted, one.typed.Outside.Numbers = all.Redacted, outside.Numbers
	}
	// Who withdraws somebody else's event, or reviews it, reads it anonymised: what
	// becomes of their words must not tell what they could not read.
	about := func(sheets []*sheet, own bool) {
		if own {
			change.add(s.anew(sheets, redaction.Context{Known: names, Redacted: outside.apart(all.Redacted)}, marked, &outside))
			return
		}
		change.add(s.anew(sheets, redaction.Context{Known: texts.Colleagues, Redacted: numbersIn(all.Redacted)}, nil, &outside))
	}
	about(reasons, texts.OwnReason)
	beside, err := s.open(texts.ID, texts.Beside)
	if err != nil {
		return KeptTexts{}, Upgrade{}, err
	}
	for _, one := range beside {
		about([]*sheet{one}, len(one.typed.Outside.Fields) == 0)
	}
	change.Events = 1
	texts, err = s.rewritten(texts, revisions, reasons, beside)
	return texts, change, err
}

// contactsIn answers what the reporter's contact details tell.
func contactsIn(revisions []*sheet) []redaction.Known {
	var known []redaction.Known
	for _, one := range revisions {
		for _, k := range contactOf(&Input{ReporterContact: lookup(one.typed.Texts, fieldContact)}) {
			if !slices.ContainsFunc(known, func(other redaction.Known) bool { return slices.Equal(other.Other, k.Other) }) {
				known = append(known, k)
			}
		}
	}
	return known
}

// anew anonymises the texts of sheets and answers what that changed.
func (s *Service) anew(sheets []*sheet, known redaction.Context, marked []string, outside *outsiders) Upgrade {
	spots, own, theirs := asTyped(sheets, *outside)
	before := make([]was, len(spots))
	for i, at := range spots {
		before[i] = at.was()
	}
	s.redact(own, known, marked)
	s.readAsShown(theirs, own, known, outside)
	for _, one := range sheets {
		one.version = redaction.Version
	}
	settle(spots)
	change := Upgrade{Added: map[redaction.Class]int{}, Gone: map[redaction.Class]int{}}
	for i, at := range spots {
		change.compare(before[i], at.was())
		if !at.passage.ok {
			change.Hidden++
		}
	}
	return change
}

// was is how a text stands.
type was struct {
	shown   string
	isShown bool
	spans   []redaction.Span
}

func (at *spot) was() was {
	shown, isShown := at.sheet.shown[at.field]
	return was{shown, isShown, at.sheet.typed.Spans[at.field]}
}

// compare counts what of a text has changed.
func (u *Upgrade) compare(before, now was) {
	u.Texts++
	if before.shown != now.shown || before.isShown != now.isShown {
		u.Changed++
	}
	count := func(counts map[redaction.Class]int, these, others []redaction.Span) {
		for _, s := range these {
			same := func(other redaction.Span) bool {
				return other.Start == s.Start && other.End == s.End && other.Class == s.Class
			}
			if !slices.ContainsFunc(others, same) {
				counts[s.Class]++
			}
		}
	}
	count(u.Added, now.spans, before.spans)
	count(u.Gone, before.spans, now.spans)
}

func (u *Upgrade) add(more Upgrade) {
	u.Events += more.Events
	u.Texts += more.Texts
	u.Changed += more.Changed
	u.Hidden += more.Hidden
	u.Unopened = append(u.Unopened, more.Unopened...)
	for class, n := range more.Added {
		u.Added[class] += n
	}
	for class, n := range more.Gone {
		u.Gone[class] += n
	}
}
