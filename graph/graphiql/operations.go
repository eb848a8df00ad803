package graphiql

import _ "embed" // for the sample operations

// The sample operations and their variables.
var (
	//go:embed operations/record-incident.graphql
	recordIncident string
	//go:embed operations/record-incident.json
	recordIncidentVariables string
	//go:embed operations/own-events.graphql
	ownEvents string
	//go:embed operations/latest-events.graphql
	latestEvents string
	//go:embed operations/latest-events.json
	latestEventsVariables string
	//go:embed operations/find-organisations.graphql
	findOrganisations string
	//go:embed operations/find-organisations.json
	findOrganisationsVariables string
	//go:embed operations/record-anonymously.graphql
	recordAnonymously string
	//go:embed operations/record-anonymously.json
	recordAnonymouslyVariables string
)

// An Operation is a sample that the page opens in a tab of its own.
type Operation struct {
	// Name is the operation's name in its document and the title of its tab.
	Name string `json:"name"`
	// Document is a GraphQL document with one operation.
	Document string `json:"document"`
	// Variables is a JSON object; empty where the operation needs none.
	Variables string `json:"variables"`
}

// Operations returns the samples in the order of their tabs. The people in them are invented, and the NHS number is
// one of the 999 range, which is never issued.
func Operations() []Operation {
	return []Operation{
		{Name: "RecordIncident", Document: recordIncident, Variables: recordIncidentVariables},
		{Name: "OwnEvents", Document: ownEvents},
		{Name: "LatestEvents", Document: latestEvents, Variables: latestEventsVariables},
		{Name: "FindOrganisations", Document: findOrganisations, Variables: findOrganisationsVariables},
		{Name: "RecordAnonymously", Document: recordAnonymously, Variables: recordAnonymouslyVariables},
	}
}
