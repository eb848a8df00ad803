package db

import (
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

// pgx takes a uuid.UUID for what it implements, database/sql's interfaces, and so
// writes and reads each as text. Under these names it knows it for the sixteen
// bytes that it is.

// storedID is an id on its way to or from PostgreSQL.
type storedID uuid.UUID

// ScanUUID reads an id.
func (id *storedID) ScanUUID(v pgtype.UUID) error {
	if !v.Valid {
		return fmt.Errorf("an id is NULL")
	}
	*id = v.Bytes
	return nil
}

// UUIDValue writes an id.
func (id storedID) UUIDValue() (pgtype.UUID, error) {
	return pgtype.UUID{Bytes: id, Valid: true}, nil
}

// optionalID is where an id goes that can be NULL.
type optionalID struct{ at **uuid.UUID }

// ScanUUID reads an id.
func (o optionalID) ScanUUID(v pgtype.UUID) error {
	if !v.Valid {
		*o.at = nil
		return nil
	}
	id := uuid.UUID(v.Bytes)
	*o.at = &id
	return nil
}

func storedIDs(ids []uuid.UUID) []storedID {
	stored := make([]storedID, len(ids)) // never nil, which would be NULL
	for i, id := range ids {
		stored[i] = storedID(id)
	}
	return stored
}
