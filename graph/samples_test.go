package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"

	"lfpse/graph/generated"
	"lfpse/graph/graphiql"
)

func TestTheSampleOperationsAreValid(t *testing.T) {
	t.Parallel()
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	operations := graphiql.Operations()
	if len(operations) == 0 {
		t.Fatal("there are none")
	}
	for _, o := range operations {
		if _, err := gqlparser.LoadQuery(schema, o.Document); err != nil {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
}

// Somebody who tries the tabs one after the other is never told of an error, but for what the sample
// draft is meant to lack. Ids that a tab asks for are taken from what went before.
func TestTheSampleOperationsDoWhatTheySay(t *testing.T) {
	t.Parallel()
	s := newService(t)
	eventID, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "Fell, and was found on the floor."})
	s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "Fell again.", "patients": []any{map[string]any{"physicalHarm": "SEVERE"}}})
	draftID, reviewID := "", ""
	for _, o := range graphiql.Operations() {
		t.Run(o.Name, func(t *testing.T) {
			variables, reader := map[string]any{}, reporter
			if o.Variables != "" {
				if err := json.Unmarshal([]byte(o.Variables), &variables); err != nil {
					t.Fatal(err)
				}
			}
			switch o.Name {
			case "UpdateEvent":
				variables["id"] = eventID
			case "SubmitDraft":
				variables["id"] = draftID
			case "StartReview":
				variables["id"], reader = eventID, admin
			case "CompleteReview":
				variables["id"], reader = reviewID, admin
			case "WhatIsAsked":
				reader = admin
			case "RecordAnonymously":
				reader = nobody
			}
			answer := s.raw(reader, o.Document, variables)
			if o.Name == "SaveDraft" {
				draftID = dig[string](t, parsed(t, answer), "data", "saveDraft", "event", "id")
			}
			if o.Name == "StartReview" {
				reviewID = dig[string](t, parsed(t, answer), "data", "startReview", "review", "id")
			}
			if o.Name == "SubmitDraft" {
				if !strings.Contains(answer, `"path":["risk","imminent"]`) {
					t.Errorf("the draft lacks %s", answer)
				}
				return
			}
			if strings.Contains(answer, `"errors":`) || strings.Contains(answer, `"userErrors":[{`) || strings.Contains(answer, `"totalCount":0`) {
				t.Errorf("was answered %s", answer)
			}
		})
	}
}

func parsed(t *testing.T, body string) map[string]any {
	t.Helper()
	var answer map[string]any
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return answer
}
