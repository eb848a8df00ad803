package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/uptrace/bun"

	"lfpse/internal/notification"
)

// Sealer encrypts what must not be read in a copy of the database.
type Sealer interface {
	Seal(plaintext, associatedData []byte) ([]byte, error)
	Open(sealed, associatedData []byte) ([]byte, error)
}

// Outbox is the mails that wait to be sent. A mail is put into it in the
// transaction of the change that it tells of, so that neither is kept without
// the other; delivering (Deliver) is another matter, of any process.
//
// Mails hold addresses and tokens, so they are sealed: the database holds an
// id and a kind in the clear, and nothing else of them.
type Outbox struct {
	db     *bun.DB
	pool   *pgxpool.Pool
	sealer Sealer
	insert *river.Client[pgx.Tx]
	// words is whom a mail is shown to before it is kept: what could not be put
	// into words later is not kept.
	words *notification.Writer
	log   *slog.Logger
}

// mailQueue is the queue's name; mailKind that of its jobs.
const (
	mailQueue = "mail"
	mailKind  = "mail"
)

// mailArgs are what a job holds of a mail.
type mailArgs struct {
	ID     uuid.UUID         `json:"id"`
	About  notification.Kind `json:"about"`
	Sealed []byte            `json:"sealed"`
}

// Kind is the name of the jobs.
func (mailArgs) Kind() string { return mailKind }

// place binds a sealed mail to its id and kind.
func (a mailArgs) place() []byte {
	return []byte("mail " + a.ID.String() + " " + string(a.About))
}

// NewOutbox makes the outbox of a database. The log is told what the queue
// itself has to say, which never speaks of a mail.
func NewOutbox(d *DB, sealer Sealer, log *slog.Logger) (*Outbox, error) {
	insert, err := river.NewClient(riverpgxv5.New(d.Pool), &river.Config{Logger: log})
	if err != nil {
		return nil, fmt.Errorf("making the outbox: %w", err)
	}
	words, err := notification.NewWriter("https://lfpse.invalid")
	if err != nil {
		return nil, fmt.Errorf("making the outbox: %w", err)
	}
	return &Outbox{db: d.DB, pool: d.Pool, sealer: sealer, insert: insert, words: words, log: log}, nil
}

// inTransaction makes a change that people are told of: the mails that do
// answers are kept together with what it did, and listed for those who have an
// account.
func (o *Outbox) inTransaction(ctx context.Context, d *bun.DB, do func(context.Context, bun.IDB) ([]notification.Mail, error)) error {
	return inTransaction(ctx, d, func(ctx context.Context, tx transaction) error {
		mails, err := do(ctx, tx)
		if err != nil {
			return err
		}
		if err := o.enqueue(ctx, tx, mails); err != nil {
			return err
		}
		return listMails(ctx, tx, mails)
	})
}

func (o *Outbox) enqueue(ctx context.Context, tx transaction, mails []notification.Mail) error {
	if len(mails) == 0 {
		return nil
	}
	jobs := make([]river.InsertManyParams, len(mails))
	for i, mail := range mails {
		args, err := o.seal(mail)
		if err != nil {
			return err
		}
		jobs[i] = river.InsertManyParams{Args: args, InsertOpts: &river.InsertOpts{Queue: mailQueue, MaxAttempts: maxTries}}
	}
	if _, err := o.insert.InsertManyTx(ctx, tx.pgx, jobs); err != nil {
		return fmt.Errorf("putting mails into the outbox: %w", err)
	}
	return nil
}

// seal refuses a mail that could not be put into words later: whoever makes
// the change learns of it, not whoever looks for lost mail.
func (o *Outbox) seal(mail notification.Mail) (mailArgs, error) {
	args := mailArgs{ID: uuid.New(), About: mail.Kind}
	if _, err := o.words.Write(args.ID, mail); err != nil {
		return mailArgs{}, fmt.Errorf("putting a mail into the outbox: %w", err)
	}
	content, err := json.Marshal(mail)
	if err != nil {
		return mailArgs{}, errors.New("putting a mail into the outbox: it cannot be written down")
	}
	if args.Sealed, err = o.sealer.Seal(content, args.place()); err != nil {
		return mailArgs{}, fmt.Errorf("putting a mail into the outbox: %w", err)
	}
	return args, nil
}

func (o *Outbox) open(args mailArgs) (notification.Mail, error) {
	content, err := o.sealer.Open(args.Sealed, args.place())
	if err != nil {
		return notification.Mail{}, fmt.Errorf("opening a mail: %w", err)
	}
	var mail notification.Mail
	if err := json.Unmarshal(content, &mail); err != nil {
		return notification.Mail{}, errors.New("opening a mail: it is not of our form")
	}
	return mail, nil
}
