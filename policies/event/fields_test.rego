package event_test

import data.event as policy

# How a reader can stand to an event.
standings := {
	"reporter": {"reader": readers.STANDARD, "record": event({"recorded_by": "me"})},
	"author_of_draft": {"reader": readers.STANDARD, "record": event({"recorded_by": "me", "status": "DRAFT"})},
	"client_that_sent_it": {
		"reader": readers.client,
		"record": event({"recorded_by": null, "client_id": "my-system", "organisation": "A"}),
	},
	"ORGANISATIONAL_reporters_organisation": {"reader": readers.ORGANISATIONAL, "record": event({"organisation": "A"})},
	"ADMIN_reporters_organisation": {"reader": readers.ADMIN, "record": event({"organisation": "A"})},
	"ORGANISATIONAL_only_occurred_at": {
		"reader": readers.ORGANISATIONAL,
		"record": event({"occurred_at_organisations": ["A"]}),
	},
	"ADMIN_only_occurred_at": {"reader": readers.ADMIN, "record": event({"occurred_at_organisations": ["A"]})},
	"READ_ONLY_reporters_organisation": {
		"reader": readers.READ_ONLY,
		"record": event({"organisation": "A", "occurred_at_organisations": ["A"]}),
	},
	"READ_ONLY_only_occurred_at": {"reader": readers.READ_ONLY, "record": event({"occurred_at_organisations": ["A"]})},
	"NATIONAL_LEAD": {"reader": readers.NATIONAL_LEAD, "record": event({})},
}

everyone := object.keys(standings)

source := {"reporter", "author_of_draft", "client_that_sent_it"}

answerable_where_reported := {"ORGANISATIONAL_reporters_organisation", "ADMIN_reporters_organisation"}

answerable_where_occurred := {"ORGANISATIONAL_only_occurred_at", "ADMIN_only_occurred_at"}

shown_to := {
	"structured": everyone,
	"text": everyone,
	"text_anonymised": everyone,
	"text_original": source,
	"people": (source | answerable_where_reported),
	"editors": answerable_where_reported,
	"contact": source,
	"exact_age": ((source | answerable_where_reported) | answerable_where_occurred),
	"reason": set(),
	"reason_original": set(),
	"no_such_class": set(),
}

test_event_fields[class][standing] if {
	some class, readable_by in shown_to
	some standing, case in standings
	expected := standing in readable_by
	expected == shows(class, case.reader, case.record)
}

# A withdrawn event shows no class to anybody, its reporter included, but why
# it was withdrawn.
test_event_fields_of_withdrawn[class][standing] if {
	some class, _ in shown_to
	some standing, case in standings
	expected := class == "reason"
	expected == shows(class, case.reader, object.union(case.record, {"status": "WITHDRAWN"}))
}

# Whoever typed the reason reads it as typed, and nobody else does, be it the
# event's reporter.
test_event_reason_original[reader][by] if {
	some reader, principal in readers
	some by, typist in {
		"this_account": {"withdrawn_by": "me"},
		"another_account": {"withdrawn_by": "somebody"},
		"this_client": {"withdrawn_by_client": "my-system"},
		"another_client": {"withdrawn_by_client": "other-system"},
		"an_account_of_that_id": {"withdrawn_by": "my-system"},
		"a_client_of_that_id": {"withdrawn_by_client": "me"},
	}
	expected := by in object.get(typed_by, object.get(principal.principal, "kind", ""), set())
	record := event(object.union(typist, {"status": "WITHDRAWN", "recorded_by": "me", "organisation": "A"}))
	expected == shows("reason_original", principal, record)
}

typed_by := {"account": {"this_account"}, "client": {"this_client"}, "anonymous": set()}

# What was not withdrawn has no reason.
test_event_reason_of_what_stands if {
	every status in ["DRAFT", "SUBMITTED", "UNDER_REVIEW", "REVIEWED"] {
		record := event({"status": status, "recorded_by": "me", "withdrawn_by": "me"})
		not shows("reason", readers.STANDARD, record)
		not shows("reason_original", readers.STANDARD, record)
	}
}

# What tells who somebody is holds without asking whether the event is visible.
test_event_fields_of_invisible[class][reader] if {
	some class in ["text_original", "people", "editors", "contact", "exact_age"]
	some reader, principal in readers
	every record in records {
		not shows_invisible(class, principal, record)
	}
}

# Both roles on one area: the one that shows more counts.
test_event_fields_read_only_beside_admin if {
	reader := object.union(readers.ADMIN, {"principal": {"grants": [
		{"role": "READ_ONLY", "area": {"type": "ICB", "code": "AREA", "organisations": area}},
		{"role": "ADMIN", "area": {"type": "ORGANISATION", "code": "A", "organisations": ["A"]}},
	]}})
	shows("people", reader, event({"organisation": "A"}))
	not shows("people", reader, event({"organisation": "A01"}))
	not shows("exact_age", reader, event({"organisation": "A01"}))
}

# A national lead who reported an event reads it as its reporter.
test_event_fields_national_lead_own if {
	every class in ["text_original", "people", "contact", "exact_age"] {
		shows(class, readers.NATIONAL_LEAD, event({"recorded_by": "me"}))
	}
}

# Nobody is the reporter of an anonymous event.
test_event_fields_of_anonymous_event[class][reader] if {
	some class in ["text_original", "contact"]
	some reader, principal in readers
	record := event({"recorded_by": null, "organisation": "A", "occurred_at_organisations": ["A"]})
	not shows(class, principal, record)
}

# Where the settings say so, reporters read what they submitted as others do,
test_event_reporter_text_anonymised if {
	not shows("text_original", readers.STANDARD, event({"recorded_by": "me"})) with data.settings.reporter_text as "anonymised"
	shows("text_anonymised", readers.STANDARD, event({"recorded_by": "me"})) with data.settings.reporter_text as "anonymised"
}

# but their drafts as they typed them, as a client does what it sent.
test_event_reporter_text_anonymised_drafts_and_clients if {
	draft := standings.author_of_draft
	shows("text_original", draft.reader, draft.record) with data.settings.reporter_text as "anonymised"
	sent := standings.client_that_sent_it
	shows("text_original", sent.reader, sent.record) with data.settings.reporter_text as "anonymised"
}

default shows(_, _, _) := false

shows(class, reader, record) if policy.shows[class] with input as object.union(reader, {"event": record})

shows_invisible(class, reader, record) if {
	shows(class, reader, record)
	not visible(reader, record)
}
