package event_test

import data.event as policy

reported_in_area := {
	"reported_in_area", "reported_by_a_site_in_area",
	"under_review_in_area", "reviewed_in_area", "withdrawn_in_area",
	"anonymous_in_area", "sent_by_another_client_in_area",
}

own_given := {"own_submitted", "own_withdrawn"}

sent := {"sent_by_its_client", "sent_by_its_client_and_withdrawn"}

permitted := {
	"manage_draft": {
		"nobody": set(),
		"anonymous": set(),
		"STANDARD": own,
		"ORGANISATIONAL": own,
		"ADMIN": own,
		"READ_ONLY": own,
		"NATIONAL_LEAD": own,
		"client": set(),
	},
	"update_event": {
		"nobody": set(),
		"anonymous": set(),
		"STANDARD": own_given,
		"ORGANISATIONAL": (own_given | reported_in_area),
		"ADMIN": (own_given | reported_in_area),
		"READ_ONLY": own_given,
		"NATIONAL_LEAD": own_given,
		"client": sent,
	},
	"withdraw_event": {
		"nobody": set(),
		"anonymous": set(),
		"STANDARD": own_given,
		"ORGANISATIONAL": own_given,
		"ADMIN": (own_given | reported_in_area),
		"READ_ONLY": own_given,
		"NATIONAL_LEAD": (own_given | {"anonymous_in_area", "anonymous_without_organisation"}),
		"client": sent,
	},
	"redact_further": {
		"nobody": set(),
		"anonymous": set(),
		"STANDARD": set(),
		"ORGANISATIONAL": set(),
		"ADMIN": reported_in_area,
		"READ_ONLY": set(),
		"NATIONAL_LEAD": submitted,
		"client": set(),
	},
	"no_such_action": {reader: set() | some reader, _ in readers},
}

test_event_row_actions[action][reader][name] if {
	some action, by_reader in permitted
	some reader, allowed in by_reader
	some name, record in records
	expected := name in allowed
	expected == permits(action, readers[reader], record)
}

# What may be done may be seen: nothing is permitted on an event that does not
# exist for the reader.
test_event_row_actions_on_the_invisible[action][reader] if {
	some action, _ in permitted
	some reader, principal in readers
	every record in records {
		not permitted_invisible(action, principal, record)
	}
}

# Both on one's own area and on somebody else's: each event by its own.
test_event_row_actions_admin_here_organisational_there if {
	reader := object.union(readers.ADMIN, {"principal": {"grants": [
		{"role": "ADMIN", "area": {"type": "ORGANISATION", "code": "A", "organisations": ["A"]}},
		{"role": "ORGANISATIONAL", "area": {"type": "ORGANISATION", "code": "B", "organisations": ["B"]}},
	]}})
	permits("withdraw_event", reader, event({"organisation": "A"}))
	permits("update_event", reader, event({"organisation": "B"}))
	not permits("withdraw_event", reader, event({"organisation": "B"}))
}

# A national lead takes back what nobody can be asked about, not what nobody is
# shown to have recorded.
test_event_row_actions_national_lead_withdraws_the_anonymous_alone if {
	not permits("withdraw_event", readers.NATIONAL_LEAD, event({"recorded_by": null, "client_id": "other-system", "source": "LRMS"}))
	not permits("withdraw_event", readers.NATIONAL_LEAD, event({}))
	not permits("withdraw_event", granted("NATIONAL_LEAD", "ORGANISATION", "A", area), records.anonymous_in_area)
}

default permits(_, _, _) := false

permits(action, reader, record) if action in policy.permits with input as object.union(reader, {"event": record})

permitted_invisible(action, reader, record) if {
	permits(action, reader, record)
	not visible(reader, record)
}
