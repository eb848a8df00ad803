package access_request_test

import data.access_request as policy

granted(role, type, code, organisations, icbs) := {"principal": {
	"kind": "account",
	"id": "me",
	"organisations": ["A"],
	"grants": [{"role": role, "area": {"type": type, "code": code, "organisations": organisations, "icbs": icbs}}],
}}

# The area is a region with one ICB, in which an organisation A has a site A01.
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

request(changes) := object.union(
	{"requester": "somebody", "area": "ORGANISATION:B", "route": "AREA_ADMINS"},
	changes,
)

requests := {
	"own_in_area": request({"requester": "me", "area": "ORGANISATION:A"}),
	"own_in_area_without_another_admin": request({"requester": "me", "area": "ORGANISATION:A", "route": "NATIONAL_LEADS"}),
	"own_elsewhere": request({"requester": "me"}),
	"for_an_organisation_in_area": request({"area": "ORGANISATION:A"}),
	"for_a_site_in_area": request({"area": "ORGANISATION:A01"}),
	"for_an_icb_in_area": request({"area": "ICB:I"}),
	"for_the_area_itself": request({"area": "REGION:AREA"}),
	"for_an_icb_with_the_areas_code": request({"area": "ICB:AREA"}),
	"elsewhere": request({}),
	"elsewhere_without_an_admin": request({"route": "NATIONAL_LEADS"}),
}

own := {"own_in_area", "own_in_area_without_another_admin", "own_elsewhere"}

in_area := {"for_an_organisation_in_area", "for_a_site_in_area", "for_an_icb_in_area", "for_the_area_itself"}

sees := {
	"nobody": set(),
	"anonymous": set(),
	"STANDARD": own,
	"ORGANISATIONAL": own,
	"ADMIN": (own | in_area),
	"READ_ONLY": own,
	"NATIONAL_LEAD": object.keys(requests),
	"client": set(),
}

decides_about := {
	"ADMIN": in_area,
	"NATIONAL_LEAD": {"elsewhere_without_an_admin"},
}

cancels := {"STANDARD", "ORGANISATIONAL", "ADMIN", "READ_ONLY", "NATIONAL_LEAD"}

test_access_request_rows[reader][name] if {
	some reader, principal in readers
	some name, row in requests
	expected := name in sees[reader]
	expected == visible(principal, row)
}

# Nobody decides about their own request, however they came to look after the
# area.
test_access_request_decisions[reader][name] if {
	some reader, principal in readers
	some name, row in requests
	expected := name in object.get(decides_about, reader, set())
	expected == permitted("decide_request", principal, row)
}

test_access_request_only_the_requester_cancels[reader][name] if {
	some reader, principal in readers
	some name, row in requests
	expected := all_true([reader in cancels, name in own])
	expected == permitted("cancel_request", principal, row)
}

# Who is both admin and national lead still does not decide about their own.
test_access_request_own_of_an_admin_who_is_a_lead if {
	both := {"principal": {"kind": "account", "id": "me", "organisations": [], "grants": [
		readers.ADMIN.principal.grants[0],
		readers.NATIONAL_LEAD.principal.grants[0],
	]}}
	not permitted("decide_request", both, requests.own_in_area)
	not permitted("decide_request", both, requests.own_in_area_without_another_admin)
	permitted("decide_request", both, requests.for_an_organisation_in_area)
}

# Grants are people's: a client or an anonymous reader with one is not heard.
test_access_request_grants_of_others_than_people[kind][grant] if {
	some kind in ["client", "anonymous", ""]
	some grant in ["ADMIN", "NATIONAL_LEAD"]
	reader := object.union(readers[grant], {"principal": {"kind": kind}})
	every row in requests {
		not visible(reader, row)
		not permitted("decide_request", reader, row)
		not permitted("cancel_request", reader, row)
	}
}

asks := {"STANDARD", "ORGANISATIONAL", "ADMIN", "READ_ONLY", "NATIONAL_LEAD"}

test_access_request_who_asks[reader] if {
	some reader, principal in readers
	expected := reader in asks
	expected == may("request_access", principal)
}

test_access_request_who_has_requests_to_decide[reader] if {
	some reader, principal in readers
	expected := reader in {"ADMIN", "NATIONAL_LEAD"}
	expected == may("manage_requests", principal)
}

all_true(values) if {
	every value in values {
		value
	}
} else := false

default visible(_, _) := false

visible(reader, row) if policy.visible with input as object.union(reader, {"access_request": row})

default permitted(_, _, _) := false

permitted(action, reader, row) if action in policy.permits with input as object.union(reader, {"access_request": row})

default may(_, _) := false

may(action, reader) if action in policy.may with input as reader
