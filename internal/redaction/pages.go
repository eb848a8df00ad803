package redaction

import "strings"

// longestPage is the most characters of a page's address that are looked at.
const longestPage = 500

// pages takes addresses of pages that lead to a person, and keeps the words of all
// others from being read as names.
func (rd *reading) pages(k *known) {
	for i := 0; i < len(rd.tokens); i++ {
		if !rd.pathFollows(&rd.tokens[i]) {
			continue
		}
		url, ok := rd.pageAt(i)
		if !ok {
			continue
		}
		start := rd.tokens[i].start
		end := start + len(url)
		if rd.personal(url) || k.inPage(url) || rd.somebodysPage(i, url) {
			rd.span(start, end, Online, 0.85, "personal page")
		} else {
			rd.sites = append(rd.sites, Span{Start: start, End: end})
		}
		for i+1 < len(rd.tokens) && rd.tokens[i+1].start < end {
			i++
		}
	}
}

// dotInside holds for texts in which something follows a dot without white space
// between, as in the host of every page.
func (rd *reading) dotInside() bool {
	for at := strings.IndexByte(rd.fold, '.'); at >= 0 && at+1 < len(rd.fold); at = indexFrom(rd.fold, '.', at+1) {
		if rd.fold[at+1] > ' ' {
			return true
		}
	}
	return false
}

// pathFollows holds where more of an address stands behind a mark.
func (rd *reading) pathFollows(t *token) bool {
	return t.end+1 < len(rd.fold) && beforePath(rd.fold[t.end]) && rd.fold[t.end+1] > ' '
}

// pageAt answers the address of a page that begins at token i, in small letters.
func (rd *reading) pageAt(i int) (string, bool) {
	t := &rd.tokens[i]
	if t.kind != word && t.kind != code {
		return "", false
	}
	if i > 0 && !t.spaced && rd.tokens[i-1].kind == punct && strings.Contains("./@_", rd.tokens[i-1].low) {
		return "", false
	}
	end := t.end
	for end < len(rd.fold) && end < t.start+longestPage && rd.fold[end] > ' ' && !strings.ContainsRune("\"'()<>,;[]", rune(rd.fold[end])) {
		end++
	}
	url := strings.TrimRight(rd.low[t.start:end], ".!?:")
	host, path, told := parts(url)
	if strings.Contains(host, "@") || !strings.Contains(host, ".") {
		return "", false
	}
	top := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case told:
		return url, len(top) > 1
	case path != "":
		return url, commonTop(top) || rareTop(top)
	}
	return url, commonTop(top)
}

// parts cuts an address into host and path; told is whether it says that it is one.
func parts(url string) (host, path string, told bool) {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		scheme, rest = "", url
	}
	host, path, _ = strings.Cut(rest, "/")
	host, query, _ := strings.Cut(host, "?")
	told = scheme != "" || strings.HasPrefix(host, "www.")
	return strings.TrimPrefix(host, "www."), path + query, told
}

func beforePath(c byte) bool { return c == '.' || c == '/' || c == ':' || c == '-' }

// commonTop holds for the ends of hosts that no sentence runs on with after a
// missing space.
func commonTop(top string) bool {
	switch top {
	case "com", "net", "org", "uk", "io", "info", "biz", "example", "eu", "scot", "wales", "cymru", "london", "gov", "edu", "int", "blog", "app", "dev", "xyz", "ie":
		return true
	}
	return false
}

// rareTop holds for ends of hosts that are words too: they need a path.
func rareTop(top string) bool {
	switch top {
	case "me", "ly", "be", "co", "to", "tv", "gg", "gl", "gd", "in", "it", "us", "link", "page", "site", "online", "live", "social", "video", "news", "health", "care", "de", "fr", "es", "pl", "ro", "pt", "nl", "ca", "au", "cc", "ai":
		return true
	}
	return false
}

// personal holds for pages that lead to a person: those of social networks and of
// whoever is not known to publish for everybody, and any that a number asks for.
func (rd *reading) personal(url string) bool {
	host, path, _ := parts(url)
	path = strings.Trim(path, "/")
	if strings.Contains(url, "?") && countDigits(url[strings.IndexByte(url, '?'):]) >= 4 {
		return true
	}
	site := registered(host)
	switch {
	case networks(site):
		return path != "" || host != site
	case rd.fullNameIn(path):
		return true
	case public(host):
		return false
	case strings.HasSuffix(host, ".org.uk") || strings.HasSuffix(host, ".org"):
		return rd.namesSomebody(strings.TrimSuffix(strings.TrimSuffix(site, ".uk"), ".org"))
	}
	return path != "" || rd.namesSomebody(site[:strings.IndexByte(site, '.')])
}

// inPage holds for the address of a page that a name stands in which the record
// knows, or has hidden before: whatever else it leads to, it says that name.
func (k *known) inPage(url string) bool {
	if len(k.words)+len(k.joined) == 0 {
		return false
	}
	for part := range strings.FieldsFuncSeq(url, func(c rune) bool { return c < 0x80 && c != '\'' && (c < 'a' || c > 'z') }) {
		if len(part) > shortest && k.words[part] || k.joined[part] {
			return true
		}
		for cut := shortest + 1; cut+shortest < len(part); cut++ {
			if k.words[part[:cut]] && k.words[part[cut:]] {
				return true
			}
		}
	}
	return false
}

