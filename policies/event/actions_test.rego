package event_test

import data.event as policy

people := {"STANDARD", "ORGANISATIONAL", "ADMIN", "READ_ONLY", "NATIONAL_LEAD"}

allowed_to := {
	"record_event": (people | {"client"}),
	"submit_events": {"client"},
	"record_event_anonymously": {"anonymous"},
	"save_draft": people,
	"manage_own_events": people,
	"export_events": people,
	"view_area_events": {"ORGANISATIONAL", "ADMIN", "READ_ONLY", "NATIONAL_LEAD"},
	"no_such_action": set(),
}

test_event_actions[action][reader] if {
	some action, readable_by in allowed_to
	some reader, principal in readers
	expected := reader in readable_by
	expected == may(action, principal)
}

# A client records for the organisation of its keys, so it has exactly one.
test_event_actions_client_without_one_organisation[name][action] if {
	some name, organisations in {"none": [], "two": ["A", "B"]}
	some action in {"record_event", "submit_events"}
	not may(action, object.union(readers.client, {"principal": {"organisations": organisations}}))
}

# Naming an organisation makes nobody a client.
test_event_actions_anonymous_with_an_organisation if {
	not may("record_event", object.union(readers.anonymous, {"principal": {"organisations": ["A"]}}))
}

# An area that has no organisations any more offers nothing to look at.
test_event_actions_empty_area if {
	not may("view_area_events", granted("ADMIN", "ICB", "GONE", []))
}

default may(_, _) := false

may(action, reader) if action in policy.may with input as reader
