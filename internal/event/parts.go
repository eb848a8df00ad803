package event

// Parts are what of a record is read: a page of a dashboard shows little of
// each event, and the rest would be read for nothing. The zero value is
// Everything. What was not read is never taken for empty: View.Loaded tells, and
// the graph answers an error for a field of which it does not hold.
type Parts uint32

// Everything is all that a record has.
const Everything Parts = 0

// The parts of a record.
const (
	PartIdentity Parts = 1 << iota // what every record has: its id, status, when it was recorded, whether its answers are shown
	PartReference
	PartKind
	PartSource
	PartTaxonomyVersion
	PartRevision
	PartOccurredOn
	PartOccurredFrom
	PartOccurredAt
	PartUpdatedAt
	PartOrganisation
	PartPlaces
	PartServiceAreas
	PartSpecialty
	PartConcern
	PartAgents
	PartChallenges
	PartPhysicalHarm
	PartPsychologicalHarm
	PartDetails
	PartTexts
	PartReporter
	PartWithdrawal
	PartDraft  // what a draft says: its other parts are of it
	PartPeople // whether its people are shown
	PartShown  // what else is shown of it, people too: its texts, contact details, exact ages and reason
)

// Has tells whether other parts are among these.
func (p Parts) Has(other Parts) bool {
	return p == Everything || other != Everything && p&other == other
}

// Within tells whether these are all among others, which are named one by one.
func (p Parts) Within(others Parts) bool { return p != Everything && p&^others == 0 }

// And are these parts and others.
func (p Parts) And(other Parts) Parts {
	if p == Everything || other == Everything {
		return Everything
	}
	return p | other
}

// PartsOf are those that fields of the graph's Event are made of. Of a field
// that is not known here that is everything.
func PartsOf(fields ...string) Parts {
	parts := PartIdentity
	for _, field := range fields {
		parts = parts.And(partsOf(field))
	}
	return parts
}

func partsOf(field string) Parts {
	switch field {
	case "__typename", "id", "status", "recordedAt", "reviews", "investigations", "requirements", "dutyOfCandour", "similar":
		return PartIdentity
	case "textView", "revisions":
		return PartShown
	case "reference":
		return PartReference
	case "kind":
		return PartKind
	case "source":
		return PartSource
	case "taxonomyVersion", "neverEvent", "neverEventWithdrawal":
		return PartTaxonomyVersion
	case "revision":
		return PartRevision
	case "reporterContact":
		return PartRevision | PartShown
	case "occurredOn":
		return PartOccurredOn
	case "occurredAt":
		return PartOccurredAt
	case "updatedAt":
		return PartUpdatedAt
	case "organisation":
		return PartOrganisation
	case "occurredAtOrganisations":
		return PartPlaces
	case "serviceArea":
		return PartServiceAreas
	case "specialty":
		return PartSpecialty | PartTaxonomyVersion
	case "levelOfConcern":
		return PartConcern
	case "involvedAgents":
		return PartAgents
	case "safetyChallenges":
		return PartChallenges
	case "physicalHarm":
		return PartPhysicalHarm
	case "psychologicalHarm":
		return PartPsychologicalHarm
	case "description":
		return PartTexts | PartRevision | PartShown
	case "details":
		return PartDetails | PartKind | PartTaxonomyVersion | PartTexts | PartRevision | PartShown
	case "patients":
		return PartTaxonomyVersion | PartTexts | PartRevision | PartShown
	case "reporter":
		return PartReporter | PartPeople
	case "withdrawal":
		return PartWithdrawal | PartShown
	}
	return Everything
}
