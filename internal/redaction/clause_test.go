package redaction_test

import (
	"testing"

	"lfpse/internal/redaction"
)

func TestAWordThatIsANameGoesByTheClauseAroundIt(t *testing.T) {
	check(t, [][2]string{
		{"mercy left the keys in the door", "[NAME 1] left the keys in the door"},
		{"ROSE DIALLED 2222", "[NAME 1] DIALLED 2222"},
		{"Will started compressions", "[NAME 1] started compressions"},
		{"I asked May to try his mobile", "I asked [NAME 1] to try his mobile"},
		{"Mark, can you look at this?", "[NAME 1], can you look at this?"},
		{"Could Grace please update?", "Could [NAME 1] please update?"},
		{"Joy in bed 6 fell", "[NAME 1] in bed 6 fell"},
		{"Bed 4: Rose, awaiting scan", "Bed 4: [NAME 1], awaiting scan"},
		{"sunshine the hca found her", "[NAME 1] the hca found her"},
		{"Matron Blood was told", "Matron [NAME 1] was told"},
		{"Sister Hickman has spoken to us", "Sister [NAME 1] has spoken to us"},
		{"Fiona Urquhart bay 2", "[NAME 1] bay 2"},
	})
}

func TestAKnownNameInFullGoesBeforeWhatWouldMakeAnEponymOfIt(t *testing.T) {
	check(t, [][2]string{
		{"Bronagh Crohn catheter was pulled", "[NAME 1] catheter was pulled"},
		{"Bronagh Crohn's disease flared", "[NAME 1]'s disease flared"},
		{"BRONAGH CROHN POSITION CHANGED HOURLY", "[NAME 1] POSITION CHANGED HOURLY"},
		{"Bronagh has Crohn's disease", "[NAME 1] has Crohn's disease"},
	}, redaction.Known{Role: "patient", Given: "Bronagh", Family: "Crohn"})
}

func TestTheSameWordsStayWhereTheyAreWords(t *testing.T) {
	check(t, [][2]string{
		{"Will need review in May", "Will need review in May"},
		{"By June the stock was low", "By June the stock was low"},
		{"Ray of light in a bad week", "Ray of light in a bad week"},
		{"patient happy with the plan", "patient happy with the plan"},
		{"Patient rose from the chair", "Patient rose from the chair"},
		{"Lily of the valley ingested", "Lily of the valley ingested"},
		{"Lance the abscess in theatre", "Lance the abscess in theatre"},
		{"Listed for Ivor Lewis on Monday", "Listed for Ivor Lewis on Monday"},
		{"Lund and Browder chart 1%", "Lund and Browder chart 1%"},
		{"Unna boots out of stock", "Unna boots out of stock"},
	})
}

func TestASurnameAfterATitleIsOneAgain(t *testing.T) {
	check(t, [][2]string{
		{"Miss Savage operated. Savage waited 25 min.", "Miss [NAME 1] operated. [NAME 1] waited 25 min."},
		{"Mr Long has the short bed. Long did not laugh.", "Mr [NAME 1] has the short bed. [NAME 1] did not laugh."},
	})
	check(t, [][2]string{{"Fell wrote it all down", "[NAME 1] wrote it all down"}}, redaction.Known{Given: "Rosamund", Family: "Fell"})
}

func TestInitialsGoWhereSomebodyActs(t *testing.T) {
	check(t, [][2]string{
		{"Clerked on arrival and AK took the bloods", "Clerked on arrival and [NAME 1] took the bloods"},
		{"Plan by BO (SHO) was lost", "Plan by [NAME 1] (SHO) was lost"},
		{"S/b TM at noon", "S/b [NAME 1] at noon"},
		{"The heart rate (HR) was noted", "The heart rate (HR) was noted"},
		{"ECG reviewed, BP checked", "ECG reviewed, BP checked"},
	})
}

func TestANumberMayBeginAText(t *testing.T) {
	check(t, [][2]string{{"1: fell from bed", "1: fell from bed"}})
}
