package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lfpse/internal/account"
)

// askedQueue is the queue, and the kind of its jobs, of what people asked for an
// address.
const askedQueue = "asked"

// askedArgs are what a job holds of what was asked: like a mail's, nothing but
// an id and a kind in the clear.
type askedArgs struct {
	ID     uuid.UUID        `json:"id"`
	About  account.Question `json:"about"`
	Sealed []byte           `json:"sealed"`
}

// Kind is the name of the jobs.
func (askedArgs) Kind() string { return askedQueue }

func (a askedArgs) place() []byte {
	return []byte("asked " + a.ID.String() + " " + string(a.About))
}

func (o *Outbox) ask(ctx context.Context, asked account.Asked) error {
	args := askedArgs{ID: uuid.New(), About: asked.What}
	content, err := json.Marshal(asked)
	if err != nil {
		return errors.New("writing down what was asked: it cannot be written")
	}
	if args.Sealed, err = o.sealer.Seal(content, args.place()); err != nil {
		return fmt.Errorf("writing down what was asked: %w", err)
	}
	if _, err := o.insert.Insert(ctx, args, &river.InsertOpts{Queue: askedQueue, MaxAttempts: maxTries}); err != nil {
		return fmt.Errorf("writing down what was asked: %w", err)
	}
	return nil
}

// askedWorker has what was asked looked at.
type askedWorker struct {
	river.WorkerDefaults[askedArgs]
	outbox   *Outbox
	delivery Delivery
}

// Work has one thing looked at. Whatever goes wrong is told in words of ours:
// the queue keeps them in the clear.
func (w *askedWorker) Work(ctx context.Context, job *river.Job[askedArgs]) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("looking at what was asked panicked")
		}
	}()
	content, err := w.outbox.sealer.Open(job.Args.Sealed, job.Args.place())
	if err != nil {
		return fmt.Errorf("opening what was asked: %w", err)
	}
	var asked account.Asked
	if err := json.Unmarshal(content, &asked); err != nil {
		return errors.New("opening what was asked: it is not of our form")
	}
	return Discreet(w.delivery.Answer(ctx, asked))
}
