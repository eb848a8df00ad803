package grant_test

import data.grant as policy

granted(role, type, code, organisations, icbs) := {"principal": {
	"kind": "account",
	"id": "me",
	"organisations": ["A"],
	"grants": [{"role": role, "area": {"type": type, "code": code, "organisations": organisations, "icbs": icbs}}],
}}

readers := {
	"nobody": {"principal": {"grants": []}},
	"anonymous": {"principal": {"kind": "anonymous", "organisations": [], "grants": []}},
	"STANDARD": {"principal": {"kind": "account", "id": "me", "organisations": ["A"], "grants": []}},
	"ORGANISATIONAL": granted("ORGANISATIONAL", "REGION", "AREA", ["A", "A01"], ["I"]),
	"ADMIN": granted("ADMIN", "REGION", "AREA", ["A", "A01"], ["I"]),
	"READ_ONLY": granted("READ_ONLY", "REGION", "AREA", ["A", "A01"], ["I"]),
	"NATIONAL_LEAD": granted("NATIONAL_LEAD", "NATIONAL", "", [], []),
	"client": {"principal": {"kind": "client", "id": "me", "organisations": ["A"], "grants": []}},
}

grants := {
	"own_in_area": {"account": "me", "area": "REGION:AREA"},
	"own_elsewhere": {"account": "me", "area": "ORGANISATION:B"},
	"on_an_organisation_in_area": {"account": "somebody", "area": "ORGANISATION:A"},
	"on_a_site_in_area": {"account": "somebody", "area": "ORGANISATION:A01"},
	"on_an_icb_in_area": {"account": "somebody", "area": "ICB:I"},
	"on_the_area_itself": {"account": "somebody", "area": "REGION:AREA"},
	"elsewhere": {"account": "somebody", "area": "ORGANISATION:B"},
	"on_an_icb_with_the_areas_code": {"account": "somebody", "area": "ICB:AREA"},
	"on_the_country": {"account": "somebody", "area": "NATIONAL:"},
}

own := {"own_in_area", "own_elsewhere"}

in_area := {
	"own_in_area",
	"on_an_organisation_in_area", "on_a_site_in_area", "on_an_icb_in_area", "on_the_area_itself",
}

sees := {
	"nobody": set(),
	"anonymous": set(),
	"STANDARD": own,
	"ORGANISATIONAL": own,
	"ADMIN": (own | in_area),
	"READ_ONLY": own,
	"NATIONAL_LEAD": object.keys(grants),
	"client": set(),
}

takes_away := {
	"ADMIN": in_area,
	"NATIONAL_LEAD": object.keys(grants),
}

test_grant_rows[reader][name] if {
	some reader, principal in readers
	some name, row in grants
	expected := name in sees[reader]
	expected == visible(principal, row)
}

test_grant_revocation[reader][name] if {
	some reader, principal in readers
	some name, row in grants
	expected := name in object.get(takes_away, reader, set())
	expected == permitted("revoke_grant", principal, row)
}

test_grant_who_manages_members[reader] if {
	some reader, principal in readers
	expected := reader in {"ADMIN", "NATIONAL_LEAD"}
	expected == may("manage_members", principal)
}

# Grants are people's: a client or an anonymous reader with one is not heard.
test_grant_grants_of_others_than_people[kind][role] if {
	some kind in ["client", "anonymous", ""]
	some role in ["ADMIN", "NATIONAL_LEAD"]
	reader := object.union(readers[role], {"principal": {"kind": kind}})
	every row in grants {
		not visible(reader, row)
		not permitted("revoke_grant", reader, row)
	}
}

default visible(_, _) := false

visible(reader, row) if policy.visible with input as object.union(reader, {"grant": row})

default permitted(_, _, _) := false

permitted(action, reader, row) if action in policy.permits with input as object.union(reader, {"grant": row})

default may(_, _) := false

may(action, reader) if action in policy.may with input as reader
