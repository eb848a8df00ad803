package event

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/redaction"
)

// receiptLife is how long a repeated anonymous request is recognised
// (the access policy allows 24 hours and no more).
const receiptLife = 24 * time.Hour

// RecordAnonymously records an event of which nothing says who recorded it:
// times are to the minute, there is no author, no contact and no audit entry.
func (s *Service) RecordAnonymously(ctx context.Context, in Input, reasons []string, idempotencyKey *string) (*Receipt, fault.Problems, error) {
	nobody := authz.FromContext(ctx)
	if nobody.Kind == authz.Account || nobody.Kind == authz.Client {
		return nil, nil, fault.New(fault.Forbidden, "Send this without a token: an anonymous event must not be tied to an account.")
	}
	if err := s.may(ctx, nobody, authz.RecordEventAnonymously); err != nil {
		return nil, nil, err
	}
	problems := s.CheckAnonymous(&in, reasons)
	problems = append(problems, checkKey(idempotencyKey)...)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	known, err := s.store.Colleagues(ctx, nobody.ID, organisationsOf(&in))
	if err != nil {
		return nil, nil, fmt.Errorf("gathering the names that the service knows: %w", err)
	}
	submission, err := s.PrepareAnonymous(&in, reasons, s.now(), known)
	if err != nil {
		return nil, nil, err
	}
	receipt, err := s.insertAnonymous(ctx, submission, &in, reasons, idempotencyKey)
	return receipt, nil, err
}

// PrepareAnonymous is Prepare for an event without an author.
func (s *Service) PrepareAnonymous(in *Input, reasons []string, at time.Time, known []redaction.Known) (Submission, error) {
	submission, err := s.Prepare(in, authz.Principal{Kind: authz.Anonymous}, at.UTC().Truncate(time.Minute), known)
	if err != nil {
		return Submission{}, err
	}
	submission.Row.Status, _ = after(statusNone, RecordingAnonymously)
	submission.Row.Source = SourceAnonymous
	submission.Row.Reasons = reasons
	submission.Audited = false
	return submission, nil
}

// ForgetReceipts forgets expired receipts of anonymous events, now and every
// interval until the context ends: nobody need record another for that.
func (s *Service) ForgetReceipts(ctx context.Context, interval time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if err := s.store.ForgetReceipts(ctx, s.now()); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "expired receipts of anonymous events could not be forgotten; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// CheckAnonymous answers every problem of an anonymous event and of the reasons for its being so.
func (s *Service) CheckAnonymous(in *Input, reasons []string) fault.Problems {
	c := check{
		in: in, codes: s.taxonomy.Latest(), exists: s.geography.Exists,
		now: s.now().In(s.zone), anonymous: true, reasons: reasons,
	}
	return append(c.all(), s.checkReasons(reasons)...)
}

func (s *Service) checkReasons(reasons []string) fault.Problems {
	var problems fault.Problems
	if len(reasons) > MaxReasons {
		problems.Addf(fault.TooMany, []string{"reasons"}, "At most %d reasons.", MaxReasons)
		return problems
	}
	for i, reason := range reasons {
		at := []string{"reasons", strconv.Itoa(i)}
		if _, ok := s.taxonomy.Latest().Label(systemReasons, reason); !ok {
			problems.Addf(fault.UnknownCode, at, "Give a code of the code system %s.", systemReasons)
		}
		if slices.Contains(reasons[:i], reason) {
			problems.Addf(fault.Duplicate, at, "Name each reason once.")
		}
	}
	return problems
}

// insertAnonymous writes the submission once for a key and its content. What
// is kept of the key is a digest and a salt; the reference is drawn from the two under the service's
// secret, so that a repeated request is told the same receipt and
// yet no row ties the key to the event.
func (s *Service) insertAnonymous(ctx context.Context, submission Submission, in *Input, reasons []string, key *string) (*Receipt, error) {
	at := *submission.Row.RecordedAt
	for range maxDraws {
		salt, err := randomSalt()
		if err != nil {
			return nil, err
		}
		var keep *AnonymousKey
		digest := salt
		if key != nil {
			digest = s.hash("anonymous", []byte(*key), content(in), fmt.Append(nil, reasons))
			keep = &AnonymousKey{Digest: digest, Salt: salt, ExpiresAt: at.Add(receiptLife)}
		}
		if submission.Row.Reference, err = s.drawn(digest, salt); err != nil {
			return nil, err
		}
		first, err := s.store.InsertAnonymous(ctx, submission, keep)
		if errors.Is(err, ErrReferenceTaken) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("recording an anonymous event: %w", err)
		}
		if first == nil {
			return &Receipt{RecordedAt: at, Reference: submission.Row.Reference}, nil
		}
		reference, err := s.drawn(digest, first.Salt)
		if err != nil {
			return nil, err
		}
		return &Receipt{RecordedAt: first.ExpiresAt.Add(-receiptLife).UTC(), Reference: reference}, nil
	}
	return nil, fmt.Errorf("recording an anonymous event: %d references drawn, all taken", maxDraws)
}

// drawn answers the reference that a digest and a salt stand for.
func (s *Service) drawn(digest, salt []byte) (string, error) {
	return DrawReference(bytes.NewReader(s.hash("reference", digest, salt)))
}
