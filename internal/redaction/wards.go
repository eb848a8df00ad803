package redaction

// findPlaces gathers the words that wards and houses are called by in the record:
// what stands before "ward" and its like, and where patients are moved and staff work.
func (rec *record) findPlaces() {
	for _, rd := range rec.readings {
		for _, i := range rd.where {
			if low, ok := rd.placeAt(i); ok {
				if rec.places == nil {
					rec.places = map[string]bool{}
				}
				rec.places[low] = true
			}
		}
	}
}

// placeAt answers the word that a place is called by, of which token i tells.
func (rd *reading) placeAt(i int) (string, bool) {
	if i == 0 {
		return "", false
	}
	t, before := &rd.tokens[i], &rd.tokens[i-1]
	if t.marks.has(place) && placeOfPatients(t.low) && t.spaced && !t.newline && before.capital && before.kind == word && !before.marks.has(stop|determiner|role|place|ordinary) {
		return before.low, true
	}
	return t.low, rd.wardAlone(i)
}

// placeOfPatients holds for what has a name on its door.
func placeOfPatients(low string) bool {
	switch low {
	case "ward", "unit", "suite", "wing", "house", "lodge", "court", "clinic", "centre", "hospital", "hospice", "infirmary", "wards", "surgery":
		return true
	}
	return false
}

// wardAlone holds for a word with a capital where the name of a ward stands: "staff on
// Tennyson", "moved from Willow to Cedar", "Ward: Elm".
func (rd *reading) wardAlone(i int) bool {
	t := &rd.tokens[i]
	if t.kind != word || !t.capital || t.caps && t.cased || !t.cased || t.marks.has(title|role|kin|stop) || i < 2 || i+1 < len(rd.tokens) && rd.tokens[i+1].low == "'s" {
		return false
	}
	p, q := &rd.tokens[i-1], &rd.tokens[i-2]
	switch p.low {
	case ":":
		return q.low == "ward" || q.low == "location" || q.low == "unit" || q.low == "site"
	case "on":
		return onWard(q.low)
	case "to", "from":
		return moved(q.low) || i > 3 && (rd.tokens[i-3].low == "to" || rd.tokens[i-3].low == "from") && moved(rd.tokens[i-4].low)
	}
	return false
}

// onWard holds for who and what is on a ward.
func onWard(low string) bool {
	switch low {
	case "staff", "bed", "beds", "patient", "patients", "pt", "pts", "bay", "nurses", "working", "worked", "shift", "shifts", "inpatient", "admitted", "based", "ward", "outbreak", "resident", "is", "was", "c", "d":
		return true
	}
	return false
}

// moved holds for what is done to patients between wards.
func moved(low string) bool {
	switch low {
	case "transferred", "transfer", "transfers", "moved", "admitted", "readmitted", "repatriated", "admission", "move", "stepped", "relocated", "outlied", "outlier", "redeployed", "decanted", "absconded", "returned":
		return true
	}
	return false
}

// flora holds for the trees, flowers and birds that wards are called by, and people too.
func flora(low string) bool {
	switch low {
	case "ash", "oak", "elm", "beech", "birch", "cedar", "maple", "willow", "hazel", "rowan", "holly", "ivy", "juniper", "laurel", "larch", "pine", "sycamore", "hawthorn", "alder", "aspen", "poplar", "cherry", "chestnut", "walnut", "magnolia", "bramble", "acacia",
		"rose", "lily", "daisy", "poppy", "violet", "iris", "jasmine", "lavender", "primrose", "bluebell", "snowdrop", "heather", "fern", "clover", "marigold", "tulip", "orchid", "buttercup", "foxglove", "camellia", "sunflower", "daffodil", "honeysuckle",
		"robin", "wren", "dove", "swan", "kestrel", "falcon", "heron", "kingfisher", "lark", "skylark", "nightingale", "swallow", "swift", "osprey", "merlin", "puffin", "curlew", "lapwing":
		return true
	}
	return false
}

// floraWard holds for such a word where the name of a ward stands, in a text of any case:
// still on lavender, team from rowan, from beech to birch, rose team.
func (rd *reading) floraWard(i int) bool {
	if i+1 < len(rd.tokens) && rd.tokens[i+1].low == "'s" || rd.afterPerson(i) {
		return false
	}
	next, after := rd.lowAt(i+1, i+1), rd.lowAt(i+2, i+2)
	switch next {
	case "to":
		if flora(after) && rd.tree(i, i+2) && rd.ends(i+3) {
			return true
		}
	case "round", "corridor", "bay", "bays":
		return true
	case "team":
		return after != "leader" && after != "lead" && after != "manager"
	case "short":
		return after == "staffed" || after == "of" && rd.lowAt(i+3, i+3) != "breath"
	}
	if i < 2 || rd.tokens[i].first {
		return false
	}
	p, q := rd.tokens[i-1].low, rd.tokens[i-2].low
	switch p {
	case "on":
		return !rd.tokens[i-1].first && (onWard(q) || stays(q))
	case "from":
		if next == "to" && flora(after) && rd.tree(i, i+2) {
			return true
		}
		return !rd.tokens[i-1].first && (moved(q) || sentFrom(q))
	case "to":
		return flora(q) && rd.tree(i, i-2) || i > 3 && rd.tokens[i-3].low == "from" && moved(rd.tokens[i-4].low)
	}
	return false
}

// tree holds where one of two words of flora is hardly anybody's name.
func (rd *reading) tree(i, j int) bool { return rd.tokens[i].given < 2 || rd.tokens[j].given < 2 }

// stays holds for who and what else is on a ward.
func stays(low string) bool {
	switch low {
	case "still", "hca", "hcas", "nurse", "sister", "domestic", "domestics", "housekeeper", "cleaner", "sister-in-charge", "student", "alarm", "fire", "outliers", "vacancies", "rns", "rn":
		return true
	}
	return false
}

// sentFrom holds for who and what comes from a ward.
func sentFrom(low string) bool {
	switch low {
	case "team", "nurse", "nurses", "hca", "hcas", "staff", "borrowed", "rn", "rns", "patient", "patients", "pt", "pts", "pulled", "porter", "outlier", "outliers", "trolley", "hoist", "bed":
		return true
	}
	return false
}
