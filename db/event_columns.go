package db

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// eventColumn is a column of an event as a scope shows it.
type eventColumn struct {
	part event.Parts
	sql  string // ?0 and so on are the conditions of shownColumns
	into func(*shownRow) any
}

// eventColumns are an event's columns. Texts are projected here, so that nobody
// who may not read them is sent them. What a draft says and why an event was
// withdrawn are sealed, and come along: there are few of either.
var eventColumns = []eventColumn{
	{event.PartIdentity, "e.id", func(r *shownRow) any { return (*storedID)(&r.ID) }},
	{event.PartReference, "e.reference", func(r *shownRow) any { return &r.Reference }},
	{event.PartKind, "e.kind", func(r *shownRow) any { return textTo(&r.Kind) }},
	{event.PartIdentity, "e.status", func(r *shownRow) any { return textTo(&r.Status) }},
	{event.PartSource, "e.source", func(r *shownRow) any { return textTo(&r.Source) }},
	{event.PartTaxonomyVersion, "e.taxonomy_version", func(r *shownRow) any { return &r.TaxonomyVersion }},
	{event.PartRevision, "e.revision", func(r *shownRow) any { return &r.Revision }},
	{event.PartOccurredOn, "e.occurred_on", func(r *shownRow) any { return optionalTextTo(&r.OccurredOn) }},
	{event.PartOccurredFrom, "CASE WHEN ?3 THEN e.occurred_from END AS occurred_from", func(r *shownRow) any { return &r.OccurredFrom }},
	{event.PartOccurredAt, "to_char(e.occurred_at, 'HH24:MI') AS occurred_at", func(r *shownRow) any { return optionalTextTo(&r.OccurredAt) }},
	{event.PartIdentity, "e.recorded_at", func(r *shownRow) any { return &r.RecordedAt }},
	{event.PartUpdatedAt, "e.updated_at", func(r *shownRow) any { return &r.UpdatedAt }},
	{event.PartOrganisation, "CASE WHEN ?3 THEN e.organisation END AS organisation", func(r *shownRow) any { return optionalTextTo(&r.Organisation) }},
	{event.PartPlaces, "CASE WHEN ?3 THEN e.occurred_at_organisations ELSE '{}' END AS occurred_at_organisations",
		func(r *shownRow) any { return textsTo(&r.OccurredAtOrganisations) }},
	{event.PartServiceAreas, "e.service_areas", func(r *shownRow) any { return textsTo(&r.ServiceAreas) }},
	{event.PartSpecialty, "e.specialty", func(r *shownRow) any { return optionalTextTo(&r.Specialty) }},
	{event.PartConcern, "e.level_of_concern", func(r *shownRow) any { return optionalTextTo(&r.LevelOfConcern) }},
	{event.PartAgents, "e.involved_agents", func(r *shownRow) any { return textsTo(&r.InvolvedAgents) }},
	{event.PartChallenges, "e.safety_challenges", func(r *shownRow) any { return textsTo(&r.SafetyChallenges) }},
	{event.PartPhysicalHarm, "e.physical_harm", func(r *shownRow) any { return optionalTextTo(&r.PhysicalHarm) }},
	{event.PartPsychologicalHarm, "e.psychological_harm", func(r *shownRow) any { return optionalTextTo(&r.PsychologicalHarm) }},
	{event.PartDetails, "e.details", func(r *shownRow) any { return &r.Details }},
	{event.PartTexts, "CASE WHEN ?1 AND ?0 IS NOT TRUE THEN e.texts END AS texts", func(r *shownRow) any { return &r.Texts }},
	{event.PartReporter, "CASE WHEN ?2 THEN e.recorded_by END AS recorded_by", func(r *shownRow) any { return optionalID{&r.RecordedBy} }},
	{event.PartDraft, `CASE WHEN e.status = 'DRAFT' AND ?0 THEN
		(SELECT o.sealed FROM event_original AS o WHERE o.event_id = e.id AND o.revision = 0) END AS draft`, func(r *shownRow) any { return &r.Draft }},
	{event.PartWithdrawal, "e.withdrawn_at", func(r *shownRow) any { return &r.WithdrawnAt }},
	{event.PartWithdrawal, "CASE WHEN ?4 THEN e.withdrawal_reason END AS withdrawal_reason", func(r *shownRow) any { return &r.WithdrawalReason }},
	{event.PartWithdrawal, "CASE WHEN ?5 THEN (SELECT o.sealed FROM withdrawal_original AS o WHERE o.event_id = e.id) END AS reason_sealed",
		func(r *shownRow) any { return &r.ReasonSealed }},
	{event.PartIdentity, shownColumn, func(r *shownRow) any { return (*uint16)(&r.Shown) }},
}

