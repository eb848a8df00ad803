package history

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"lfpse/internal/event"
	"lfpse/internal/fault"
)

// lineOf reads the one line of a file.
func lineOf(t *testing.T, fields, file string) (Line, *Mapping) {
	t.Helper()
	m, err := ReadMapping(strings.NewReader(mapped(fields)), latest(t))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := NewReader(strings.NewReader(file), m)
	if err != nil {
		t.Fatal(err)
	}
	line, err := reader.Next()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Next(); !errors.Is(err, io.EOF) {
		t.Fatalf("after the last line comes %v", err)
	}
	return line, m
}

func TestWhatAColumnHoldsBecomesTheAnswer(t *testing.T) {
	for name, c := range map[string]struct{ fields, cell, want string }{
		"a text":               {`"description": {"column": "A"}`, " It happened. ", `{"Description":"It happened."}`},
		"a value for all":      {`"levelOfConcern": {"value": "HIGH"}`, "x", `{"LevelOfConcern":"HIGH"}`},
		"a code":               {`"levelOfConcern": {"column": "A", "codes": {"!!": "HIGH"}}`, "!!", `{"LevelOfConcern":"HIGH"}`},
		"a code of nothing":    {`"levelOfConcern": {"column": "A", "codes": {"-": ""}}`, "-", `{}`},
		"an empty cell":        {`"levelOfConcern": {"column": "A", "codes": {}}`, "  ", `{}`},
		"several codes":        {`"involvedAgents": {"column": "A", "separator": "|"}`, "MEDICATION| DEVICE", `{"InvolvedAgents":["MEDICATION","DEVICE"]}`},
		"a day":                {`"occurredOn": {"column": "A"}`, "2021-03-01", `{"OccurredOn":"2021-03-01"}`},
		"an English day":       {`"occurredOn": {"column": "A", "date": "DD/MM/YYYY"}`, "01/03/2021", `{"OccurredOn":"2021-03-01"}`},
		"a month":              {`"occurredOn": {"column": "A", "date": "MM.YYYY"}`, "03.2021", `{"OccurredOn":"2021-03"}`},
		"a year":               {`"occurredOn": {"column": "A", "date": "YYYY"}`, "2021", `{"OccurredOn":"2021"}`},
		"a time":               {`"occurredAt": {"column": "A"}`, "14:30", `{"OccurredAt":"14:30"}`},
		"a truth":              {`"incident.nearMiss": {"column": "A", "codes": {"N": "false"}}`, "N", `{"Incident":{"NearMiss":false}}`},
		"an age":               {`"patients.age": {"column": "A", "unit": "MONTHS"}`, "7", `{"Patients":[{"Age":{"Value":7,"Unit":"MONTHS"}}]}`},
		"a patient's":          {`"patients.gender": {"column": "A"}`, "x", `{"Patients":[{"Gender":"x"}]}`},
		"an answer in codes":   {`"LocationDetails.LocationWithinService": {"column": "A", "codes": {"Ward": "4"}}`, "Ward", `{"Answers":[{"Element":"LocationDetails.LocationWithinService","Codes":["4"]}]}`},
		"an answer in words":   {`"AdverseEventAgent.DrugsInvolved": {"column": "A", "separator": ";"}`, "Heparin; Warfarin", `{"Answers":[{"Element":"AdverseEventAgent.DrugsInvolved","Text":"Heparin\nWarfarin"}]}`},
		"two of one component": {`"incident.wentWell": {"column": "A"}, "incident.nearMiss": {"value": "true"}`, "Much", `{"Incident":{"NearMiss":true,"WentWell":"Much"}}`},
	} {
		line, _ := lineOf(t, c.fields, "\ufeffRef,A\nW-1,"+quoted(c.cell)+"\n")
		if len(line.Problems) > 0 || line.Reference != "W-1" || line.Number != 2 {
			t.Errorf("%s: %+v", name, line)
		}
		want := event.Input{}
		if err := json.Unmarshal([]byte(c.want), &want); err != nil {
			t.Fatal(err)
		}
		want.Kind = event.KindIncident
		if got, should := plain(t, line.Input), plain(t, want); got != should {
			t.Errorf("%s is %s, want %s", name, got, should)
		}
	}
}

