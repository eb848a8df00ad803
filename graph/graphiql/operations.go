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
	//go:embed operations/record-risk.graphql
	recordRisk string
	//go:embed operations/record-risk.json
	recordRiskVariables string
	//go:embed operations/record-good-care.graphql
	recordGoodCare string
	//go:embed operations/record-good-care.json
	recordGoodCareVariables string
	//go:embed operations/save-draft.graphql
	saveDraft string
	//go:embed operations/save-draft.json
	saveDraftVariables string
	//go:embed operations/own-drafts.graphql
	ownDrafts string
	//go:embed operations/submit-draft.graphql
	submitDraft string
	//go:embed operations/submit-draft.json
	submitDraftVariables string
	//go:embed operations/update-event.graphql
	updateEvent string
	//go:embed operations/update-event.json
	updateEventVariables string
	//go:embed operations/search-events.graphql
	searchEvents string
	//go:embed operations/search-events.json
	searchEventsVariables string
	//go:embed operations/questionnaire.graphql
	questions string
	//go:embed operations/questionnaire.json
	questionsVariables string
	//go:embed operations/what-is-asked.graphql
	whatIsAsked string
	//go:embed operations/what-is-asked.json
	whatIsAskedVariables string
	//go:embed operations/take-away.graphql
	takeAway string
	//go:embed operations/take-away.json
	takeAwayVariables string
	//go:embed operations/start-review.graphql
	startReview string
	//go:embed operations/start-review.json
	startReviewVariables string
	//go:embed operations/complete-review.graphql
	completeReview string
	//go:embed operations/complete-review.json
	completeReviewVariables string
	//go:embed operations/request-access.graphql
	requestAccess string
	//go:embed operations/request-access.json
	requestAccessVariables string
	//go:embed operations/own-account.graphql
	ownAccount string
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
		{Name: "RecordRisk", Document: recordRisk, Variables: recordRiskVariables},
		{Name: "RecordGoodCare", Document: recordGoodCare, Variables: recordGoodCareVariables},
		{Name: "SaveDraft", Document: saveDraft, Variables: saveDraftVariables},
		{Name: "OwnDrafts", Document: ownDrafts},
		{Name: "SubmitDraft", Document: submitDraft, Variables: submitDraftVariables},
		{Name: "OwnEvents", Document: ownEvents},
		{Name: "UpdateEvent", Document: updateEvent, Variables: updateEventVariables},
		{Name: "LatestEvents", Document: latestEvents, Variables: latestEventsVariables},
		{Name: "SearchEvents", Document: searchEvents, Variables: searchEventsVariables},
		{Name: "TakeAway", Document: takeAway, Variables: takeAwayVariables},
		{Name: "StartReview", Document: startReview, Variables: startReviewVariables},
		{Name: "CompleteReview", Document: completeReview, Variables: completeReviewVariables},
		{Name: "WhatIsAsked", Document: whatIsAsked, Variables: whatIsAskedVariables},
		{Name: "RequestAccess", Document: requestAccess, Variables: requestAccessVariables},
		{Name: "OwnAccount", Document: ownAccount},
		{Name: "Questions", Document: questions, Variables: questionsVariables},
		{Name: "FindOrganisations", Document: findOrganisations, Variables: findOrganisationsVariables},
		{Name: "RecordAnonymously", Document: recordAnonymously, Variables: recordAnonymouslyVariables},
	}
}
