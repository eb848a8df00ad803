package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
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
