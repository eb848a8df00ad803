package account

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// mostNames is how many accounts' names are kept in memory, some 200 bytes each.
const mostNames = 20_000

// OnlyNames tells whether fields of the graph's Account are those alone that
// whoever is shown an account is shown of it.
func OnlyNames(fields ...string) bool {
	return !slices.ContainsFunc(fields, func(field string) bool { return !isName(field) })
}

func isName(field string) bool {
	switch field {
	case "id", "name", "jobRole", "__typename":
		return true
	}
	return false
}

// KnownNames answers those of the accounts, which p has been shown by something
// else, whose names are in memory, with nothing but those and their job roles.
// They are forgotten once one has changed: p says of which version they were when
// p was read, and so no name is older than the request that it is for.
func (s *Service) KnownNames(p authz.Principal, ids []uuid.UUID) (known map[uuid.UUID]*View, missing []uuid.UUID) {
	return s.names.find(p.Names, ids)
}

// Names answers accounts as KnownNames does, and reads them.
func (s *Service) Names(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*View, error) {
	records, err := s.store.Names(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading the names of accounts: %w", err)
	}
	read := make(map[uuid.UUID]*View, len(records))
	for id, r := range records {
		read[id] = &View{record: Record{ID: r.ID, FirstName: r.FirstName, LastName: r.LastName, JobRole: r.JobRole}, nameOnly: true}
	}
	s.names.keep(p.Names, read)
	return read, nil
}

// names are views of accounts without anything private, all of one version.
type names struct {
	mu      sync.Mutex
	version int64
	views   map[uuid.UUID]*View
}

// find answers what is known of a version, which makes older ones forgotten. Of
// no version, and of one older than what is known, nothing is.
func (n *names) find(version int64, ids []uuid.UUID) (known map[uuid.UUID]*View, missing []uuid.UUID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if version > n.version {
		n.version, n.views = version, map[uuid.UUID]*View{}
	}
	known = make(map[uuid.UUID]*View, len(ids))
	for _, id := range ids {
		if view, ok := n.views[id]; ok && version == n.version {
			known[id] = view
		} else {
			missing = append(missing, id)
		}
	}
	return known, missing
}

// forget makes everything unknown.
func (n *names) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.version, n.views = 0, nil
}

// keep adds what was read after a version was found to hold, unless another holds
// by now: then it may have been read before that one's change.
func (n *names) keep(version int64, read map[uuid.UUID]*View) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if version == 0 || version != n.version {
		return
	}
	if len(n.views)+len(read) > mostNames {
		clear(n.views)
	}
	for id, view := range read {
		n.views[id] = view
	}
}
