package sample

import (
	"math"
	"math/rand/v2"
	"time"

	"lfpse/internal/event"
	"lfpse/internal/organisation"
)

// The shares of the mix, as the service's published figures and the larger
// trusts' suggest them.
var (
	physical      = weighted[event.PhysicalHarm]{{event.PhysicalHarmNone, 68}, {event.PhysicalHarmLow, 26.2}, {event.PhysicalHarmModerate, 4.9}, {event.PhysicalHarmSevere, 0.6}, {event.PhysicalHarmFatal, 0.3}}
	psychological = weighted[event.PsychologicalHarm]{{event.PsychologicalHarmNone, 80}, {event.PsychologicalHarmLow, 17}, {event.PsychologicalHarmModerate, 2.6}, {event.PsychologicalHarmSevere, 0.4}}
	patientCounts = weighted[int]{{0, 8}, {1, 90}, {2, 2}}
	concerns      = weighted[event.LevelOfConcern]{{event.LevelOfConcernNotAtAll, 20}, {event.LevelOfConcernNotVery, 45}, {event.LevelOfConcernFairly, 27}, {event.LevelOfConcernVery, 8}}
	areas         = weighted[event.ServiceArea]{{event.ServiceAreaAcute, 80}, {event.ServiceAreaMaternity, 8}, {event.ServiceAreaMentalHealth, 8}, {event.ServiceAreaCommunityNursing, 4}}
)

type weighted[T any] []struct {
	value T
	share float64
}

func (w weighted[T]) draw(r *rand.Rand) T {
	total := 0.0
	for _, one := range w {
		total += one.share
	}
	at := r.Float64() * total
	for _, one := range w {
		if at -= one.share; at < 0 {
			return one.value
		}
	}
	return w[len(w)-1].value
}

// period is how far back sample incidents go.
const period = 2 * 365 * 24 * time.Hour

// hours peak around handovers.
var hours = weighted[int]{{8, 3}, {9, 2}, {10, 2}, {11, 2}, {12, 2}, {13, 2}, {14, 3}, {15, 2}, {16, 2}, {17, 2}, {18, 2}, {20, 3}, {22, 1}, {2, 1}, {5, 1}, {7, 2}}

// incident invents one incident of a trust: what is typed, and when.
func incident(r *rand.Rand, trust *organisation.Organisation, sites []*organisation.Organisation, until time.Time) (*event.Input, time.Time) {
	lag := time.Duration(math.Exp(r.NormFloat64()*1.2) * float64(24*time.Hour))
	recorded := until.Add(-time.Duration(r.Float64() * float64(period))).Truncate(time.Second)
	day := recorded.Add(-min(lag, 90*24*time.Hour))
	occurred := time.Date(day.Year(), day.Month(), day.Day(), hours.draw(r), r.IntN(60), 0, 0, time.UTC)
	if occurred.After(recorded) {
		occurred = occurred.AddDate(0, 0, -1)
	}
	tale, told := pick(r, stories), newNarrator(r)
	code := string(trust.ODSCode)
	date, clock := event.PartialDate(occurred.Format(time.DateOnly)), event.LocalTime(occurred.Format("15:04"))
	concern, near := concerns.draw(r), tale.detection == "3"
	in := &event.Input{
		Kind: event.KindIncident, OccurredOn: &date, OccurredAt: &clock, Organisation: &code,
		OccurredAtOrganisations: []string{place(r, trust, sites)}, ServiceArea: []event.ServiceArea{areas.draw(r)},
		Description: told.tell(tale.text), LevelOfConcern: &concern, Specialty: optional(tale.specialty),
		Incident: &event.IncidentInput{
			ImmediateActions: told.tell(pick(r, actions)), Process: optional(tale.process),
			DetectionPoint: optional(tale.detection), NearMiss: &near,
		},
	}
	for _, agent := range tale.agents {
		in.InvolvedAgents = append(in.InvolvedAgents, event.AgentType(agent))
	}
	if tale.challenge != "" {
		in.SafetyChallenges = []event.SafetyChallenge{event.SafetyChallenge(tale.challenge)}
	}
	if r.IntN(5) == 0 {
		in.Incident.WentWell = told.tell(pick(r, wentWell))
	}
	for range patientCounts.draw(r) {
		in.Patients = append(in.Patients, patient(r, told))
	}
	return in, recorded
}

// place is where it happened: the trust, or now and then one of its sites.
func place(r *rand.Rand, trust *organisation.Organisation, sites []*organisation.Organisation) string {
	if len(sites) > 0 && r.IntN(2) == 0 {
		return string(pick(r, sites).ODSCode)
	}
	return string(trust.ODSCode)
}

func patient(r *rand.Rand, told narrator) *event.PatientInput {
	harm, age := physical.draw(r), event.Age{Value: 1 + min(99, int(math.Abs(r.NormFloat64()*22+60))), Unit: event.Years}
	gender := pick(r, []string{"1", "2"})
	p := &event.PatientInput{Age: &age, Gender: &gender, PhysicalHarm: &harm}
	if harm != event.PhysicalHarmFatal {
		mind := psychological.draw(r)
		p.PsychologicalHarm = &mind
	}
	if harm == event.PhysicalHarmSevere || harm == event.PhysicalHarmFatal {
		p.StrengthOfAssociation = optional(pick(r, []string{"3", "4", "5", "6"}))
	}
	if r.IntN(3) == 0 {
		p.ClinicalOutcome = told.tell(pick(r, outcomes))
	}
	return p
}

func optional(code string) *string {
	if code == "" {
		return nil
	}
	return &code
}
