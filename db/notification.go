package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lfpse/internal/authz"
	"lfpse/internal/inbox"
	"lfpse/internal/notification"
)

// Notifications keeps what people were told. It implements inbox.Store.
type Notifications struct {
	db *bun.DB
}

var _ inbox.Store = (*Notifications)(nil)

// NewNotifications makes the store of notifications in a database.
func NewNotifications(db *bun.DB) *Notifications { return &Notifications{db: db} }

type notificationRow struct {
	ID      uuid.UUID
	Type    notification.Type
	Subject string
	At      time.Time
	ReadAt  *time.Time
}

func (r notificationRow) notification() *inbox.Notification {
	n := &inbox.Notification{UUID: r.ID, Type: r.Type, About: r.Subject, At: r.At.UTC()}
	if r.ReadAt != nil {
		read := r.ReadAt.UTC()
		n.ReadAt = &read
	}
	return n
}

func notificationsOf(rows []notificationRow) []*inbox.Notification {
	found := make([]*inbox.Notification, len(rows))
	for i, row := range rows {
		found[i] = row.notification()
	}
	return found
}

const notificationSelected = "SELECT n.id, n.type, n.subject, n.at, n.read_at FROM notification n"

// List answers a page of notifications, the latest first, and how many there are.
func (s *Notifications) List(ctx context.Context, scope authz.Scope, listing inbox.Listing) ([]*inbox.Notification, int, error) {
	rows, _ := scopeOf(scope, authz.Notifications)
	c := &conditions{}
	c.add("?", rows)
	if listing.UnreadOnly {
		c.add("n.read_at IS NULL")
	}
	total, err := readCount(ctx, s.db, "SELECT count(*) FROM notification n WHERE ?", c.query())
	if err != nil {
		return nil, 0, fmt.Errorf("counting notifications: %w", err)
	}
	if p := listing.After; p != nil {
		c.add("(n.at, n.id) < (?, ?)", p.At, p.ID)
	}
	if p := listing.Before; p != nil {
		c.add("(n.at, n.id) > (?, ?)", p.At, p.ID)
	}
	direction := " DESC"
	if listing.Page.Backward {
		direction = ""
	}
	found, err := readRows[notificationRow](ctx, s.db, notificationSelected+" WHERE ?0 ORDER BY n.at"+direction+", n.id"+direction+" LIMIT ?1",
		c.query(), listing.Page.Size+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing notifications: %w", err)
	}
	return notificationsOf(found), total, nil
}

// Find answers those of the notifications that exist for the scope's reader.
func (s *Notifications) Find(ctx context.Context, scope authz.Scope, ids []uuid.UUID) ([]*inbox.Notification, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, _ := scopeOf(scope, authz.Notifications)
	found, err := readRows[notificationRow](ctx, s.db, notificationSelected+" WHERE ? AND n.id IN (?)", rows, bun.List(ids))
	if err != nil {
		return nil, fmt.Errorf("reading notifications: %w", err)
	}
	return notificationsOf(found), nil
}

// Read marks all of the notifications as read, or none.
func (s *Notifications) Read(ctx context.Context, scope authz.Scope, ids []uuid.UUID, at time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	rows, _ := scopeOf(scope, authz.Notifications)
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewRaw("UPDATE notification AS n SET read_at = coalesce(n.read_at, ?) WHERE ? AND ? AND n.id IN (?)",
			at, rows, permits(scope, authz.MarkRead), bun.List(ids)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("marking notifications: %w", err)
		}
		marked, err := result.RowsAffected()
		if err != nil {
			return fmt.Errorf("marking notifications: %w", err)
		}
		if int(marked) != len(ids) {
			return inbox.ErrUnknown
		}
		return nil
	})
}

// listMails lists mails for those of their receivers who have an account, in the
// transaction of the change that they tell of. A kind that does not say how it
// is listed is an error, and its change is not made.
func listMails(ctx context.Context, tx bun.IDB, mails []notification.Mail) error {
	var types, about, to []string
	var own []bool
	for _, mail := range mails {
		listing, ok := notification.ListedAs(mail.Kind)
		if !ok {
			return fmt.Errorf("listing a mail of kind %q: nobody has said how", mail.Kind)
		}
		if listing.Type == "" {
			continue
		}
		types, about = append(types, string(listing.Type)), append(about, mail.About)
		to, own = append(to, mail.To), append(own, listing.Own)
	}
	if len(types) == 0 {
		return nil
	}
	_, err := tx.NewRaw(`INSERT INTO notification (id, receiver, type, subject, at)
		SELECT gen_random_uuid(), a.id, m.type, CASE WHEN m.own THEN 'account_' || replace(a.id::text, '-', '') ELSE m.about END, now()
		FROM unnest(?::text[], ?::text[], ?::text[], ?::bool[]) AS m (type, about, email, own)
		JOIN account a ON a.email = m.email AND a.status <> 'CLOSED'`,
		pgdialect.Array(types), pgdialect.Array(about), pgdialect.Array(to), pgdialect.Array(own)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("listing mails: %w", err)
	}
	return nil
}
