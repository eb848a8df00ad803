package account_test

import data.account as policy

test_account_only_national_leads_decide_about_registrations[reader][name] if {
	some reader, principal in readers
	some name, row in accounts
	expected := reader == "NATIONAL_LEAD"
	expected == decides(principal, row)
}

test_account_only_national_leads_have_registrations_to_approve[reader] if {
	some reader, principal in readers
	expected := reader == "NATIONAL_LEAD"
	expected == approves(principal)
}

default decides(_, _) := false

decides(reader, row) if policy.permits.decide_registration with input as object.union(reader, {"account": row})

default approves(_) := false

approves(reader) if policy.may.approve_registrations with input as reader
