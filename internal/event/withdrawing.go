package event

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/redaction"
)

// Withdrawal says when and why an event was withdrawn, in a reader's view.
type Withdrawal struct {
	At time.Time

	reason   *string
	unopened error // why the reason as typed does not open
	shown    Shown
}

// Reason answers why, in the reader's view.
func (w *Withdrawal) Reason() (*string, error) { return w.reason, w.unopened }

// Shows tells whether the reader is shown a class of field of the event.
func (w *Withdrawal) Shows(class authz.Class) bool { return w.shown.Has(class) }

// Withdrawn is what is kept of a withdrawal. What the event said goes into its
// history.
type Withdrawn struct {
	Status   Status
	At       time.Time
	By       authz.Principal
	Reason   *string // anonymised; nil where it could not be
	Original []byte  // as typed, sealed
	Answers  []byte  // the coded answers of the revision that was withdrawn, as JSON
}

// fieldReason names the reason among texts. It is no field of an input's event.
const fieldReason = "withdrawal.reason"

// withdrawalKey binds a sealed reason to its event.
func withdrawalKey(id uuid.UUID) TextKey { return TextKey{EventID: id, Revision: -1} }

// Withdraw takes an event back. What remains is a tombstone: that it was there,
// and why it is not.
func (s *Service) Withdraw(ctx context.Context, id uuid.UUID, revision int, reason string) (*View, fault.Problems, error) {
	if err := signedIn(authz.FromContext(ctx)); err != nil {
		return nil, nil, err
	}
	withdrawn, problems, err := decided(func() (uuid.UUID, fault.Problems, error) {
		return s.withdraw(ctx, id, revision, reason)
	})
	return s.answered(ctx, withdrawn, problems, err)
}

func (s *Service) withdraw(ctx context.Context, id uuid.UUID, revision int, reason string) (uuid.UUID, fault.Problems, error) {
	found, expected, _, err := s.subject(ctx, Withdrawing, authz.WithdrawEvent, id)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if problems := append(stale(found.Record, revision), checkReason(reason)...); len(problems) > 0 {
		return uuid.Nil, problems, nil
	}
	colleagues, err := s.colleaguesOf(ctx, found)
	if err != nil {
		return uuid.Nil, nil, err
	}
	w, err := s.PrepareWithdrawal(found, reason, authz.FromContext(ctx), s.instant(), colleagues)
	if err != nil {
		return uuid.Nil, nil, err
	}
	if err := s.store.Withdraw(ctx, expected, w); err != nil {
		return uuid.Nil, nil, fmt.Errorf("withdrawing an event: %w", err)
	}
	return id, nil, nil
}

// PrepareWithdrawal makes everything that is kept of an event's withdrawal for
// a valid reason. colleagues are the people with accounts around the event.
func (s *Service) PrepareWithdrawal(found Subject, reason string, by authz.Principal, at time.Time, colleagues []redaction.Known) (Withdrawn, error) {
	typed, err := s.unseal(Sealed{TextKey{found.Record.ID, found.Record.Revision}, found.Original})
	if err != nil {
		return Withdrawn{}, err
	}
	w := Withdrawn{At: later(at, found.Record.UpdatedAt), By: by}
	w.Status, _ = after(found.Record.Status, Withdrawing)
	if w.Reason, w.Original, err = s.keepReason(found, typed, reason, knownTo(found, typed, colleagues)); err != nil {
		return Withdrawn{}, err
	}
	stood := recordedWith(found.Record, found.Patients, nil)
	w.Answers = stood.coded()
	return w, nil
}

// stale answers a problem where an event was changed since the caller read it.
func stale(r Record, revision int) fault.Problems {
	var problems fault.Problems
	if r.Revision != revision {
		problems.Add(fault.StaleRevision, "The event was changed since you read it; read it again.", "revision")
	}
	return problems
}

func checkReason(reason string) fault.Problems {
	var problems fault.Problems
	if strings.TrimSpace(reason) == "" {
		problems.Add(fault.Required, "Say why it is withdrawn.", "reason")
	}
	if utf8.RuneCountInString(reason) > MaxText {
		problems.Add(fault.TooLong, "At most "+strconv.Itoa(MaxText)+" characters.", "reason")
	}
	if strings.ContainsRune(reason, 0) || !utf8.ValidString(reason) {
		problems.Add(fault.Invalid, "The text has characters that are not text; type it again.", "reason")
	}
	return problems
}

// keepReason anonymises and seals a reason. Where its author reads the event
// anonymised, the engine is told no more than they read: what it makes of a
// guess must not tell whether the guess is right.
func (s *Service) keepReason(found Subject, typed original, reason string, names []redaction.Known) (anonymised *string, sealed []byte, err error) {
	known := redaction.Context{Known: names}
	var marked []string
	if textViewOf(found.Record.Shows) == TextViewOriginal {
		known.Redacted, marked = typed.Outside.apart(typed.Redacted), typed.Marked
	}
	texts := map[string]string{fieldReason: reason}
	a := s.anonymise(texts, nil, known, marked)
	sealed, err = s.seal(withdrawalKey(found.Record.ID), original{Texts: texts, Spans: a.spans})
	if err != nil {
		return nil, nil, fmt.Errorf("sealing the reason of a withdrawal: %w", err)
	}
	return lookup(a.texts, fieldReason), sealed, nil
}

// withdrawalOf answers a record's withdrawal in its reader's view; nil where it
// was not withdrawn.
func (s *Service) withdrawalOf(r *Record) *Withdrawal {
	if r.Withdrawal == nil {
		return nil
	}
	w := &Withdrawal{At: r.Withdrawal.At, reason: r.Withdrawal.Reason, shown: r.Shows}
	if r.Withdrawal.Original == nil {
		return w
	}
	typed, err := s.unseal(Sealed{withdrawalKey(r.ID), r.Withdrawal.Original})
	w.reason, w.unopened = lookup(typed.Texts, fieldReason), err
	return w
}

// ReasonOf is a reason as it is kept; anonymised is nil where it could not be.
func ReasonOf(anonymised *string, sealed []byte) RevisionTexts {
	r := RevisionTexts{Revision: withdrawalKey(uuid.Nil).Revision, Texts: map[string]string{}, Original: sealed}
	if anonymised == nil {
		r.RedactionVersion = IncompleteRedaction
		return r
	}
	r.Texts[fieldReason] = *anonymised
	return r
}

// Reason answers the reason, anonymised; nil where it could not be.
func (r RevisionTexts) Reason() *string { return lookup(r.Texts, fieldReason) }
