package event

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"time"

	"lfpse/internal/authz"
)

// Dimension is by what events are counted.
type Dimension string

// The values of Dimension, as the graph's enum EventDimension has them.
const (
	DimensionKind              Dimension = "KIND"
	DimensionStatus            Dimension = "STATUS"
	DimensionSource            Dimension = "SOURCE"
	DimensionOrganisation      Dimension = "ORGANISATION"
	DimensionICB               Dimension = "ICB"
	DimensionRegion            Dimension = "REGION"
	DimensionServiceArea       Dimension = "SERVICE_AREA"
	DimensionSpecialty         Dimension = "SPECIALTY"
	DimensionPhysicalHarm      Dimension = "PHYSICAL_HARM"
	DimensionPsychologicalHarm Dimension = "PSYCHOLOGICAL_HARM"
	DimensionInvolvedAgent     Dimension = "INVOLVED_AGENT"
	DimensionSafetyChallenge   Dimension = "SAFETY_CHALLENGE"
	DimensionNeverEventType    Dimension = "NEVER_EVENT_TYPE"
	DimensionDay               Dimension = "DAY"
	DimensionWeek              Dimension = "WEEK"
	DimensionMonth             Dimension = "MONTH"
	DimensionYear              Dimension = "YEAR"
)

func dimensions() vocabulary[Dimension] {
	return vocabulary[Dimension]{
		DimensionKind, DimensionStatus, DimensionSource, DimensionOrganisation, DimensionICB, DimensionRegion,
		DimensionServiceArea, DimensionSpecialty, DimensionPhysicalHarm, DimensionPsychologicalHarm,
		DimensionInvolvedAgent, DimensionSafetyChallenge, DimensionNeverEventType,
		DimensionDay, DimensionWeek, DimensionMonth, DimensionYear,
	}
}

// MarshalGQL writes the enum value.
func (d Dimension) MarshalGQL(w io.Writer) { dimensions().write(w, d) }

// UnmarshalGQL reads an enum value.
func (d *Dimension) UnmarshalGQL(v any) (err error) {
	*d, err = dimensions().read(v)
	return err
}

// Overlaps tells whether an event can have several values in the dimension.
func (d Dimension) Overlaps() bool {
	return d == DimensionServiceArea || d == DimensionInvolvedAgent || d == DimensionSafetyChallenge
}

// Geographical tells whether the dimension follows from the organisation by the map.
func (d Dimension) Geographical() bool { return d == DimensionICB || d == DimensionRegion }

// IsDate tells whether the dimension is a part of a date.
func (d Dimension) IsDate() bool {
	return d == DimensionDay || d == DimensionWeek || d == DimensionMonth || d == DimensionYear
}

// DateField is by which of their dates events are counted.
type DateField string

// The values of DateField, as the graph's enum EventDate has them.
const (
	CountedByRecordedAt DateField = "RECORDED_AT"
	CountedByOccurredOn DateField = "OCCURRED_ON"
)

func dateFields() vocabulary[DateField] {
	return vocabulary[DateField]{CountedByRecordedAt, CountedByOccurredOn}
}

// MarshalGQL writes the enum value.
func (d DateField) MarshalGQL(w io.Writer) { dateFields().write(w, d) }

// UnmarshalGQL reads an enum value.
func (d *DateField) UnmarshalGQL(v any) (err error) {
	*d, err = dateFields().read(v)
	return err
}

// notRecorded is the label of the events that have no value in a dimension.
const notRecorded = "Not recorded"

// order lists the values of a dimension whose order is that of an enum; nil for the others.
func (d Dimension) order() []string {
	switch d {
	case DimensionKind:
		return valuesOf(kinds())
	case DimensionStatus:
		return valuesOf(statuses())
	case DimensionSource:
		return valuesOf(sources())
	case DimensionServiceArea:
		return valuesOf(serviceAreas())
	case DimensionPhysicalHarm:
		return valuesOf(physicalHarms())
	case DimensionPsychologicalHarm:
		return valuesOf(psychologicalHarms())
	case DimensionInvolvedAgent:
		return valuesOf(agentTypes())
	case DimensionSafetyChallenge:
		return valuesOf(safetyChallenges())
	}
	return nil
}

func valuesOf[E ~string](v vocabulary[E]) []string {
	values := make([]string, len(v))
	for i, value := range v {
		values[i] = string(value)
	}
	return values
}

// system is the code system whose labels a dimension's values have; empty where the
// taxonomy has none.
func (d Dimension) system() string {
	switch d {
	case DimensionServiceArea:
		return "service-type"
	case DimensionPhysicalHarm:
		return "level-of-physical-harm"
	case DimensionPsychologicalHarm:
		return "level-of-psychological-harm"
	case DimensionInvolvedAgent:
		return "agent-type"
	case DimensionSafetyChallenge:
		return "safety-challenges"
	case DimensionSpecialty:
		return systemSpecialty
	case DimensionNeverEventType:
		return "never-event-type"
	}
	return ""
}

