package redaction

// meansThing holds where a word that people are called by too is a thing, a verb or a
// role, as what stands beside it tells: reg rang, rose from chair, PAT dog.
func (rd *reading) meansThing(i int) bool {
	t := &rd.tokens[i]
	if t.given < 2 && t.family < 2 {
		return false
	}
	before, next := rd.lowAt(i, i-1), rd.lowAt(i+1, i+1)
	switch t.low {
	case "reg":
		return !rd.calledReg(i)
	case "moses":
		return next == "basket" || next == "baskets"
	case "pearl":
		return t.caps && t.cased // of pupils
	case "ray":
		return before == "x" || next == "of"
	case "chance":
		return before == "by" && next != "on" && next != "in" && next != "at"
	case "don":
		return t.caps && t.cased && (before == "deputy" || before == "the" || before == "our")
	case "pat":
		return next == "dog" || next == "dogs" || next == "slide" || next == "slides" || next == "test" || next == "tested" || next == "testing"
	case "bell":
		return before == "call" || before == "door" || before == "nurse" || before == "buzzer" || before == "handbell"
	case "stay":
		return before == "short" || before == "overnight"
	case "vit":
		return len(next) < 4
	case "john", "jude":
		return before == "st" && rd.ofSaint(i+1)
	case "wednesday":
		return next != "(" && !(rd.free(i+1) && rd.tokens[i+1].marks.has(act|subject|speaker))
	}
	return rd.asVerb(i, next) || rd.asNoun(i, before, next) || rd.describes(i, next)
}

// lowAt is the word or mark at j, if it stands in the sentence that token i is in: where a
// sentence begins with token i nothing stands before it.
func (rd *reading) lowAt(i, j int) string {
	if j < 0 || i >= len(rd.tokens) || rd.tokens[i].first {
		return ""
	}
	return rd.tokens[j].low
}

// calledReg holds where Reg is somebody's given name: behind what he is to somebody, and
// before a family name that no specialty stands before.
func (rd *reading) calledReg(i int) bool {
	if rd.free(i-1) && rd.beside(i) {
		if p := &rd.tokens[i-1]; p.marks.has(kin | title) {
			return true
		} else if p.marks.has(medical|short|determiner|place|eponym) || specialty(p.low) {
			return false
		}
	}
	if !rd.free(i+1) || !rd.beside(i+1) || rd.tokens[i+1].marks.has(subject|act|speaker|object|link|stop|medical|role) {
		return false
	}
	n := &rd.tokens[i+1]
	return n.family > 2 && n.given < 3 || n.family > 1 && n.given < 2 || n.english == 0 && n.given < 2 && len(n.low) > 3
}

// specialty holds for what doctors are called by before what they are: surg reg.
func specialty(low string) bool {
	switch low {
	case "med", "medical", "surg", "surgical", "cardio", "cardiology", "ortho", "orthopaedic", "neuro", "neurology", "neurosurgical", "renal", "resp", "respiratory", "gastro", "urology", "uro", "gynae", "obs", "paeds", "paediatric", "neonatal", "anaesthetic", "anaes", "itu", "icu", "ed", "ent", "vascular", "plastics", "haem", "haematology", "onc", "oncology", "micro", "radiology", "rad", "psych", "psychiatric", "palliative", "on-call", "oncall", "call", "night", "day", "duty", "trauma", "stroke", "geriatric", "acute", "elderly", "derm", "endo", "rheum", "eye", "max-fax", "maxfax", "colorectal", "breast", "hepatology", "liver", "pre", "upper", "gi", "hands", "spinal", "bleep", "ward":
		return true
	}
	return false
}

// breed holds for both words of a Jack Russell, and for the first of a saint.
func (rd *reading) breed(i int) bool {
	switch rd.tokens[i].low {
	case "jack":
		return rd.lowAt(i+1, i+1) == "russell" && rd.isDog(i, i+2)
	case "st":
		return (rd.lowAt(i+1, i+1) == "john" || rd.lowAt(i+1, i+1) == "jude") && rd.ofSaint(i+2)
	case "russell":
		return rd.lowAt(i, i-1) == "jack" && rd.isDog(i-1, i+1)
	}
	return false
}

