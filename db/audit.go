package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/audit"
)

// auditRow is an entry of the audit trail.
type auditRow struct {
	bun.BaseModel `bun:"table:audit_entry"`

	ID        int64             `bun:"id,scanonly"`
	At        time.Time         `bun:"at"`
	ActorKind audit.ActorKind   `bun:"actor_kind"`
	ActorID   uuid.UUID         `bun:"actor_id,type:uuid,nullzero"`
	Action    audit.Action      `bun:"action"`
	Subject   string            `bun:"subject"`
	Detail    map[string]string `bun:"detail,type:jsonb"`
}

func (r auditRow) kept() audit.Kept {
	return audit.Kept{ID: r.ID, Entry: audit.Entry{
		At: r.At, ActorKind: r.ActorKind, ActorID: r.ActorID, Action: r.Action, Subject: r.Subject, Detail: r.Detail,
	}}
}

// writeAudit keeps entries, inside the transaction of the change that they
// speak of where tx is one. An entry that could hold more than codes is an
// error, and its change is not made.
func writeAudit(ctx context.Context, tx bun.IDB, entries ...audit.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	rows := make([]auditRow, len(entries))
	for i, e := range entries {
		if err := e.Validate(); err != nil {
			return err
		}
		rows[i] = auditRow{
			At: e.At, ActorKind: e.ActorKind, ActorID: e.ActorID,
			Action: e.Action, Subject: e.Subject, Detail: e.Detail,
		}
		if e.Detail == nil {
			rows[i].Detail = map[string]string{}
		}
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("writing the audit trail: %w", err)
	}
	return nil
}
