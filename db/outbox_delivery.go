package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"lfpse/internal/account"
	"lfpse/internal/notification"
)

// Sender hands a mail over. Its errors repeat nothing of the mail: they are
// kept with it, for 'lfpse mail failed' to show.
type Sender interface {
	Send(ctx context.Context, m notification.Message) error
}

// Lost tells of a sender's error that the mail will never be taken.
type Lost interface {
	error
	Lost() bool
}

const (
	// A mail is tried for about a day and a half: a mail server that is away
	// over a night loses nothing.
	maxTries   = 40
	firstPause = 15 * time.Second
	lastPause  = time.Hour

	sendersAtOnce = 4
	tryTimeout    = 2 * time.Minute
	// rescueAfter is when a mail is tried again whose process was killed while
	// it sent. It is longer than any try takes.
	rescueAfter = 5 * time.Minute
	// keepSent is how long a mail that was sent stays, sealed, in the database.
	keepSent = time.Hour
	forGood  = -1 * time.Nanosecond // River's word for no end
)

// Delivery is what mails are delivered with, and who looks at what was asked.
type Delivery struct {
	Writer *notification.Writer
	// Sender hands mails over; nil where there is nobody to: they wait.
	Sender Sender
	// Answer looks at what was asked for an address; nil where somebody else
	// does.
	Answer func(context.Context, account.Asked) error
	// Pause answers how long to wait after a try; nil for the usual.
	Pause func(tries int) time.Duration
}

// Deliver sends what is in the outbox, and what is put into it, until the
// context ends; then it lets those under way finish, for a little while. Several
// processes may deliver from one database: each mail is one process's at a time.
//
// A mail is sent once, unless the process is killed, or loses the database,
// between the mail server's word that it has the mail and the note of that. Then
// it is sent again, under the same Message-ID.
func (o *Outbox) Deliver(ctx context.Context, d Delivery) error {
	if d.Pause == nil {
		d.Pause = pause
	}
	workers, queues := river.NewWorkers(), map[string]river.QueueConfig{}
	if d.Sender != nil {
		river.AddWorker(workers, &mailWorker{outbox: o, delivery: d})
		queues[mailQueue] = river.QueueConfig{MaxWorkers: sendersAtOnce}
	}
	if d.Answer != nil {
		river.AddWorker(workers, &askedWorker{outbox: o, delivery: d})
		queues[askedQueue] = river.QueueConfig{MaxWorkers: sendersAtOnce}
	}
	client, err := river.NewClient(riverpgxv5.New(o.pool), &river.Config{
		Logger: o.log, Workers: workers, Queues: queues,
		JobTimeout:           tryTimeout,
		RescueStuckJobsAfter: rescueAfter,
		ReindexerSchedule:    river.NeverSchedule(), // only the tables' owner may, which the service is not
		// Those that were given up stay until somebody has looked at them.
		CompletedJobRetentionPeriod: keepSent,
		CancelledJobRetentionPeriod: forGood,
		DiscardedJobRetentionPeriod: forGood,
	})
	if err != nil {
		return fmt.Errorf("delivering mail: %w", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("delivering mail: %w", err)
	}
	o.mailListed(ctx)
	return stop(client.Stop, client.StopAndCancel)
}

const stopPatience = 5 * time.Second

// stop tries gently, then firmly.
func stop(gently, firmly func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	if gently(ctx) == nil {
		return nil
	}
	ctx, cancel = context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	if err := firmly(ctx); err != nil {
		return fmt.Errorf("ending the delivery of mail: %w", err)
	}
	return nil
}

// mailWorker sends one mail at a time.
type mailWorker struct {
	river.WorkerDefaults[mailArgs]
	outbox   *Outbox
	delivery Delivery
}

// Work sends a mail. Whatever goes wrong is told in words of ours: the queue
// keeps them in the clear.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[mailArgs]) (err error) {
	defer func() {
		if recover() != nil { // what was thrown may hold the mail
			err = errors.New("sending the mail panicked")
		}
	}()
	mail, err := w.outbox.open(job.Args)
	if err != nil {
		return err
	}
	message, err := w.delivery.Writer.Write(job.Args.ID, mail)
	if err != nil {
		return err
	}
	err = w.delivery.Sender.Send(ctx, message)
	if lost := Lost(nil); errors.As(err, &lost) && lost.Lost() {
		return river.JobCancel(err)
	}
	return err
}

// NextRetry is when it is looked at again.
func (w *askedWorker) NextRetry(job *river.Job[askedArgs]) time.Time {
	return time.Now().Add(w.delivery.Pause(job.Attempt))
}

// NextRetry is when a mail that was not taken is tried again.
func (w *mailWorker) NextRetry(job *river.Job[mailArgs]) time.Time {
	return time.Now().Add(w.delivery.Pause(job.Attempt))
}

// pause doubles with every try, up to an hour.
func pause(tries int) time.Duration {
	wait := firstPause
	for range tries - 1 {
		if wait *= 2; wait >= lastPause {
			return lastPause
		}
	}
	return wait
}

// FailedMail is a mail that was given up.
type FailedMail struct {
	ID     int64
	Mail   uuid.UUID
	About  notification.Kind
	Tries  int
	At     time.Time // of the last try
	Reason string    // of the last failure, in codes
}

// FailedMails lists the mails that were given up, and what was asked for an
// address and could not be looked at, the latest first: a hundred
// at most. It tells neither to whom they were nor what they say.
func (o *Outbox) FailedMails(ctx context.Context) ([]FailedMail, error) {
	found, err := o.insert.JobList(ctx, river.NewJobListParams().
		Queues(mailQueue, askedQueue).States(rivertype.JobStateCancelled, rivertype.JobStateDiscarded).
		OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(100))
	if err != nil {
		return nil, fmt.Errorf("listing mails that were given up: %w", err)
	}
	failed := make([]FailedMail, len(found.Jobs))
	for i, job := range found.Jobs {
		if failed[i], err = failedMail(job); err != nil {
			return nil, err
		}
	}
	return failed, nil
}

func failedMail(job *rivertype.JobRow) (FailedMail, error) {
	var args mailArgs
	if err := json.Unmarshal(job.EncodedArgs, &args); err != nil {
		return FailedMail{}, fmt.Errorf("reading mail %d: it is not of our form", job.ID)
	}
	failed := FailedMail{ID: job.ID, Mail: args.ID, About: args.About, Tries: job.Attempt}
	if job.AttemptedAt != nil {
		failed.At = job.AttemptedAt.UTC()
	}
	if n := len(job.Errors); n > 0 {
		failed.Reason = job.Errors[n-1].Error
	}
	return failed, nil
}

// RetryMail has a mail tried again that was given up. found is false where
// there is no such mail.
func (o *Outbox) RetryMail(ctx context.Context, id int64) (found bool, err error) {
	job, err := o.insert.JobGet(ctx, id)
	if errors.Is(err, river.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking for a mail: %w", err)
	}
	if job.State != rivertype.JobStateCancelled && job.State != rivertype.JobStateDiscarded {
		return false, nil
	}
	if _, err := o.insert.JobRetry(ctx, id); err != nil {
		return false, fmt.Errorf("having a mail tried again: %w", err)
	}
	return true, nil
}
