# METADATA
# title: On whom the law lays what
# description: |
#   The types of organisation, as the map of the health service has them, by
#   what the law takes them for.
package requirements

# Health service bodies that provide care: trusts and foundation trusts.
health_service_body := condition("the provider is a health service body", health_service_bodies)

health_service_bodies := provider_in({"NHS_TRUST", "NHS_TRUST_SITE"})

# Other providers that are registered with the Care Quality Commission.
# Community pharmacies and opticians are not; commissioners provide no care.
other_registered_provider := condition(
	"the provider is registered with the Care Quality Commission and no health service body",
	other_registered_providers,
)

other_registered_providers := provider_in({"GP_PRACTICE", "DENTAL_PRACTICE", "INDEPENDENT_PROVIDER", "CARE_HOME"})

# Of those, the ones for which primary medical services have no rules of their own.
other_provider_than_general_practice := condition(
	"the provider is registered with the Care Quality Commission, and neither a health service body nor a general practice",
	provider_in({"DENTAL_PRACTICE", "INDEPENDENT_PROVIDER", "CARE_HOME"}),
)

general_practice := condition("the provider is a general practice", provider_in({"GP_PRACTICE"}))

# Whoever is registered, health service body or not.
registered_provider := condition(
	"the provider is registered with the Care Quality Commission",
	health_service_bodies | other_registered_providers,
)

# Who provides care under the NHS Standard Contract, general practice,
# pharmacies, dentists and opticians apart.
secondary_care_provider := condition(
	"the provider is a trust or an independent provider of NHS care",
	provider_in({"NHS_TRUST", "NHS_TRUST_SITE", "INDEPENDENT_PROVIDER"}),
)

# A provider of which the map does not say what it is.
unclassified_provider := condition("the provider is of no type that the map knows", provider_in({"OTHER"}))

provider_in(types) := {because |
	some type in input.providers
	type in types
	because := sprintf("provider=%s", [type])
}
