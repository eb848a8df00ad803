package redaction

// hints say of a word which layers begin from it. Most words are none of theirs,
// and whether one is need not be asked in every text.
type hints uint16

const (
	digitHint  hints = 1 << iota // one, two: a number in words
	houseHint                    // flat, heol: an address
	logInHint                    // username: a log-in
	memberHint                   // twitter: what somebody is called on a network
	ageHint                      // ninety: an age; nineteen: a year of birth
	mailHint                     // at: an e-mail address that is spelled out
	cueHint                      // bleep: a number
	careHint                     // home: one that people are cared for in
	phraseHint                   // eve: nobody in some phrases, or a country
	unasked                      // nobody has found out yet
	unlisted                     // nothing is known of it
)

func (h hints) has(any hints) bool { return h&any != 0 }

// hintsOf asks the layers themselves.
func hintsOf(low string) hints {
	var h hints
	if digitWord(low) {
		h |= digitHint
	}
	if ruralHouse(low) || houseType(low) || quietKind(low) || lives(low) || addressWord(low) || dwelling(low) || unitWord(low) || celticHead(low) || low == "tower" || leadingStreet(low) || shortKind(low) || doorWord(low) {
		h |= houseHint
	}
	if logInCue(low) != noLogIn {
		h |= logInHint
	}
	if network(low) {
		h |= memberHint
	}
	if ageWord(low) || low == century {
		h |= ageHint
	}
	if low == "at" {
		h |= mailHint
	}
	if introducesNumbers(low) {
		h |= cueHint
	}
	if homeWord(low) {
		h |= careHint
	}
	if nation(low) || phraseBegins(low) != nil || low == "na" {
		h |= phraseHint
	}
	return h
}

// maySayWhere holds for tokens by which a home or a ward may be called, numbered or known.
func (t *token) maySayWhere() bool {
	return t.capital || t.digits || t.hints.has(houseHint) || t.marks.has(place)
}

// begins holds for tokens that a layer other than those that weigh names begins
// from, so that these need not go over all tokens.
func (t *token) begins() bool {
	return t.digits || t.hints != 0 || t.kind == opaque || t.marks.has(street|weakStreet|month|title)
}
