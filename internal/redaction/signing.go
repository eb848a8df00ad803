package redaction

import "strings"

// somebody holds for words for a person that are no roles in other respects.
func somebody(low string) bool {
	switch low {
	case "person", "su", "yp", "member", "individual", "child", "adolescent", "teenager", "lady", "gentleman", "man", "woman", "boy", "girl", "male", "female", "named":
		return true
	}
	return false
}

// signedAs holds for what stands before a colon and who did it.
func signedAs(low string) bool {
	switch low {
	case "author", "name", "kw", "from", "to", "cc", "present", "attendees", "staff", "crew", "by", "rn", "hca", "rc", "lead", "owner", "who", "initial", "involved", "duty", "shift", "agreed", "approved", "authorised", "re":
		return true
	}
	return false
}

// done holds for verbs of what was done, after which people sign.
func done(t *token) bool {
	switch t.low {
	case "given", "taken", "seen", "done", "written", "read", "put":
		return true
	case "reduced", "raised", "increased", "decreased", "suspected", "confirmed", "impaired", "prolonged", "required", "ruptured", "infected", "elevated", "blocked", "failed", "delayed", "missed", "planned", "needed", "repeated", "retained", "advanced":
		return false
	}
	return t.english > 0 && strings.HasSuffix(t.low, "ed")
}

// told holds for verbs after which a person stands who learns of something.
func told(low string) bool {
	switch low {
	case "told", "asked", "informed", "thanked", "called", "rang", "phoned", "texted", "emailed", "contacted", "bleeped", "alerted", "notified", "paged", "names", "handover", "both", "either", "informing", "telling", "asking", "ringing", "advised":
		return true
	}
	return false
}

// summons holds for verbs by which somebody is asked to fetch or tell somebody.
func summons(low string) bool {
	switch low {
	case "ring", "ask", "tell", "remind", "email", "thank":
		return true
	}
	return false
}

// signing holds for words that people sign after.
func signing(low string) bool {
	switch low {
	case "by", "disp", "dispd", "chk", "chkd", "ck", "signed", "sig", "initials", "initialled", "checked", "labelled", "dispensed", "witnessed", "countersigned", "prepared", "checker", "completed", "sign", "signature", "signatures", "drawn", "screened", "accuracy", "entered", "typed", "author", "reviewer", "verified", "scribe", "witness", "reviewed", "acc", "counted":
		return true
	}
	return false
}

// mistypedSigning reads dispnsed and chekced for what they are.
func mistypedSigning(t *token) bool {
	if t.entry != (entry{}) || len(t.low) < 6 {
		return false
	}
	for _, right := range []string{"signed", "checked", "labelled", "dispensed", "witnessed", "prepared", "completed"} {
		if oneSlip(right, t.low) {
			return true
		}
	}
	return false
}

// onlyPeople holds for verbs in -ed of which nothing but a person is the subject.
func onlyPeople(low string) bool {
	switch low {
	case "refused", "declined", "consented", "absconded", "fainted", "vomited", "disclosed", "asked", "told", "emailed", "texted", "phoned", "rang", "apologised", "agreed", "complained", "insisted", "promised", "volunteered", "resigned", "retired", "explained", "replied", "shouted", "screamed", "disagreed", "objected", "thinks", "believes", "wants", "mentioned", "admitted", "denied", "swore", "cried", "thanked", "commented", "remarked", "shrugged", "corrected", "bagged":
		return true
	}
	return false
}

// participle holds for what is done to things as well as by people: BC sent.
func participle(low string) bool {
	switch low {
	case "sent", "held", "brought", "put", "cut", "kept", "read", "found", "drawn", "stuck", "set", "lent", "left", "caught", "stopped", "bought", "lost", "seen", "meant", "heard", "met", "led", "got", "told":
		return true
	}
	return false
}