// words are the labels of the values that the service itself gave.
func (d Dimension) words() map[string]string {
	switch d {
	case DimensionKind:
		return map[string]string{
			string(KindIncident): "Incident", string(KindOutcome): "Outcome",
			string(KindRisk): "Risk", string(KindGoodCare): "Good care",
		}
	case DimensionStatus:
		return map[string]string{
			string(StatusSubmitted): "Submitted", string(StatusUnderReview): "Under review",
			string(StatusReviewed): "Reviewed", string(StatusWithdrawn): "Withdrawn",
		}
	case DimensionSource:
		return map[string]string{
			string(SourceOnline): "Recorded online", string(SourceAnonymous): "Recorded anonymously",
			string(SourceLrms): "Sent by a local risk management system",
		}
	}
	return nil
}

// A labeller gives the values of one dimension their labels and order. It
// remembers both, since a value stands in many groups.
type labeller struct {
	service   *Service
	dimension Dimension
	known     map[string]*DimensionValue
	nothing   *DimensionValue
	words     map[string]string
	ranks     map[string]int
}

func (s *Service) labeller(d Dimension) *labeller {
	l := &labeller{
		service: s, dimension: d, known: map[string]*DimensionValue{}, words: d.words(), ranks: map[string]int{},
		nothing: &DimensionValue{Dimension: d, Label: notRecorded, last: true},
	}
	for i, value := range d.order() {
		l.ranks[value] = i
	}
	return l
}

func (l *labeller) value(code *string) *DimensionValue {
	if code == nil {
		return l.nothing
	}
	if known := l.known[*code]; known != nil {
		return known
	}
	value := &DimensionValue{Dimension: l.dimension, Code: code, Label: l.label(*code)}
	rank, ranked := l.ranks[*code]
	switch {
	case ranked:
		value.rank = rank
	case l.dimension.order() != nil: // a value of a newer service
		value.rank = len(l.ranks)
	}
	l.known[*code] = value
	return value
}

func (l *labeller) label(code string) string {
	switch l.dimension {
	case DimensionKind, DimensionStatus, DimensionSource:
		return cmp.Or(l.words[code], code)
	case DimensionOrganisation:
		return l.service.geography.Name(code)
	case DimensionICB:
		return l.service.geography.AreaName(authz.Area{Type: authz.AreaICB, Code: code})
	case DimensionRegion:
		return l.service.geography.AreaName(authz.Area{Type: authz.AreaRegion, Code: code})
	case DimensionDay, DimensionWeek, DimensionMonth, DimensionYear:
		return dateLabel(l.dimension, code)
	}
	return l.taxonomyLabel(code)
}

// taxonomyLabel is the label that the latest taxonomy has for a code, or for the code
// that an enum's value stands for.
func (l *labeller) taxonomyLabel(value string) string {
	system, latest := l.dimension.system(), l.service.taxonomy.Latest()
	code := value
	if l.dimension.order() != nil {
		code, _ = latest.CodeOf(system, value)
	}
	if label, ok := latest.Label(system, code); ok {
		return label
	}
	return value
}

// dateLabel writes a date as people in England do.
func dateLabel(d Dimension, code string) string {
	switch d {
	case DimensionDay:
		if day, err := time.Parse(time.DateOnly, code); err == nil {
			return day.Format("2 January 2006")
		}
	case DimensionMonth:
		if month, err := time.Parse("2006-01", code); err == nil {
			return month.Format("January 2006")
		}
	case DimensionWeek:
		if monday, ok := mondayOf(code); ok {
			return "Week of " + monday.Format("2 January 2006")
		}
	}
	return code
}

// mondayOf answers the first day of a week by ISO 8601, such as 2026-W40: the first
// week of a year is the one with 4 January in it.
func mondayOf(code string) (time.Time, bool) {
	if len(code) != len("2026-W40") {
		return time.Time{}, false
	}
	year, errYear := strconv.Atoi(code[:4])
	week, errWeek := strconv.Atoi(code[6:])
	if errYear != nil || errWeek != nil {
		return time.Time{}, false
	}
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
	sinceMonday := (int(fourth.Weekday()) + 6) % 7
	return fourth.AddDate(0, 0, 7*(week-1)-sinceMonday), true
}

// compare puts two values of a dimension in order: as an enum's values are, bodies
// and specialties by name, dates from the earliest on, and what is not known last.
func (v *DimensionValue) compare(w *DimensionValue) int {
	switch {
	case v == w:
		return 0
	case v.last != w.last:
		if v.last {
			return 1
		}
		return -1
	}
	byRank := cmp.Compare(v.rank, w.rank)
	switch v.Dimension {
	case DimensionOrganisation, DimensionICB, DimensionRegion, DimensionSpecialty, DimensionNeverEventType:
		return cmp.Or(cmp.Compare(v.Label, w.Label), cmp.Compare(*v.Code, *w.Code))
	}
	return cmp.Or(byRank, cmp.Compare(*v.Code, *w.Code))
}

// sortGroups puts groups in the order of their keys.
func sortGroups(groups []*Group) {
	slices.SortStableFunc(groups, func(a, b *Group) int {
		for i, key := range a.Keys {
			if c := key.compare(b.Keys[i]); c != 0 {
				return c
			}
		}
		return 0
	})
}
