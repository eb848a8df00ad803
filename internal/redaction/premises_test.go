package redaction_test

import "testing"

func TestWhatAStreetStandsBehindGoes(t *testing.T) {
	for _, text := range []string{
		"One of them, «Bungalow, Teapot Lane», was contracting.",
		"Discharged to «Vicarage Flat, St Anne's Lane» without a key.",
		"The call came from «The Weir-keeper's, Towpath Road», at night.",
		"He sleeps in a van behind «Bartle's Garage, Ings Road».",
	} {
		marked(t, text)
	}
}

func TestHousesNamedTogetherGo(t *testing.T) {
	for _, text := range []string{
		"Same surname, adjacent house: «5 and 7 Malthouse Close» have one record.",
		"Leaflets went to «3, 5 and 9 Malthouse Close» by mistake.",
		"Bays 3, 5 and 7 were full; 5 and 7 were swabbed.",
		"Day 3, «5 Malthouse Close» visited.",
	} {
		marked(t, text)
	}
}

func TestAHouseAtTheGreenGoes(t *testing.T) {
	for _, text := range []string{
		"collapsed outside «no 6 the green» and triaged",
		"Patient was at «number 32, The Barleymow» (a pub).",
		"attended no 6 the patient was asleep",
		"see number 4 the form is blank",
	} {
		marked(t, text)
	}
}