// isDog holds for a breed from first to before next: a dog is somebody's, runs loose or
// bites.
func (rd *reading) isDog(first, next int) bool {
	if first > 0 && !rd.tokens[first].first {
		if p := &rd.tokens[first-1]; p.low == "a" || p.low == "his" || p.low == "her" || p.low == "their" || p.low == "two" {
			return true
		}
	}
	switch rd.lowAt(next, next) {
	case "loose", "terrier", "terriers", "cross", "dog", "dogs", "puppy", "barking", "pup":
		return true
	}
	return false
}

// asVerb holds for a verb that a note begins with, where nobody is named as doing it:
// rose from chair, rob another, drew up, will chase.
func (rd *reading) asVerb(i int, next string) bool {
	t := &rd.tokens[i]
	switch t.low {
	case "rose":
		return (next == "from" || next == "to") && rd.roseFrom(i+2)
	case "drew":
		return next == "up" || next == "blood" || next == "bloods"
	case "chase":
		return rd.toDo(i) || (rd.opens(i) || rd.lowAt(i, i-1) == "to") && (next == "the" || next == "it" || next == "up" || next == "lab" || next == "labs" || next == "bloods" || next == "results" || next == "scan")
	case "page", "rob", "mark", "bill", "sue", "grant", "skip", "wade", "hunt", "pat":
		return rd.opens(i) && (next == "another" || next == "all" || next == "both" || next == "any" || next == "each" || next == "every")
	}
	return false
}

// toDo holds for a word in small letters, or one like all around it, behind what is yet to
// be done.
func (rd *reading) toDo(i int) bool {
	if rd.tokens[i].proper() || i == 0 || !rd.free(i-1) || !rd.beside(i) {
		return false
	}
	switch rd.tokens[i-1].low {
	case "will", "please", "pls", "must", "should":
		return true
	}
	return false
}

// roseFrom holds for what somebody or a figure rises from or to.
func (rd *reading) roseFrom(j int) bool {
	if j < len(rd.tokens) && rd.tokens[j].marks.has(determiner) && !rd.tokens[j].first {
		j++
	}
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	switch rd.tokens[j].low {
	case "chair", "bed", "table", "toilet", "commode", "sofa", "settee", "seat", "floor", "sitting", "wheelchair", "bench", "recliner", "armchair", "occasion", "baseline", "knees", "feet":
		return true
	}
	return rd.tokens[j].kind == number
}

// asNoun holds for a noun that people are called by, with what is said of it alone.
func (rd *reading) asNoun(i int, before, next string) bool {
	switch rd.tokens[i].low {
	case "mark", "marks":
		return next == "on" && rd.onBody(i+2) || next == "noted" || next == "noticed" || next == "seen" && rd.lowAt(i+2, i+2) == "on"
	case "page":
		return next == "unanswered" || next == "missing" || next == "sent" || next == "torn" || next == "late" || next == "put" && rd.lowAt(i+2, i+2) == "out" || next == "went" && rd.lowAt(i+2, i+2) == "out"
	case "skip":
		return before == "a" || before == "the" || next == "searched" || next == "emptied" || next == "full" || next == "hire" || next == "lorry" || next == "fire"
	case "faith":
		return next == "leader" || next == "leaders" || next == "in" || next == "restored"
	case "charity":
		return next == "tin" || next == "box" || next == "shop" || next == "worker" || next == "bid" || next == "run" || next == "cake" || next == "funds"
	case "joy":
		return next == "to" && rd.watched(i+2)
	case "bill":
		return next == "to" && rd.lowAt(i+2, i+2) == "follow"
	case "carol":
		return next == "singers" || next == "singing" || next == "sheet" || next == "sheets" || next == "concert" || next == "service"
	case "basil":
		return next == "pesto" || next == "pot" || next == "plant"
	case "lance":
		return next == "corporal"
	case "miles":
		return next == "of" || next == "away" || next == "off" || next == "out"
	case "star":
		return next == "of" || next == "award" || next == "awards"
	case "max":
		return next == "rate" || next == "dose" || next == "doses" || next == "speed" || next == "assist" || next == "assistance" || next == "flow" || next == "settings"
	case "art":
		return next == "trolley" || next == "therapy" || next == "therapist" || next == "room" || next == "group" || next == "class" || next == "session"
	case "buddy":
		return next == "strap" || next == "straps" || next == "strapped" || next == "strapping" || next == "tape" || next == "taped" || next == "system" || before == "worker"
	case "peer":
		return next == "worker" || next == "support" || next == "review" || next == "reviewed"
	case "dawn":
		return before == "at" || before == "before" || before == "until" || before == "till" || before == "since"
	case "penny", "coin":
		return next == "swallowed" || next == "dropped"
	}
	return false
}

