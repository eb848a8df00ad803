package redaction_test

import "testing"

func TestWholeDatesOfYearsLongPastGo(t *testing.T) {
	marked(t,
		"Mrs «Hall», «3/6/1951», was given the wrong tablets",
		"name and «3 June 1951» matched, ward did not",
		"the «third of May 1951»",
	)
}

func TestDatesOfWhatHappenedStay(t *testing.T) {
	marked(t,
		"Pacemaker implanted 3/6/1998, box changed on 4/7/2009",
		"policy dated 3 June 2011; scan 12/05/2014; hip operation 1/2/2003",
		"since 3 June 2010 she has had none",
		"Incident on 03/06/2026, reviewed 14 June 2026",
	)
}
