package redaction

// compound holds for a word that people are called by too before a thing that nobody has
// on a ward, so that both are one thing: dove soap, poppy seed, raven chair.
func (rd *reading) compound(i, j int) bool {
	t, n := &rd.tokens[i], &rd.tokens[j]
	return t.english > 0 && n.spaced && (!n.capital || !n.cased) && !rd.afterTitle(i) && !rd.afterPerson(i) && thingNoun(n.low)
}

// thingNoun holds for such things. What patients have, wear, are given and lie in is not
// among them: the mark of possession is often left out.
func thingNoun(low string) bool {
	switch low {
	case "soap", "soaps", "biscuit", "biscuits", "hedge", "hedges", "bushes", "trees", "twig", "twigs", "petal", "petals", "pollen", "thorn", "thorns", "seed", "seeds", "berry", "berries", "branches", "rods", "decorations", "wreath",
		"oil", "honey", "pesto", "aneurysm", "angioma", "goat", "finch", "pond", "statue", "skeleton", "dolls", "toys", "puppet", "balloon",
		"panel", "panels", "flight", "flights", "helicopter", "tent", "tents", "fans", "washer", "dishwasher", "dryer", "hoover", "kettle", "oven", "fridge", "freezer", "printer", "photocopier", "keyboard", "laptop", "server", "router",
		"boots", "gloves", "goggles", "apron", "scrubs", "cloths", "wipes", "cups", "plates", "mugs", "jug", "tins", "tin", "jar", "crate", "crates", "barrel", "ladder", "panelling", "carpet", "paint",
		"trolleys", "truck", "lorry", "lamps", "bulb", "bulbs", "candles", "rope", "screws", "bolts", "singers", "choir", "concert", "music", "songs", "flowers", "bouquet", "stripe", "stripes", "leaflet", "leaflets", "posters", "noticeboard", "whiteboard", "folders", "binder", "cabinet", "shelves", "pods", "tanks", "cylinders", "socket", "sockets", "plugs", "cables":
		return true
	}
	return false
}
