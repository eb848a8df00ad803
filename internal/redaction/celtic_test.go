package redaction_test

import "testing"

func TestHousesWithCelticNamesGo(t *testing.T) {
	marked(t,
		"can someone pop to «chy an mor», he is out of apixaban",
		"she's with his parents at «Gwêl yr Afon, Ffordd Tanrallt», not here",
		"should have gone to him at «4 Maes yr Onen» but",
		"the \"«wheal bounty»\" on our list is a house, not a mine",
		"found «61 tigh na mara road» eventually",
		"insulin pen an hour late, 5 min an hour",
	)
}
