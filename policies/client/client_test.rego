package client_test

import data.client as policy

granted(role, type, code) := {"principal": {
	"kind": "account",
	"id": "me",
	"organisations": ["A"],
	"grants": [{"role": role, "area": {"type": type, "code": code, "organisations": ["A", "A01"], "icbs": []}}],
}}

readers := {
	"nobody": {"principal": {"grants": []}},
	"anonymous": {"principal": {"kind": "anonymous", "organisations": [], "grants": []}},
	"STANDARD": {"principal": {"kind": "account", "id": "me", "organisations": ["A"], "grants": []}},
	"ORGANISATIONAL": granted("ORGANISATIONAL", "ORGANISATION", "A"),
	"ADMIN": granted("ADMIN", "ORGANISATION", "A"),
	"READ_ONLY": granted("READ_ONLY", "ICB", "I"),
	"NATIONAL_LEAD": granted("NATIONAL_LEAD", "NATIONAL", ""),
	"client": {"principal": {"kind": "client", "id": "me", "organisations": ["A"], "grants": []}},
}

organisations := {"A", "A01", "B"}

managed := {
	"ADMIN": {"A", "A01"},
	"NATIONAL_LEAD": organisations,
}

test_client_rows[reader][organisation] if {
	some reader, principal in readers
	some organisation in organisations
	expected := organisation in object.get(managed, reader, set())
	expected == sees(principal, organisation)
}

test_client_manage_client[reader][organisation] if {
	some reader, principal in readers
	some organisation in organisations
	expected := organisation in object.get(managed, reader, set())
	expected == manages(principal, organisation)
}

# Grants are people's: a client with one is not heard.
test_client_with_a_grant_sees_none[kind] if {
	some kind in ["client", "anonymous", ""]
	disguised := object.union(readers.ADMIN, {"principal": {"kind": kind}})
	not sees(disguised, "A")
}

default sees(_, _) := false

sees(reader, organisation) if policy.visible with input as object.union(reader, {"client": {"organisation": organisation}})

default manages(_, _) := false

manages(reader, organisation) if {
	"manage_client" in policy.permits with input as object.union(reader, {"client": {"organisation": organisation}})
}
