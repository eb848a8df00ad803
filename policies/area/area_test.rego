package area_test

import data.area as policy

granted(role, type, code) := {"principal": {
	"kind": "account",
	"id": "me",
	"organisations": ["A"],
	"grants": [{"role": role, "area": {"type": type, "code": code, "organisations": ["A", "A01"], "icbs": ["I"]}}],
}}

readers := {
	"nobody": {"principal": {"grants": []}},
	"anonymous": {"principal": {"kind": "anonymous", "organisations": [], "grants": []}},
	"STANDARD": {"principal": {"kind": "account", "id": "me", "organisations": ["A"], "grants": []}},
	"ORGANISATIONAL": granted("ORGANISATIONAL", "REGION", "AREA"),
	"ADMIN": granted("ADMIN", "REGION", "AREA"),
	"READ_ONLY": granted("READ_ONLY", "REGION", "AREA"),
	"NATIONAL_LEAD": granted("NATIONAL_LEAD", "NATIONAL", ""),
	"client": {"principal": {"kind": "client", "id": "me", "organisations": ["A"], "grants": []}},
}

areas := {"ORGANISATION:A", "ORGANISATION:A01", "ICB:I", "REGION:AREA", "ORGANISATION:B", "ICB:AREA"}

listed := {
	"ADMIN": {"ORGANISATION:A", "ORGANISATION:A01", "ICB:I", "REGION:AREA"},
	"NATIONAL_LEAD": areas,
}

test_area_members[reader][area] if {
	some reader, principal in readers
	some area in areas
	expected := area in object.get(listed, reader, set())
	expected == lists(principal, area)
}

# Clients are organisations', never an ICB's or a region's.
managed := {
	"ADMIN": {"ORGANISATION:A", "ORGANISATION:A01"},
	"NATIONAL_LEAD": areas,
}

test_area_clients[reader][area] if {
	some reader, principal in readers
	some area in areas
	expected := area in object.get(managed, reader, set())
	expected == manages(principal, area)
}

default manages(_, _) := false

manages(reader, area) if "manage_clients" in policy.permits with input as object.union(reader, {"area": {"area": area}})

default lists(_, _) := false

lists(reader, area) if "list_members" in policy.permits with input as object.union(reader, {"area": {"area": area}})
