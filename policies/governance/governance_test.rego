package governance_test

import data.governance as policy

granted(role, type, code, organisations) := {"principal": {
	"kind": "account",
	"id": "me",
	"organisations": ["A"],
	"grants": [{"role": role, "area": {"type": type, "code": code, "organisations": organisations}}],
}}

# Those of an area look at A.
readers := {
	"nobody": {"principal": {"grants": []}},
	"anonymous": {"principal": {"kind": "anonymous", "organisations": [], "grants": []}},
	"STANDARD": {"principal": {"kind": "account", "id": "me", "organisations": ["A"], "grants": []}},
	"ORGANISATIONAL": granted("ORGANISATIONAL", "ORGANISATION", "A", ["A", "A01"]),
	"ADMIN": granted("ADMIN", "ICB", "AREA", ["A", "A01"]),
	"READ_ONLY": granted("READ_ONLY", "ICB", "AREA", ["A", "A01"]),
	"NATIONAL_LEAD": granted("NATIONAL_LEAD", "NATIONAL", "", []),
	"client": {"principal": {"kind": "client", "id": "my-system", "organisations": ["A"], "grants": []}},
}

done(changes) := object.union({"organisation": "B", "made_by": "somebody", "event_status": "SUBMITTED"}, changes)

records := {
	"in_area": done({"organisation": "A"}),
	"by_a_site_in_area": done({"organisation": "A01"}),
	"own_in_area": done({"organisation": "A", "made_by": "me"}),
	"elsewhere": done({}),
	"own_elsewhere": done({"made_by": "me"}),
	"by_the_clients_id_in_area": done({"organisation": "A", "made_by": "my-system"}),
	"of_a_withdrawn_event": done({"organisation": "A", "made_by": "me", "event_status": "WITHDRAWN"}),
}

everything := object.keys(records)

of_the_area := everything - {"elsewhere", "own_elsewhere"}

own_of_the_area := {"own_in_area"}

with_words := everything - {"of_a_withdrawn_event"}

responsible := {"ORGANISATIONAL", "ADMIN"}

shown.governance_detail[reader] := of_the_area if some reader in responsible

shown.governance_detail.NATIONAL_LEAD := everything

shown.governance_text[reader] := of_the_area & with_words if some reader in responsible

shown.governance_text.NATIONAL_LEAD := with_words

shown.governance_original[reader] := own_of_the_area if some reader in responsible

# An admin of another area, an outside reader, the reporter and the client that
# sent the event see that something was done, and no more.
test_governance_fields[class][reader][name] if {
	some class in ["governance_detail", "governance_text", "governance_original", "no_such_class"]
	some reader, principal in readers
	some name, record in records
	expected := name in object.get(shown, [class, reader], set())
	expected == shows(class, principal, record)
}

# A grant that has ended is not among the reader's: nothing that they typed is
# theirs to read any more.
test_governance_original_after_the_grant if {
	not shows("governance_original", readers.STANDARD, records.own_in_area)
	not shows("governance_detail", readers.STANDARD, records.own_in_area)
}

permitted := {
	"review_event": {"ORGANISATIONAL", "ADMIN"},
	"govern_event": {"ADMIN"},
	"no_such_action": set(),
}

test_governance_actions[action][reader][name] if {
	some action, allowed in permitted
	some reader, principal in readers
	some name, record in records
	expected := reader in {one | some one in allowed; name in of_the_area}
	expected == permits(action, principal, record)
}

# A system declares for its own organisation, not for that organisation's sites.
test_governance_declared[reader][name] if {
	some reader, principal in readers
	some name, record in records
	expected := [reader, record.organisation] == ["client", "A"]
	expected == permits("declare_governance", principal, record)
}

# Grants are people's: a client or an anonymous reader with one is not heard.
test_governance_grants_of_others_than_people[kind] if {
	some kind in ["client", "anonymous", ""]
	reader := object.union(readers.ADMIN, {"principal": {"kind": kind}})
	every record in records {
		not shows("governance_detail", reader, record)
		not permits("review_event", reader, record)
		not permits("govern_event", reader, record)
	}
}

# What is done beside a draft does not exist.
test_governance_of_drafts[reader] if {
	some reader, principal in readers
	not visible(principal, done({"event_status": "DRAFT"}))
}

default visible(_, _) := false

visible(reader, record) if policy.visible with input as object.union(reader, {"governance": record})

default shows(_, _, _) := false

shows(class, reader, record) if class in policy.shows with input as object.union(reader, {"governance": record})

default permits(_, _, _) := false

permits(action, reader, record) if action in policy.permits with input as object.union(reader, {"governance": record})
