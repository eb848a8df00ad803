package account_test

import data.account as policy

granted(role, type, code, organisations) := {"principal": {
	"kind": "account",
	"id": "me",
	"organisations": ["A"],
	"grants": [{"role": role, "area": {"type": type, "code": code, "organisations": organisations}}],
}}

readers := {
	"nobody": {"principal": {"grants": []}},
	"anonymous": {"principal": {"kind": "anonymous", "organisations": [], "grants": []}},
	"STANDARD": {"principal": {"kind": "account", "id": "me", "organisations": ["A"], "grants": []}},
	"ORGANISATIONAL": granted("ORGANISATIONAL", "ICB", "AREA", ["A", "A01"]),
	"ADMIN": granted("ADMIN", "ICB", "AREA", ["A", "A01"]),
	"READ_ONLY": granted("READ_ONLY", "ICB", "AREA", ["A", "A01"]),
	"NATIONAL_LEAD": granted("NATIONAL_LEAD", "NATIONAL", "", []),
	"client": {"principal": {"kind": "client", "id": "my-system", "organisations": ["A"], "grants": []}},
}

account(changes) := object.union({"id": "somebody", "organisations": [], "grant_areas": [], "asked_areas": []}, changes)

accounts := {
	"itself": account({"id": "me"}),
	"on_the_staff_in_area": account({"organisations": ["B", "A"]}),
	"on_the_staff_of_a_site_in_area": account({"organisations": ["A01"]}),
	"grant_on_organisation_in_area": account({"grant_areas": ["ORGANISATION:A"]}),
	"grant_on_the_area_itself": account({"grant_areas": ["ICB:AREA"]}),
	"grant_on_a_region_with_the_areas_code": account({"grant_areas": ["REGION:AREA"]}),
	"asks_for_organisation_in_area": account({"asked_areas": ["ORGANISATION:A01"]}),
	"asks_for_the_area_itself": account({"asked_areas": ["ICB:AREA"]}),
	"asks_elsewhere": account({"asked_areas": ["ORGANISATION:B", "REGION:AREA"]}),
	"grant_elsewhere": account({"organisations": ["B"], "grant_areas": ["ORGANISATION:B", "ICB:B"]}),
	"national_lead": account({"grant_areas": ["NATIONAL:"]}),
	"unconnected": account({}),
}

of_the_area := {
	"on_the_staff_in_area", "on_the_staff_of_a_site_in_area",
	"grant_on_organisation_in_area", "grant_on_the_area_itself",
	"asks_for_organisation_in_area", "asks_for_the_area_itself",
}

sees := {
	"nobody": set(),
	"anonymous": set(),
	"STANDARD": {"itself"},
	"ORGANISATIONAL": {"itself"},
	"ADMIN": ({"itself"} | of_the_area),
	"READ_ONLY": {"itself"},
	"NATIONAL_LEAD": object.keys(accounts),
	"client": set(),
}

test_account_rows[reader][name] if {
	some reader, principal in readers
	some name, row in accounts
	expected := name in sees[reader]
	expected == visible(principal, row)
}

test_account_fields[reader][name] if {
	some reader, principal in readers
	some name, row in accounts
	expected := name in sees[reader]
	expected == shows("account_private", principal, row)
}

test_account_client_with_the_accounts_id if {
	not visible(readers.client, account({"id": "my-system"}))
}

# Grants are people's: a client or an anonymous reader with one is not heard.
test_account_grants_of_others_than_people[kind][grant] if {
	some kind in ["client", "anonymous", ""]
	some grant in ["ADMIN", "NATIONAL_LEAD"]
	reader := object.union(readers[grant], {"principal": {"kind": kind}})
	every row in accounts {
		not visible(reader, row)
	}
}

default visible(_, _) := false

visible(reader, row) if policy.visible with input as object.union(reader, {"account": row})

default shows(_, _, _) := false

shows(class, reader, row) if policy.shows[class] with input as object.union(reader, {"account": row})
