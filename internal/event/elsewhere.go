package event

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// Elsewhere says that an event occurred in an organisation and was recorded
// elsewhere: whoever looks after the organisation is told.
type Elsewhere struct {
	Event        uuid.UUID
	At           time.Time // to the minute for an anonymous event, as all that is kept of one
	Author       uuid.UUID // who need not be told; zero for nobody
	Organisation string
	Areas        []authz.Area // that hold the organisation, itself first
}

// elsewhere answers where an event occurred beside the organisation that
// recorded it. A site and its trust are one organisation here: whoever looks after
// the trust has the event among their own.
func (s *Service) elsewhere(r *Row, reporting *string, places []string) []Elsewhere {
	own := ""
	if reporting != nil {
		own = outermost(s.geography.Around(*reporting, r.UpdatedAt))
	}
	var found []Elsewhere
	for _, place := range places {
		areas := s.geography.Around(place, r.UpdatedAt)
		if len(areas) == 0 || outermost(areas) == own {
			continue
		}
		found = append(found, Elsewhere{
			Event: r.ID, At: r.UpdatedAt, Author: r.Author.ID, Organisation: place, Areas: areas,
		})
	}
	return found
}

// outermost is the organisation that has no parent, of areas around another.
func outermost(areas []authz.Area) string {
	code := ""
	for _, area := range areas {
		if area.Type == authz.AreaOrganisation {
			code = area.Code
		}
	}
	return code
}

// brought answers the organisations that an edit brings an event to.
func (e *edit) brought() []string {
	return slices.DeleteFunc(slices.Clone(e.after.OccurredAtOrganisations), func(code string) bool {
		return slices.Contains(e.before.OccurredAtOrganisations, code)
	})
}
