package governance

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

const (
	// remindedBefore is how many working days before it falls due admins are told
	// of a requirement.
	remindedBefore = 2
	// remindedAfter is for how many days after it fell due they still are: a
	// service that was away over some days catches up, and one that begins does not
	// tell of what was due long ago.
	remindedAfter = 7
	// assessedAtOnce is how many waiting events are looked for at once.
	assessedAtOnce = 200
)

// Keep judges events that wait for it and reminds admins of what falls due, now and
// every interval until the context ends. Any number of processes may.
func (s *Service) Keep(ctx context.Context, interval time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if err := s.AssessWaiting(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "events that wait to be judged by policy could not be; it is tried again", "error", err)
		}
		if _, err := s.Remind(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "admins could not be reminded of what policy requires; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// AssessWaiting judges every event that waits for it: those recorded by a version
// of the service that did not, and those that the rules failed on. Those that it
// still cannot judge wait on; its error tells of the first.
func (s *Service) AssessWaiting(ctx context.Context) error {
	var after uuid.UUID
	var failed error
	for {
		last, ok, err := s.store.AssessWaiting(ctx, after, assessedAtOnce)
		if err != nil && failed == nil {
			failed = fmt.Errorf("judging events that wait for it: %w", err)
		}
		if !ok || ctx.Err() != nil {
			return failed
		}
		after = last
	}
}

// Remind tells admins of what falls due, and answers how many mails that were.
func (s *Service) Remind(ctx context.Context) (mails int, err error) {
	today := s.today()
	mails, err = s.store.Remind(ctx, today.AddDate(0, 0, -remindedAfter), s.calendar.AfterWorkingDays(today, remindedBefore), s.instant())
	if err != nil {
		return 0, fmt.Errorf("reminding admins of what falls due: %w", err)
	}
	return mails, nil
}
