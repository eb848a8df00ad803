package notification_test

import data.notification as policy

readers := {
	"nobody": {"principal": {"grants": []}},
	"anonymous": {"principal": {"kind": "anonymous", "organisations": [], "grants": []}},
	"its receiver": {"principal": {"kind": "account", "id": "me", "organisations": ["A"], "grants": []}},
	"somebody else": {"principal": {"kind": "account", "id": "you", "organisations": ["A"], "grants": []}},
	"NATIONAL_LEAD": {"principal": {
		"kind": "account", "id": "lead", "organisations": [],
		"grants": [{"role": "NATIONAL_LEAD", "area": {"type": "NATIONAL", "code": "", "organisations": []}}],
	}},
	"ADMIN": {"principal": {
		"kind": "account", "id": "admin", "organisations": [],
		"grants": [{"role": "ADMIN", "area": {"type": "ORGANISATION", "code": "A", "organisations": ["A"]}}],
	}},
	"client with its id": {"principal": {"kind": "client", "id": "me", "organisations": ["A"]}},
}

test_notification_only_its_receiver_sees_it[reader] if {
	some reader, principal in readers
	expected := reader == "its receiver"
	expected == visible(principal)
}

test_notification_only_people_mark_them[reader] if {
	some reader, principal in readers
	expected := object.get(principal.principal, "kind", "") == "account"
	expected == marks(principal)
}

default visible(_) := false

visible(reader) if policy.visible with input as object.union(reader, {"notification": {"receiver": "me"}})

default marks(_) := false

marks(reader) if policy.permits.mark_read with input as object.union(reader, {"notification": {"receiver": "me"}})
