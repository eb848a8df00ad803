# METADATA
# title: Readers and events for the tests
# description: |
#   The area is an organisation A with its site A01. The reader's own account is
#   "me" and its own client "my-system".
package event_test

area := ["A", "A01"]

granted(role, type, code, organisations) := {"principal": {
	"kind": "account",
	"id": "me",
	"organisations": ["Z"],
	"grants": [{"role": role, "area": {"type": type, "code": code, "organisations": organisations}}],
}}

# One reader of every kind. Those of an area look at A.
readers := {
	"nobody": {"principal": {"grants": []}},
	"anonymous": {"principal": {"kind": "anonymous", "organisations": [], "grants": []}},
	"STANDARD": {"principal": {"kind": "account", "id": "me", "organisations": ["A"], "grants": []}},
	"ORGANISATIONAL": granted("ORGANISATIONAL", "ORGANISATION", "A", area),
	"ADMIN": granted("ADMIN", "ORGANISATION", "A", area),
	"READ_ONLY": granted("READ_ONLY", "ICB", "AREA", area),
	"NATIONAL_LEAD": granted("NATIONAL_LEAD", "NATIONAL", "", []),
	"client": {"principal": {"kind": "client", "id": "my-system", "organisations": ["A"], "grants": []}},
}

event(changes) := object.union(
	{
		"recorded_by": "somebody",
		"client_id": null,
		"status": "SUBMITTED",
		"source": "ONLINE",
		"withdrawn_by": null,
		"withdrawn_by_client": null,
		"organisation": "B",
		"occurred_at_organisations": [],
	},
	changes,
)
