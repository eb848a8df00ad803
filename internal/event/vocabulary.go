package event

import "io"

// PhysicalHarm is physical harm to a patient, from none to the worst.
type PhysicalHarm string

// The values of PhysicalHarm, as the graph's enum PhysicalHarm has them.
const (
	PhysicalHarmNone     PhysicalHarm = "NONE"
	PhysicalHarmLow      PhysicalHarm = "LOW"
	PhysicalHarmModerate PhysicalHarm = "MODERATE"
	PhysicalHarmSevere   PhysicalHarm = "SEVERE"
	PhysicalHarmFatal    PhysicalHarm = "FATAL"
)

func physicalHarms() vocabulary[PhysicalHarm] {
	return vocabulary[PhysicalHarm]{PhysicalHarmNone, PhysicalHarmLow, PhysicalHarmModerate, PhysicalHarmSevere, PhysicalHarmFatal}
}

// MarshalGQL writes the enum value.
func (p PhysicalHarm) MarshalGQL(w io.Writer) { physicalHarms().write(w, p) }

// UnmarshalGQL reads an enum value.
func (p *PhysicalHarm) UnmarshalGQL(v any) (err error) {
	*p, err = physicalHarms().read(v)
	return err
}

// PsychologicalHarm is psychological harm to a patient, from none to the worst.
type PsychologicalHarm string

// The values of PsychologicalHarm, as the graph's enum PsychologicalHarm has them.
const (
	PsychologicalHarmNone     PsychologicalHarm = "NONE"
	PsychologicalHarmLow      PsychologicalHarm = "LOW"
	PsychologicalHarmModerate PsychologicalHarm = "MODERATE"
	PsychologicalHarmSevere   PsychologicalHarm = "SEVERE"
)

func psychologicalHarms() vocabulary[PsychologicalHarm] {
	return vocabulary[PsychologicalHarm]{PsychologicalHarmNone, PsychologicalHarmLow, PsychologicalHarmModerate, PsychologicalHarmSevere}
}

// MarshalGQL writes the enum value.
func (p PsychologicalHarm) MarshalGQL(w io.Writer) { psychologicalHarms().write(w, p) }

// UnmarshalGQL reads an enum value.
func (p *PsychologicalHarm) UnmarshalGQL(v any) (err error) {
	*p, err = psychologicalHarms().read(v)
	return err
}

// LevelOfConcern is how concerned a reporter is.
type LevelOfConcern string

// The values of LevelOfConcern, as the graph's enum LevelOfConcern has them.
const (
	LevelOfConcernNotAtAll LevelOfConcern = "NOT_AT_ALL"
	LevelOfConcernNotVery  LevelOfConcern = "NOT_VERY"
	LevelOfConcernFairly   LevelOfConcern = "FAIRLY"
	LevelOfConcernVery     LevelOfConcern = "VERY"
)

func levelOfConcerns() vocabulary[LevelOfConcern] {
	return vocabulary[LevelOfConcern]{LevelOfConcernNotAtAll, LevelOfConcernNotVery, LevelOfConcernFairly, LevelOfConcernVery}
}

// MarshalGQL writes the enum value.
func (l LevelOfConcern) MarshalGQL(w io.Writer) { levelOfConcerns().write(w, l) }

// UnmarshalGQL reads an enum value.
func (l *LevelOfConcern) UnmarshalGQL(v any) (err error) {
	*l, err = levelOfConcerns().read(v)
	return err
}

// ServiceArea is a service in which care is given.
type ServiceArea string

// The values of ServiceArea, as the graph's enum ServiceArea has them.
const (
	ServiceAreaAcute                       ServiceArea = "ACUTE"
	ServiceAreaMaternity                   ServiceArea = "MATERNITY"
	ServiceAreaGeneralPractice             ServiceArea = "GENERAL_PRACTICE"
	ServiceAreaNHS111                      ServiceArea = "NHS_111"
	ServiceAreaAmbulance                   ServiceArea = "AMBULANCE"
	ServiceAreaMentalHealth                ServiceArea = "MENTAL_HEALTH"
	ServiceAreaCommunityTherapy            ServiceArea = "COMMUNITY_THERAPY"
	ServiceAreaCommunityNursing            ServiceArea = "COMMUNITY_NURSING"
	ServiceAreaPrison                      ServiceArea = "PRISON"
	ServiceAreaCommunityPharmacy           ServiceArea = "COMMUNITY_PHARMACY"
	ServiceAreaCommunityOptometry          ServiceArea = "COMMUNITY_OPTOMETRY"
	ServiceAreaCommunityDentistry          ServiceArea = "COMMUNITY_DENTISTRY"
	ServiceAreaCareHome                    ServiceArea = "CARE_HOME"
	ServiceAreaIntermediateCare            ServiceArea = "INTERMEDIATE_CARE"
	ServiceAreaSocialCare                  ServiceArea = "SOCIAL_CARE"
	ServiceAreaLearningDisabilityAndAutism ServiceArea = "LEARNING_DISABILITY_AND_AUTISM"
	ServiceAreaUnknown                     ServiceArea = "UNKNOWN"
)

