package event_test

import data.event as policy

# Each event differs from somebody else's submitted one, elsewhere, in what its
# name says.
records := {
	"own_draft": event({"recorded_by": "me", "status": "DRAFT"}),
	"own_submitted": event({"recorded_by": "me"}),
	"own_withdrawn": event({"recorded_by": "me", "status": "WITHDRAWN"}),
	"others_draft_in_area": event({"organisation": "A", "occurred_at_organisations": ["A"], "status": "DRAFT"}),
	"others_draft_elsewhere": event({"status": "DRAFT"}),
	"reported_in_area": event({"organisation": "A"}),
	"reported_by_a_site_in_area": event({"organisation": "A01"}),
	"occurred_in_area": event({"occurred_at_organisations": ["B", "A"]}),
	"occurred_at_a_site_in_area": event({"occurred_at_organisations": ["A01"]}),
	"elsewhere": event({"occurred_at_organisations": ["B", "C"]}),
	"under_review_in_area": event({"organisation": "A", "status": "UNDER_REVIEW"}),
	"reviewed_in_area": event({"organisation": "A", "status": "REVIEWED"}),
	"withdrawn_in_area": event({"organisation": "A", "status": "WITHDRAWN"}),
	"in_an_unknown_state_in_area": event({"organisation": "A", "status": "SHREDDED"}),
	"anonymous_in_area": event({"organisation": "A", "recorded_by": null, "source": "ANONYMOUS"}),
	"anonymous_without_organisation": event({"organisation": null, "recorded_by": null, "source": "ANONYMOUS"}),
	"sent_by_its_client": event({"recorded_by": null, "client_id": "my-system"}),
	"sent_by_its_client_and_withdrawn": event({"recorded_by": null, "client_id": "my-system", "status": "WITHDRAWN"}),
	"drafted_by_its_client": event({"recorded_by": null, "client_id": "my-system", "status": "DRAFT"}),
	"sent_by_another_client_in_area": event({"recorded_by": null, "client_id": "other-system", "organisation": "A"}),
}

own := {"own_draft", "own_submitted", "own_withdrawn"}

in_area := {
	"reported_in_area", "reported_by_a_site_in_area",
	"occurred_in_area", "occurred_at_a_site_in_area",
	"under_review_in_area", "reviewed_in_area", "withdrawn_in_area",
	"anonymous_in_area", "sent_by_another_client_in_area",
}

submitted := {name | some name, record in records; record.status != "DRAFT"} - {"in_an_unknown_state_in_area"}

sees := {
	"nobody": set(),
	"anonymous": set(),
	"STANDARD": own,
	"ORGANISATIONAL": (own | in_area),
	"ADMIN": (own | in_area),
	"READ_ONLY": (own | in_area),
	"NATIONAL_LEAD": (own | submitted),
	"client": {"sent_by_its_client", "sent_by_its_client_and_withdrawn"},
}

test_event_rows[reader][record] if {
	some reader, principal in readers
	some record, row in records
	expected := record in sees[reader]
	expected == visible(principal, row)
}

# Roles reach as far as their areas' organisations, whatever the type of area.
test_event_area_types[role][type] if {
	some role in ["ORGANISATIONAL", "ADMIN", "READ_ONLY"]
	some type in ["ORGANISATION", "ICB", "REGION"]
	reader := granted(role, type, "AREA", area)
	visible(reader, records.reported_in_area)
	visible(reader, records.occurred_in_area)
	not visible(reader, records.elsewhere)
}

# An area without organisations shows nothing, and a role without an area
# nothing either.
test_event_areas_without_organisations[role] if {
	some role in ["STANDARD", "ORGANISATIONAL", "ADMIN", "READ_ONLY"]
	every record in in_area | {"elsewhere", "anonymous_without_organisation"} {
		not visible(granted(role, "ICB", "GONE", []), records[record])
		not visible(granted(role, "NATIONAL", "", []), records[record])
	}
}

# Being on an organisation's staff shows none of its events.
test_event_standard_grant_shows_nothing if {
	not visible(granted("STANDARD", "ORGANISATION", "A", area), records.reported_in_area)
}

# The country is a national lead's only as a national grant.
test_event_national_lead_of_less_than_the_country if {
	reader := granted("NATIONAL_LEAD", "ORGANISATION", "A", area)
	not visible(reader, records.elsewhere)
	not visible(reader, records.reported_in_area)
}

# Grants are people's: a client or an anonymous reader with one is not heard.
test_event_grants_of_others_than_people[kind] if {
	some kind in ["client", "anonymous", ""]
	every grant in ["ADMIN", "NATIONAL_LEAD"] {
		reader := object.union(readers[grant], {"principal": {"kind": kind}})
		not visible(reader, records.reported_in_area)
	}
}

# A client is not the account that happens to have its id, nor the other way
# round.
test_event_ids_of_the_other_kind if {
	account := object.union(readers.STANDARD, {"principal": {"id": "my-system"}})
	client := object.union(readers.client, {"principal": {"id": "me"}})
	not visible(account, records.sent_by_its_client)
	not visible(client, records.own_submitted)
}

# Several grants show what any of them shows.
test_event_several_grants if {
	reader := object.union(readers.ADMIN, {"principal": {"grants": [
		{"role": "ADMIN", "area": {"type": "ORGANISATION", "code": "A", "organisations": ["A"]}},
		{"role": "READ_ONLY", "area": {"type": "ICB", "code": "B", "organisations": ["B"]}},
	]}})
	visible(reader, records.reported_in_area)
	visible(reader, records.elsewhere)
	not visible(reader, event({"organisation": "C"}))
}

default visible(_, _) := false

visible(reader, row) if policy.visible with input as object.union(reader, {"event": row})
