package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5/pgtype"

	"lfpse/internal/event"
)

// jsonTexts are texts by field, as a jsonb column keeps them. What bun makes of
// a map takes the six letters \u0000, typed by somebody, for a character that
// PostgreSQL refuses.
type jsonTexts map[string]string

// Value writes the texts as JSON.
func (t jsonTexts) Value() (driver.Value, error) {
	written, err := json.Marshal(map[string]string(t))
	if err != nil {
		return nil, fmt.Errorf("writing texts as JSON: %w", err)
	}
	return string(written), nil
}

// firstText is the number of the first field's name among the arguments of shownColumns.
const firstText = 7

// textColumns are columns of the texts of fields, each of which is made and read alone.
func textColumns(fields []string) []eventColumn {
	columns := make([]eventColumn, len(fields))
	for i, field := range fields {
		columns[i] = eventColumn{
			event.PartTexts, "CASE WHEN ?1 AND ?0 IS NOT TRUE THEN e.texts ->> ?" + strconv.Itoa(firstText+i) + "::text END AS text_" + strconv.Itoa(i),
			func(r *shownRow) any { return textOf{r, field} },
		}
	}
	return columns
}

// textOf is where the text of a row's field goes.
type textOf struct {
	row   *shownRow
	field string
}

// ScanText reads a text.
func (t textOf) ScanText(v pgtype.Text) error {
	if !v.Valid {
		return nil
	}
	if t.row.Texts == nil {
		t.row.Texts = jsonTexts{}
	}
	t.row.Texts[t.field] = v.String
	return nil
}