func quoted(cell string) string { return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"` }

func plain(t *testing.T, in event.Input) string {
	t.Helper()
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatCannotBeReadIsAProblemOfTheLineThatRepeatsNothing(t *testing.T) {
	const typed = "Pemberton"
	for name, c := range map[string]struct {
		fields, line, column, field string
		code                        fault.Code
	}{
		"a code that is not mapped": {`"levelOfConcern": {"column": "A", "codes": {"x": "HIGH"}}`, "W-1," + typed, "A", "levelOfConcern", fault.UnknownCode},
		"no date":                   {`"occurredOn": {"column": "A"}`, "W-1," + typed, "A", "occurredOn", fault.Invalid},
		"a day that never was":      {`"occurredOn": {"column": "A"}`, "W-1,2021-02-29", "A", "occurredOn", fault.Invalid},
		"no time":                   {`"occurredAt": {"column": "A"}`, "W-1," + typed, "A", "occurredAt", fault.Invalid},
		"neither true nor false":    {`"incident.nearMiss": {"column": "A"}`, "W-1," + typed, "A", "incident.nearMiss", fault.Invalid},
		"no number":                 {`"patients.age": {"column": "A", "unit": "YEARS"}`, "W-1," + typed, "A", "patients.age", fault.Invalid},
		"a number too large":        {`"patients.age": {"column": "A", "unit": "YEARS"}`, "W-1,99999999999999999999", "A", "patients.age", fault.Invalid},
		"no UTF-8":                  {`"description": {"column": "A"}`, "W-1,\xff" + typed, "A", "description", fault.Invalid},
		"no reference":              {`"description": {"column": "A"}`, "," + typed, "Ref", "", fault.Required},
		"a long reference":          {`"description": {"column": "A"}`, strings.Repeat(typed, 30) + ",x", "Ref", "", fault.TooLong},
		"a cell too many":           {`"description": {"column": "A"}`, "W-1,x," + typed, "", "", fault.Invalid},
		"a cell too few":            {`"description": {"column": "A"}`, "W-1", "", "", fault.Invalid},
	} {
		line, _ := lineOf(t, c.fields, "Ref,A\n"+c.line+"\n")
		want := Problem{Line: 2, Column: c.column, Field: c.field, Code: c.code}
		if len(line.Problems) != 1 {
			t.Errorf("%s: %+v", name, line.Problems)
			continue
		}
		got := line.Problems[0]
		if strings.Contains(got.Message, typed) || got.Message == "" {
			t.Errorf("%s: it says %q", name, got.Message)
		}
		if got.Message = ""; got != want {
			t.Errorf("%s: it is %+v, want %+v", name, got, want)
		}
	}
}

// Problems that are found later, in the event as a whole, are told of the columns that their answers stand in.
func TestProblemsOfAnEventAreToldOfItsColumns(t *testing.T) {
	line, m := lineOf(t, `"description": {"column": "A"}, "patients.age": {"column": "B", "unit": "YEARS"}, "AdverseEventAgent.DrugsInvolved": {"column": "C"}`,
		"Ref,A,B,C\nW-1,It happened.,8,Heparin\n")
	var problems fault.Problems
	problems.Add(fault.Required, "one", "event", "description")
	problems.Add(fault.Invalid, "two", "patients", "0", "age", "value")
	problems.Add(fault.TooLong, "three", "answers", "0", "text")
	problems.Add(fault.Required, "four", "occurredOn")
	problems.Add(fault.Invalid, "five", "answers", "7")
	want := []Problem{
		{2, "A", "description", fault.Required, "one"},
		{2, "B", "patients.age", fault.Invalid, "two"},
		{2, "C", "AdverseEventAgent.DrugsInvolved", fault.TooLong, "three"},
		{2, "", "occurredOn", fault.Required, "four"},
		{2, "", "answers", fault.Invalid, "five"},
	}
	if got := m.Locate(line, problems); !slices.Equal(got, want) {
		t.Errorf("they are\n%+v, want\n%+v", got, want)
	}
}
