# METADATA
# title: Who asks
# description: |
#   A reader is an account (a person), a client (one organisation's local risk
#   management system) or anonymous. Only people hold grants: a role on an area,
#   whose organisations are listed by today's map. Grants that have ended, or
#   have not begun, never reach these rules.
package principal

# A person who registered.
is_account if input.principal.kind == "account"

# One organisation's local risk management system.
is_client if input.principal.kind == "client"

# Nobody in particular: no token.
is_anonymous if input.principal.kind == "anonymous"

# National leads are responsible for the country as a whole.
is_national_lead if {
	is_account
	some grant in input.principal.grants
	grant.role == "NATIONAL_LEAD"
	grant.area.type == "NATIONAL"
}

# The organisations in every area where a person holds one of the roles.
organisations_as(roles) := {code |
	is_account
	some grant in input.principal.grants
	grant.role in roles
	some code in grant.area.organisations
}

# The same areas as grants are written on them: each organisation in the area,
# each ICB of a region, and the area itself, for example "ICB:QOP".
areas_as(roles) := (organisations | icbs) | themselves if {
	organisations := {area |
		some code in organisations_as(roles)
		area := concat(":", ["ORGANISATION", code])
	}
	icbs := {area |
		is_account
		some grant in input.principal.grants
		grant.role in roles
		some code in grant.area.icbs
		area := concat(":", ["ICB", code])
	}
	themselves := {area |
		is_account
		some grant in input.principal.grants
		grant.role in roles
		area := concat(":", [grant.area.type, grant.area.code])
	}
}