func serviceAreas() vocabulary[ServiceArea] {
	return vocabulary[ServiceArea]{ServiceAreaAcute, ServiceAreaMaternity, ServiceAreaGeneralPractice, ServiceAreaNHS111, ServiceAreaAmbulance, ServiceAreaMentalHealth, ServiceAreaCommunityTherapy, ServiceAreaCommunityNursing, ServiceAreaPrison, ServiceAreaCommunityPharmacy, ServiceAreaCommunityOptometry, ServiceAreaCommunityDentistry, ServiceAreaCareHome, ServiceAreaIntermediateCare, ServiceAreaSocialCare, ServiceAreaLearningDisabilityAndAutism, ServiceAreaUnknown}
}

// MarshalGQL writes the enum value.
func (s ServiceArea) MarshalGQL(w io.Writer) { serviceAreas().write(w, s) }

// UnmarshalGQL reads an enum value.
func (s *ServiceArea) UnmarshalGQL(v any) (err error) {
	*s, err = serviceAreas().read(v)
	return err
}

// AgentType is a thing that was involved in an event.
type AgentType string

// The values of AgentType, as the graph's enum AgentType has them.
const (
	AgentTypeMedication               AgentType = "MEDICATION"
	AgentTypeDevice                   AgentType = "DEVICE"
	AgentTypeITSystem                 AgentType = "IT_SYSTEM"
	AgentTypeBuildingOrInfrastructure AgentType = "BUILDING_OR_INFRASTRUCTURE"
	AgentTypeEstatesService           AgentType = "ESTATES_SERVICE"
	AgentTypeBlood                    AgentType = "BLOOD"
	AgentTypeBloodProduct             AgentType = "BLOOD_PRODUCT"
	AgentTypeTissueOrOrgan            AgentType = "TISSUE_OR_ORGAN"
	AgentTypeNone                     AgentType = "NONE"
)

func agentTypes() vocabulary[AgentType] {
	return vocabulary[AgentType]{AgentTypeMedication, AgentTypeDevice, AgentTypeITSystem, AgentTypeBuildingOrInfrastructure, AgentTypeEstatesService, AgentTypeBlood, AgentTypeBloodProduct, AgentTypeTissueOrOrgan, AgentTypeNone}
}

// MarshalGQL writes the enum value.
func (a AgentType) MarshalGQL(w io.Writer) { agentTypes().write(w, a) }

// UnmarshalGQL reads an enum value.
func (a *AgentType) UnmarshalGQL(v any) (err error) {
	*a, err = agentTypes().read(v)
	return err
}

// SafetyChallenge is a known challenge to patient safety.
type SafetyChallenge string

// The values of SafetyChallenge, as the graph's enum SafetyChallenge has them.
const (
	SafetyChallengePressureUlcer                 SafetyChallenge = "PRESSURE_ULCER"
	SafetyChallengeFall                          SafetyChallenge = "FALL"
	SafetyChallengeSelfHarm                      SafetyChallenge = "SELF_HARM"
	SafetyChallengeRadiotherapy                  SafetyChallenge = "RADIOTHERAPY"
	SafetyChallengeHealthcareAssociatedInfection SafetyChallenge = "HEALTHCARE_ASSOCIATED_INFECTION"
	SafetyChallengeScreening                     SafetyChallenge = "SCREENING"
	SafetyChallengeNone                          SafetyChallenge = "NONE"
)

func safetyChallenges() vocabulary[SafetyChallenge] {
	return vocabulary[SafetyChallenge]{SafetyChallengePressureUlcer, SafetyChallengeFall, SafetyChallengeSelfHarm, SafetyChallengeRadiotherapy, SafetyChallengeHealthcareAssociatedInfection, SafetyChallengeScreening, SafetyChallengeNone}
}

// MarshalGQL writes the enum value.
func (s SafetyChallenge) MarshalGQL(w io.Writer) { safetyChallenges().write(w, s) }

// UnmarshalGQL reads an enum value.
func (s *SafetyChallenge) UnmarshalGQL(v any) (err error) {
	*s, err = safetyChallenges().read(v)
	return err
}

// YesNoUnknown is an answer to a question that need not have one.
type YesNoUnknown string

// The values of YesNoUnknown, as the graph's enum YesNoUnknown has them.
const (
	Yes      YesNoUnknown = "YES"
	No       YesNoUnknown = "NO"
	NotKnown YesNoUnknown = "UNKNOWN"
)

func yesNoUnknowns() vocabulary[YesNoUnknown] {
	return vocabulary[YesNoUnknown]{Yes, No, NotKnown}
}

// MarshalGQL writes the enum value.
func (y YesNoUnknown) MarshalGQL(w io.Writer) { yesNoUnknowns().write(w, y) }

// UnmarshalGQL reads an enum value.
func (y *YesNoUnknown) UnmarshalGQL(v any) (err error) {
	*y, err = yesNoUnknowns().read(v)
	return err
}

// AgeUnit is a unit of age.
type AgeUnit string

// The values of AgeUnit, as the graph's enum AgeUnit has them.
const (
	Days   AgeUnit = "DAYS"
	Months AgeUnit = "MONTHS"
	Years  AgeUnit = "YEARS"
)

func ageUnits() vocabulary[AgeUnit] {
	return vocabulary[AgeUnit]{Days, Months, Years}
}

// MarshalGQL writes the enum value.
func (a AgeUnit) MarshalGQL(w io.Writer) { ageUnits().write(w, a) }

// UnmarshalGQL reads an enum value.
func (a *AgeUnit) UnmarshalGQL(v any) (err error) {
	*a, err = ageUnits().read(v)
	return err
}
