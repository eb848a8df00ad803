package db

import "github.com/jackc/pgx/v5/pgtype"

// pgx puts a text into a type of another name by reflection, which takes longer
// than reading it.

// optionalText is where a text goes that can be NULL.
type optionalText[E ~string] struct{ at **E }

// ScanText reads a text.
func (o optionalText[E]) ScanText(v pgtype.Text) error {
	if !v.Valid {
		*o.at = nil
		return nil
	}
	text := E(v.String)
	*o.at = &text
	return nil
}
