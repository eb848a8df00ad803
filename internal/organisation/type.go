package organisation

import (
	"io"
	"slices"

	"lfpse/internal/fault"
)

// Type is what kind of organisation one is, as the graph's OrganisationType
// names it.
type Type string

// The types.
const (
	NHSTrust                 Type = "NHS_TRUST"
	NHSTrustSite             Type = "NHS_TRUST_SITE"
	GPPractice               Type = "GP_PRACTICE"
	PrimaryCareNetwork       Type = "PRIMARY_CARE_NETWORK"
	Pharmacy                 Type = "PHARMACY"
	DentalPractice           Type = "DENTAL_PRACTICE"
	Optometry                Type = "OPTOMETRY"
	IndependentProvider      Type = "INDEPENDENT_PROVIDER"
	CareHome                 Type = "CARE_HOME"
	ICBBody                  Type = "ICB"    // an ICB's own office, which is not the area
	RegionBody               Type = "REGION" // likewise a region's
	CommissioningSupportUnit Type = "COMMISSIONING_SUPPORT_UNIT"
	NHSEngland               Type = "NHS_ENGLAND"
	OtherType                Type = "OTHER"
)

// Types lists every type, in the graph's order.
func Types() []Type {
	return []Type{
		NHSTrust, NHSTrustSite, GPPractice, PrimaryCareNetwork, Pharmacy, DentalPractice, Optometry,
		IndependentProvider, CareHome, ICBBody, RegionBody, CommissioningSupportUnit, NHSEngland, OtherType,
	}
}

// Valid tells whether t is one of Types.
func (t Type) Valid() bool { return slices.Contains(Types(), t) }

// MarshalGQL writes the type as the graph's OrganisationType.
func (t Type) MarshalGQL(w io.Writer) { writeQuoted(w, string(t)) }

// UnmarshalGQL reads the graph's OrganisationType.
func (t *Type) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !Type(s).Valid() {
		return fault.New(fault.BadUserInput, "This is not an OrganisationType.")
	}
	*t = Type(s)
	return nil
}
