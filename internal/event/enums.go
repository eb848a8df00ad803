package event

import (
	"fmt"
	"io"
	"slices"
	"strconv"
)

// A vocabulary lists the values that a type of the graph's enums may have.
type vocabulary[E ~string] []E

func (v vocabulary[E]) write(w io.Writer, value E) {
	io.WriteString(w, strconv.Quote(string(value))) //nolint:errcheck // gqlgen's Marshaler has no error to answer
}

// read takes a value as the graph's inputs carry it. The error names the type,
// never the value: it may hold what somebody typed.
func (v vocabulary[E]) read(value any) (E, error) {
	text, ok := value.(string)
	if !ok || !slices.Contains(v, E(text)) {
		var none E
		return none, fmt.Errorf("must be one of %v", v)
	}
	return E(text), nil
}

// named answers a value as far as the graph has a name for it. What a newer
// service recorded may have another: it is left out, since an enum's value that
// nobody knows would take away the whole page that it stands on.
func (v vocabulary[E]) named(value *E) *E {
	if value == nil || !slices.Contains(v, *value) {
		return nil
	}
	return value
}

// namedOf is named for a list, which it answers where it names all.
func (v vocabulary[E]) namedOf(values []E) []E {
	if !slices.ContainsFunc(values, func(value E) bool { return !slices.Contains(v, value) }) {
		return values
	}
	return slices.DeleteFunc(slices.Clone(values), func(value E) bool { return !slices.Contains(v, value) })
}

// Kind is a kind of patient safety event.
type Kind string

// The values of Kind, as the graph's enum EventKind has them.
const (
	KindIncident Kind = "INCIDENT"
	KindOutcome  Kind = "OUTCOME"
	KindRisk     Kind = "RISK"
	KindGoodCare Kind = "GOOD_CARE"
)

func kinds() vocabulary[Kind] {
	return vocabulary[Kind]{KindIncident, KindOutcome, KindRisk, KindGoodCare}
}

// MarshalGQL writes the enum value.
func (k Kind) MarshalGQL(w io.Writer) { kinds().write(w, k) }

// UnmarshalGQL reads an enum value.
func (k *Kind) UnmarshalGQL(v any) (err error) {
	*k, err = kinds().read(v)
	return err
}

// Status is where an event stands.
type Status string

// The values of Status, as the graph's enum EventStatus has them.
const (
	StatusDraft       Status = "DRAFT"
	StatusSubmitted   Status = "SUBMITTED"
	StatusUnderReview Status = "UNDER_REVIEW"
	StatusReviewed    Status = "REVIEWED"
	StatusWithdrawn   Status = "WITHDRAWN"
)

func statuses() vocabulary[Status] {
	return vocabulary[Status]{StatusDraft, StatusSubmitted, StatusUnderReview, StatusReviewed, StatusWithdrawn}
}

// MarshalGQL writes the enum value.
func (s Status) MarshalGQL(w io.Writer) { statuses().write(w, s) }

// UnmarshalGQL reads an enum value.
func (s *Status) UnmarshalGQL(v any) (err error) {
	*s, err = statuses().read(v)
	return err
}

// Source is how an event came in.
type Source string

// The values of Source, as the graph's enum EventSource has them.
const (
	SourceOnline    Source = "ONLINE"
	SourceAnonymous Source = "ANONYMOUS"
	SourceLrms      Source = "LRMS"
)

func sources() vocabulary[Source] {
	return vocabulary[Source]{SourceOnline, SourceAnonymous, SourceLrms}
}

// MarshalGQL writes the enum value.
func (s Source) MarshalGQL(w io.Writer) { sources().write(w, s) }

// UnmarshalGQL reads an enum value.
func (s *Source) UnmarshalGQL(v any) (err error) {
	*s, err = sources().read(v)
	return err
}

// TextView is which view of free text a viewer has.
type TextView string

// The values of TextView, as the graph's enum TextView has them.
const (
	TextViewOriginal   TextView = "ORIGINAL"
	TextViewAnonymised TextView = "ANONYMISED"
	TextViewHidden     TextView = "HIDDEN"
)

func textViews() vocabulary[TextView] {
	return vocabulary[TextView]{TextViewOriginal, TextViewAnonymised, TextViewHidden}
}

// MarshalGQL writes the enum value.
func (t TextView) MarshalGQL(w io.Writer) { textViews().write(w, t) }

// UnmarshalGQL reads an enum value.
func (t *TextView) UnmarshalGQL(v any) (err error) {
	*t, err = textViews().read(v)
	return err
}

// OrderField is by what events can be listed.
type OrderField string

// The values of OrderField, as the graph's enum EventOrderField has them.
const (
	ByRecordedAt OrderField = "RECORDED_AT"
	ByOccurredOn OrderField = "OCCURRED_ON"
	ByUpdatedAt  OrderField = "UPDATED_AT"
	ByHarm       OrderField = "PHYSICAL_HARM"
	ByRelevance  OrderField = "RELEVANCE"
)

func orderFields() vocabulary[OrderField] {
	return vocabulary[OrderField]{ByRecordedAt, ByOccurredOn, ByUpdatedAt, ByHarm, ByRelevance}
}

// MarshalGQL writes the enum value.
func (o OrderField) MarshalGQL(w io.Writer) { orderFields().write(w, o) }

// UnmarshalGQL reads an enum value.
func (o *OrderField) UnmarshalGQL(v any) (err error) {
	*o, err = orderFields().read(v)
	return err
}

// Direction is which end of an order comes first.
type Direction string

// The values of Direction, as the graph's enum OrderDirection has them.
const (
	Ascending  Direction = "ASC"
	Descending Direction = "DESC"
)

func directions() vocabulary[Direction] {
	return vocabulary[Direction]{Ascending, Descending}
}

// MarshalGQL writes the enum value.
func (d Direction) MarshalGQL(w io.Writer) { directions().write(w, d) }

// UnmarshalGQL reads an enum value.
func (d *Direction) UnmarshalGQL(v any) (err error) {
	*d, err = directions().read(v)
	return err
}
