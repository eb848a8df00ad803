package redaction_test

import "testing"

func TestHousesByTheirNameAloneGoBehindASmallWord(t *testing.T) {
	marked(t,
		"PT TELLS ME SHE LIVES AT \"«THE HOLLIES»\". SYSTEM SAYS",
		"met by police at «crossing keepers cottage» they had broken in",
		"shut at «trenoweth barns» unit 4 is a workshop",
		"not ours at «Cordwell Lodge». Anaesthetist read it",
		"«BIRKRIGG HIGH FARM», SLURRY PIT, 2 CASUALTIES",
	)
}

func TestKindsOfHousesWithoutANameStay(t *testing.T) {
	marked(t,
		"seen at the cottage hospital, at the lodge, from the local farm, at the old house",
		"Lives at home. Transferred from Cordwell Lodge ward at 10",
	)
}