// shownColumn says what of an event is shown.
const shownColumn = "?6 AS shown"

// shownBy are the classes that it speaks of, for parts that need no more.
func shownBy(parts event.Parts) []authz.Class {
	switch {
	case parts.Has(event.PartShown):
		return []authz.Class{authz.TextOriginal, authz.TextAnonymised, authz.People, authz.Contact, authz.ExactAge, authz.Structured, authz.Reason, authz.ReasonOriginal}
	case parts.Has(event.PartPeople):
		return []authz.Class{authz.Structured, authz.People}
	}
	return []authz.Class{authz.Structured}
}

// shownColumns are the columns of parts of an event, as a scope shows it; of its texts those
// of the fields alone, where any are named.
func shownColumns(shows shower, parts event.Parts, texts []string) schema.QueryWithArgs {
	var sql []string
	for _, column := range columnsOf(parts, texts) {
		sql = append(sql, column.sql)
	}
	args := []any{
		shows(authz.TextOriginal), shows(authz.TextAnonymised), shows(authz.People), shows(authz.Structured), shows(authz.Reason),
		shows(authz.ReasonOriginal), shownOf(shows, shownBy(parts)...),
	}
	for _, field := range texts {
		args = append(args, field)
	}
	return bun.SafeQuery(strings.Join(sql, ", "), args...)
}

// shownInto answers where a row of shownColumns goes.
func shownInto(parts event.Parts, texts []string) func(*shownRow) []any {
	return func(r *shownRow) []any {
		into := make([]any, 0, len(eventColumns)+len(texts))
		for _, column := range columnsOf(parts, texts) {
			into = append(into, column.into(r))
		}
		return into
	}
}

// columnsOf are the columns of parts of an event, and of those of its texts that are named.
func columnsOf(parts event.Parts, texts []string) []eventColumn {
	var columns []eventColumn
	for _, column := range eventColumns {
		switch {
		case !parts.Has(column.part):
		case column.part == event.PartTexts && texts != nil:
			columns = append(columns, textColumns(texts)...)
		default:
			columns = append(columns, column)
		}
	}
	return columns
}

// shownOf is the event.Shown of a row as a number. Classes are often shown under
// one condition, which then is asked once, and often none is.
func shownOf(shows shower, classes ...authz.Class) schema.QueryWithArgs {
	var conditions []any
	var bits []event.Shown
	for _, class := range classes {
		asked := shows(class)
		if asked.Query == condition(authz.Filter{}).Query {
			continue
		}
		at := slices.IndexFunc(conditions, func(known any) bool { return sameCondition(known.(schema.QueryWithArgs), asked) })
		if at < 0 {
			at = len(conditions)
			conditions, bits = append(conditions, asked), append(bits, 0)
		}
		bits[at] |= event.Showing(class)
	}
	if len(conditions) == 0 {
		return bun.SafeQuery("0")
	}
	sql := make([]string, len(bits))
	for i, b := range bits {
		sql[i] = "CASE WHEN ? THEN " + strconv.Itoa(int(b)) + " ELSE 0 END"
	}
	return bun.SafeQuery("("+strings.Join(sql, " | ")+")", conditions...)
}

// sameCondition tells whether two conditions say the same in the same words of
// the same values.
func sameCondition(a, b schema.QueryWithArgs) bool {
	return a.Query == b.Query && slices.EqualFunc(a.Args, b.Args, sameValue)
}

func sameValue(a, b any) bool {
	list, isList := a.(*pgdialect.ArrayValue)
	other, bothLists := b.(*pgdialect.ArrayValue)
	if isList != bothLists {
		return false
	}
	if !isList {
		return reflect.DeepEqual(a, b)
	}
	texts, isTexts := list.Value().([]string)
	others, bothTexts := other.Value().([]string)
	return isTexts && bothTexts && slices.Equal(texts, others)
}