// ownedBy holds for what is somebody's by its name: delroyswalkingblog.
func (rd *reading) ownedBy(label string) bool {
	for cut := 4; cut+4 < len(label); cut++ {
		if label[cut] != 's' {
			continue
		}
		if owner := rd.lex.words.get(label[:cut]); owner.given > 1 && (owner.english == 0 || owner.english > 4) && rd.plainly(label[cut+1:]) {
			return true
		}
	}
	return false
}

// plainly holds for one English word, or two joined, of which none is what firms are.
func (rd *reading) plainly(joined string) bool {
	english := func(low string) bool {
		e := rd.lex.words.get(low)
		return e.english > 0 && !e.marks.has(place|medical)
	}
	if english(joined) {
		return true
	}
	for cut := 3; cut+3 <= len(joined); cut++ {
		if english(joined[:cut]) && english(joined[cut:]) {
			return true
		}
	}
	return false
}

// somebodysPage holds for a page that is said to be about somebody or to be their own:
// his own page, a webpage on her. Its host may be anybody's but the public's.
func (rd *reading) somebodysPage(i int, url string) bool {
	if host, _, _ := parts(url); public(host) {
		return false
	} else if strings.Contains(host, "blog") || strings.Contains(host, "diary") {
		return true
	}
	whose := false
	for j := i - 1; j >= 0 && j > i-8; j-- {
		switch low := rd.tokens[j].low; low {
		case "blog", "vlog", "webpage", "homepage", "page", "website", "site":
			if whose || rd.whosePage(j) {
				return true
			}
		case "her", "him", "me", "us":
			whose = true
		}
		if rd.tokens[j].first {
			break
		}
	}
	return false
}

// whosePage holds for a page behind the word for whose it is: his own page.
func (rd *reading) whosePage(i int) bool {
	for j := i - 1; j >= 0 && j > i-4; j-- {
		switch low := rd.tokens[j].low; low {
		case "his", "her", "my", "their", "'s":
			return true
		case "own", "personal", "family", "fundraising", "business":
		default:
			return rd.tokens[j].marks.has(kin)
		}
	}
	return false
}

// registered is the part of a host that somebody registered: example.co.uk.
func registered(host string) string {
	labels := strings.Split(host, ".")
	n := 2
	if len(labels) > 2 && labels[len(labels)-1] == "uk" {
		n = 3
	}
	return strings.Join(labels[max(0, len(labels)-n):], ".")
}

// networks are the sites whose pages belong to their members.
func networks(site string) bool {
	switch site {
	case "facebook.com", "fb.com", "fb.me", "twitter.com", "x.com", "instagram.com", "linkedin.com", "tiktok.com", "youtube.com", "youtu.be", "snapchat.com", "threads.net", "reddit.com", "pinterest.com", "pinterest.co.uk",
		"github.com", "justgiving.com", "gofundme.com", "wordpress.com", "blogspot.com", "blogspot.co.uk", "substack.com", "medium.com", "tumblr.com", "wixsite.com", "weebly.com", "flickr.com", "onlyfans.com", "t.me", "wa.me", "linktr.ee",
		"change.org", "patreon.com", "ko-fi.com", "caringbridge.org", "vinted.co.uk", "bsky.app", "bit.ly", "tinyurl.com", "dropbox.com", "icloud.com":
		return true
	}
	return false
}

// public holds for those who publish for everybody.
func public(host string) bool {
	for _, end := range []string{"nhs.uk", "gov.uk", "nhs.scot", "gov.scot", "nhs.wales", "gov.wales", "hscni.net", "police.uk", "ac.uk", "parliament.uk", "mod.uk", "who.int", "europa.eu", "gov", "edu"} {
		if host == end || strings.HasSuffix(host, "."+end) {
			return true
		}
	}
	switch host {
	case "bbc.co.uk", "wikipedia.org", "google.com", "google.co.uk", "microsoft.com", "amazon.co.uk", "amazon.com", "bmj.com", "thelancet.com", "cochranelibrary.com", "patient.info", "medscape.com", "uptodate.com", "mayoclinic.org", "nature.com", "sciencedirect.com":
		return true
	}
	return false
}

// fullNameIn holds for the path of a page that somebody's name stands in:
// stories/jane-doe.
func (rd *reading) fullNameIn(path string) bool {
	before := entry{}
	for part := range strings.FieldsFuncSeq(path, func(c rune) bool { return !isDigit(c) && (c < 'a' || c > 'z') }) {
		e := rd.lex.words.get(part)
		if before.given > 1 && e.family > 1 && before.english == 0 {
			return true
		}
		before = e
	}
	return false
}

// namesSomebody holds for a label of a host that is made of names: kiranpatel,
// jane-doe.
func (rd *reading) namesSomebody(label string) bool {
	for part := range strings.FieldsFuncSeq(label, func(c rune) bool { return c == '-' || c == '.' || isDigit(c) }) {
		if e := rd.lex.words.get(part); len(part) > 3 && e.given+e.family > 2 && e.english == 0 {
			return true
		}
		if rd.ownedBy(part) {
			return true
		}
		for cut := 3; cut+3 <= len(part); cut++ {
			first, last := rd.lex.words.get(part[:cut]), rd.lex.words.get(part[cut:])
			if first.given > 1 && last.family > 1 {
				return true
			}
		}
	}
	return false
}
