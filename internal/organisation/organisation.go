// Package organisation is the map of the health service: organisations and
// their sites, the integrated care boards (ICBs) that they belong to, and the
// regions of those.
//
// The map is effective-dated. An organisation belongs to an ICB from one day to
// another, an ICB to a region, and an ICB that is abolished hands its
// organisations to its successor on the day after its last. Days are days in
// Europe/London.
//
// All of it fits in memory, so that neither a dashboard nor a decision about
// access needs a query for geography: a Map is an immutable picture of the
// whole, and a Directory holds the newest.
package organisation

import (
	"github.com/google/uuid"

	"lfpse/internal/gid"
)

// Organisation provides or commissions care: a trust, one of its sites, a
// practice, a pharmacy.
type Organisation struct {
	UUID    uuid.UUID
	ODSCode ODSCode
	Name    string
	Type    Type
	// Active is false for one that has closed by the map's day. ODS codes are
	// never given to another, so what closed stays on the map.
	Active bool
	// Until is its last day; nil while it lasts.
	Until *Day
	// ParentCode is the organisation that this one is a site of; empty for none.
	ParentCode ODSCode
}

// ID is the organisation's id in the graph.
func (o *Organisation) ID() string { return gid.Format(gid.Organisation, o.UUID) }

// IsNode marks the organisation as a Node of the graph.
func (*Organisation) IsNode() {}

// IsArea marks the organisation as an Area of the graph.
func (*Organisation) IsArea() {}

// IsEntity marks the organisation as an entity of the federated graph.
func (*Organisation) IsEntity() {}

// ICB is an integrated care board.
type ICB struct {
	UUID    uuid.UUID
	ODSCode ODSCode
	Name    string
	// From is its first day, Until its last; nil where not known, or while it
	// lasts.
	From, Until *Day
	// SuccessorCode is the ICB that took over after Until; empty for none.
	SuccessorCode ODSCode
}

// ID is the ICB's id in the graph.
func (i *ICB) ID() string { return gid.Format(gid.IntegratedCareBoard, i.UUID) }

// IsNode marks the ICB as a Node of the graph.
func (*ICB) IsNode() {}

// IsArea marks the ICB as an Area of the graph.
func (*ICB) IsArea() {}

// IsEntity marks the ICB as an entity of the federated graph.
func (*ICB) IsEntity() {}

// Exists tells whether on is one of the ICB's days.
func (i *ICB) Exists(on Day) bool { return i.lifetime().contains(on) }

func (i *ICB) lifetime() span {
	s := span{from: Always, until: Forever}
	if i.From != nil {
		s.from = *i.From
	}
	if i.Until != nil {
		s.until = *i.Until
	}
	return s
}

// Region is one of the regions of the national service.
type Region struct {
	UUID    uuid.UUID
	ODSCode ODSCode
	Name    string
}

// ID is the region's id in the graph.
func (r *Region) ID() string { return gid.Format(gid.Region, r.UUID) }

// IsNode marks the region as a Node of the graph.
func (*Region) IsNode() {}

// IsArea marks the region as an Area of the graph.
func (*Region) IsArea() {}

// IsEntity marks the region as an entity of the federated graph.
func (*Region) IsEntity() {}