// watched holds for what is a joy to do.
func (rd *reading) watched(j int) bool {
	switch rd.lowAt(j, j) {
	case "see", "watch", "have", "behold", "read", "hear", "care", "be":
		return true
	}
	return false
}

// onBody holds for a side, for what is whose, and for where a mark is seen.
func (rd *reading) onBody(j int) bool {
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	switch t := &rd.tokens[j]; t.low {
	case "left", "right", "l", "r", "lt", "rt", "both", "his", "her", "their", "inner", "outer", "upper", "lower", "sacrum", "heel", "skin", "back", "face", "arm", "leg", "neck", "wrist", "ear", "shin", "chest", "buttock", "buttocks", "forehead", "nose", "side":
		return true
	}
	return false
}

// describes holds for a word that says what colour, kind or age something is: short
// staffed, frank blood, young pt, violet staining.
func (rd *reading) describes(i int, next string) bool {
	switch rd.tokens[i].low {
	case "short":
		switch next {
		case "staffed", "staff", "stay", "notice", "of", "term", "acting", "neck", "course", "break", "shift", "time", "by", "stature":
			return true
		}
	case "young":
		switch next {
		case "pt", "pts", "patient", "person", "people", "persons", "man", "men", "woman", "women", "lady", "lad", "girl", "boy", "mum", "carer", "carers", "child", "children", "baby", "male", "female", "offender", "offenders", "adult", "adults", "onset", "mother":
			return true
		}
	case "frank", "bright":
		switch next {
		case "blood", "bleeding", "bleed", "haematuria", "pus", "haemoptysis", "melaena", "pr", "red", "rectal", "breech", "discussion", "conversation", "talk", "clots":
			return true
		}
	case "major":
		switch next {
		case "bleed", "haemorrhage", "incident", "trauma", "surgery", "obstetric", "harm", "bleeding", "operation", "injury", "injuries":
			return true
		}
	case "stern", "sharp", "blunt", "grave", "cross":
		switch next {
		case "words", "word", "thinking", "object", "bend", "pain", "force", "trauma", "dissection", "concern", "concerns", "match", "matched", "matching":
			return true
		}
	case "violet", "amber", "jade", "hazel", "ginger", "olive", "rose", "rusty", "scarlet", "sandy", "pearl", "ruby", "silver", "brown", "green", "gray", "grey", "white", "black", "pink", "blue":
		return rd.ofColour(next)
	}
	return false
}

// ofColour holds for what is told by its colour.
func (rd *reading) ofColour(next string) bool {
	switch next {
	case "coloured", "colored", "staining", "stain", "stained", "eyes", "eyed", "rated", "rating", "flag", "flags", "flagged", "alert", "alerts", "light", "lights", "lighted", "trays", "tray", "pen", "cannula", "folder", "stone", "stones", "discolouration", "zone", "level", "warning", "tinged", "hips", "hip", "tube", "bottle", "lips", "sputum", "stool", "stools", "vomit", "fluid", "card", "form", "phone", "bag", "bags", "band", "bands", "tag", "tagged":
		return true
	}
	return false
}

// ofSaint holds for what is called after a saint, and for the mark of possession behind it.
func (rd *reading) ofSaint(j int) bool {
	if j < len(rd.tokens) && rd.tokens[j].low == "'s" {
		j++
	}
	switch rd.lowAt(j, j) {
	case "wort", "ambulance", "ambulances", "volunteer", "volunteers", "cadet", "cadets", "crew", "valve", "pacemaker", "device":
		return true
	}
	return false
}
