package fhir

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

const (
	unknownMember = "The resource has members here that the profile does not."
	twice         = "A name stands twice in one object here."
	wrongType     = "This is of another type than the profile says."
	notKept       = "The data set has no place for this, so it is not kept."
)

// object reads an object whose names are among those known. What is in notKept is read and warned of.
func (r *reader) object(value any, at string, known, unkept []string) (map[string]any, bool) {
	o, ok := value.(*object)
	if !ok {
		r.problem(fault.Invalid, wrongType, at)
		return nil, false
	}
	if o.doubled {
		r.problem(fault.Duplicate, twice, at)
	}
	strange := false
	for name := range o.members {
		strange = strange || !slices.Contains(known, name) && !slices.Contains(unkept, name)
	}
	if strange {
		r.problem(fault.NotApplicable, unknownMember, at)
	}
	for _, name := range unkept {
		if _, given := o.members[name]; given {
			r.warn(notKept, at+"."+name)
		}
	}
	return o.members, true
}

// list reads a list; none where nothing is there.
func (r *reader) list(value any, given bool, at string) []any {
	if !given {
		return nil
	}
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		r.problem(fault.Invalid, wrongType, at)
	}
	return list
}

// text reads a string that is not empty.
func (r *reader) text(value any, given bool, at string) (string, bool) {
	if !given {
		return "", false
	}
	text, ok := value.(string)
	if !ok || text == "" {
		r.problem(fault.Invalid, wrongType, at)
	}
	return text, ok && text != ""
}

// member reads a member that is a string; empty where there is none.
func (r *reader) member(o map[string]any, name, at string) string {
	value, given := o[name]
	text, _ := r.text(value, given, at+"."+name)
	return text
}

// resource reads the AdverseEvent itself.
func (r *reader) resource(body *object) {
	o, _ := r.object(body, root,
		[]string{"resourceType", "id", "meta", "contained", "extension", "category", "type", "subject", "date", "location", "recorder", "suspectEntity", "description"},
		[]string{"identifier", "implicitRules", "language", "text", "eventParticipant", "seriousness"})
	if o["resourceType"] != "AdverseEvent" {
		r.problem(fault.Invalid, "Send an AdverseEvent.", root+".resourceType")
		return
	}
	r.meta(o)
	r.reading.ID = r.member(o, "id", root)
	if !r.kind(o) {
		return
	}
	ids := r.contained(o)
	r.references(o, ids)
	r.extensions(o, root, root)
	r.description(o)
	r.ownDay(o)
}

func (r *reader) meta(o map[string]any) {
	const at = root + ".meta"
	value, given := o["meta"]
	if !given {
		r.problem(fault.Required, "Name the profile that the resource keeps to.", at+".profile")
		return
	}
	meta, ok := r.object(value, at, []string{"profile", "versionId", "lastUpdated"}, []string{"security", "tag"})
	if !ok {
		return
	}
	r.reading.Version = r.member(meta, "versionId", at)
	value, given = meta["profile"]
	profiles := r.list(value, given, at+".profile")
	if len(profiles) == 0 {
		r.problem(fault.Required, "Name the profile that the resource keeps to.", at+".profile")
		return
	}
	profile, _ := profiles[0].(string)
	if definition(profile) != r.versioned(profileName) {
		r.problem(fault.UnknownCode, "This is not a profile that the service takes; its capability statement names those.", at+".profile[0]")
	}
}

// definition is the name of a StructureDefinition in its address, whoever serves it.
func definition(address string) string {
	_, name, found := strings.Cut(address, "/StructureDefinition/")
	if !found {
		return ""
	}
	return name
}

// kind reads what kind of event it is, without which nothing else can be read.
func (r *reader) kind(o map[string]any) bool {
	const at = root + ".type"
	value, given := o["type"]
	if !given {
		r.problem(fault.Required, "Say what kind of event it is.", at)
		return false
	}
	concept, _ := r.object(value, at, []string{"coding", "text"}, nil)
	value, given = concept["coding"]
	codings := r.list(value, given, at+".coding")
	if len(codings) != 1 {
		r.problem(fault.Invalid, "Give one coding, of the kind of event.", at+".coding")
		return false
	}
	coding, _ := r.object(codings[0], at+".coding[0]", []string{"system", "version", "code", "display", "userSelected"}, nil)
	code := r.member(coding, "code", at+".coding[0]")
	for _, one := range kindCodes() {
		if one.code == code {
			r.fields["kind"] = one.kind
			r.form = r.codes.Form(string(one.kind))
			r.reading.places["kind"] = at + ".coding[0].code"
			return r.nearMiss(o, one.kind)
		}
	}
	r.problem(fault.UnknownCode, "Give a code of the code system "+kindSystem+".", at+".coding[0].code")
	return false
}

const kindSystem = "adverse-event-type"

// nearMiss reads the category: FHIR has one for what could have harmed somebody and did not.
func (r *reader) nearMiss(o map[string]any, kind event.Kind) bool {
	const at = root + ".category"
	value, given := o["category"]
	switch {
	case !given || value == "AE":
	case value == "PAE" && kind == event.KindIncident:
		put(r.fields, fieldNearMiss, true)
		r.reading.places[fieldNearMiss] = at
	case value == "PAE":
		r.problem(fault.NotApplicable, "Only an incident can have been caught before it reached a patient.", at)
	default:
		r.problem(fault.UnknownCode, "Give AE, or PAE for an incident that was caught before it reached a patient.", at)
	}
	return true
}

const fieldNearMiss = "incident.nearMiss"

// contained reads the resources inside, and answers their ids.
func (r *reader) contained(o map[string]any) []string {
	value, given := o["contained"]
	var ids, seen []string
	for i, one := range r.list(value, given, root+".contained") {
		at := root + ".contained[" + strconv.Itoa(i) + "]"
		inner, ok := one.(*object)
		if !ok {
			r.problem(fault.Invalid, wrongType, at)
			continue
		}
		resource, _ := inner.members["resourceType"].(string)
		unkept, known := unkeptOf(resource)
		if !known {
			r.problem(fault.UnknownCode, "The profile contains no resource of this type.", at+".resourceType")
			continue
		}
		if slices.Contains(seen, resource) {
			r.problem(fault.Duplicate, "The profile contains one resource of each type.", at)
		}
		members, _ := r.object(one, at, []string{"resourceType", "id", "meta", "extension"}, unkept)
		id := r.member(members, "id", at)
		if slices.Contains(ids, id) {
			r.problem(fault.Duplicate, "Give each resource inside an id of its own.", at+".id")
		}
		ids, seen = append(ids, id), append(seen, resource)
		r.extensions(members, resource, at)
	}
	return ids
}

// unkeptOf names the members of a contained resource that FHIR has and the data set has not, as far as
// they identify nobody; known is false for a resource that the profile does not contain.
func unkeptOf(resource string) (members []string, known bool) {
	switch resource {
	case "Patient", "Practitioner":
		return []string{"active"}, true
	case "Location":
		return []string{"status", "mode"}, true
	case "Medication":
		return []string{"status", "code", "form", "manufacturer"}, true
	case "Device":
		return []string{"status", "type", "manufacturer", "model", "lotNumber", "expirationDate", "version", "udi"}, true
	}
	return nil, false
}

// references sees that what refers to a resource inside refers to one that is there.
func (r *reader) references(o map[string]any, ids []string) {
	for _, name := range []string{"subject", "location", "recorder"} {
		if value, given := o[name]; given {
			r.reference(value, root+"."+name, ids)
		}
	}
	value, given := o["suspectEntity"]
	for i, one := range r.list(value, given, root+".suspectEntity") {
		at := root + ".suspectEntity[" + strconv.Itoa(i) + "]"
		entity, ok := r.object(one, at, []string{"instance"}, nil)
		if ok {
			r.reference(entity["instance"], at+".instance", ids)
		}
	}
}

func (r *reader) reference(value any, at string, ids []string) {
	o, ok := r.object(value, at, []string{"reference", "display"}, nil)
	if !ok {
		return
	}
	id, inside := strings.CutPrefix(r.member(o, "reference", at), "#")
	if !inside || !slices.Contains(ids, id) {
		r.problem(fault.Invalid, "Refer to a resource that is contained here.", at+".reference")
	}
}

// extensions reads the extensions of a resource, each of which stands for a section.
func (r *reader) extensions(o map[string]any, carrier, at string) {
	value, given := o["extension"]
	for i, one := range r.list(value, given, at+".extension") {
		at := at + ".extension[" + strconv.Itoa(i) + "]"
		members, ok := r.object(one, at, []string{"url", "extension"}, nil)
		if !ok {
			continue
		}
		section := r.sections[definition(r.member(members, "url", at))]
		if section == "" || carrierOf(section) != carrier {
			r.problem(fault.UnknownCode, "The profile has no such extension here.", at+".url")
			continue
		}
		if len(r.groups[section]) == r.most(section) {
			r.problem(fault.TooMany, "At most "+strconv.Itoa(r.most(section))+" of this extension.", at)
			continue
		}
		r.groups[section] = append(r.groups[section], r.group(section, members, at))
	}
}

func (r *reader) most(name string) int {
	for _, section := range r.codes.Sections() {
		if section.Name == name {
			return section.Max
		}
	}
	return 0
}

// group reads the answers of a section.
func (r *reader) group(section string, members map[string]any, at string) group {
	g := group{at: at, answers: map[string][]found{}}
	value, given := members["extension"]
	if !given {
		r.problem(fault.Required, "Give the answers of this section.", at+".extension")
	}
	for i, one := range r.list(value, given, at+".extension") {
		at := at + ".extension[" + strconv.Itoa(i) + "]"
		inner, ok := one.(*object)
		if !ok {
			r.problem(fault.Invalid, wrongType, at)
			continue
		}
		name, _ := inner.members["url"].(string)
		e, ok := r.codes.Element(section + "." + name)
		if !ok {
			r.problem(fault.UnknownCode, "This section has no such answer.", at+".url")
			continue
		}
		answer, ok := r.value(e, one, at)
		if !ok {
			continue
		}
		if len(g.answers[e.Path]) == e.Max {
			r.problem(fault.TooMany, "At most "+strconv.Itoa(e.Max)+".", at)
			continue
		}
		g.answers[e.Path] = append(g.answers[e.Path], answer)
	}
	return g
}

// value reads an answer as the type of its element has it.
func (r *reader) value(e taxonomy.Element, one any, at string) (found, bool) {
	name := valueOf(e.Type)
	members, ok := r.object(one, at, []string{"url", name}, nil)
	value, given := members[name]
	if !ok || !given {
		r.problem(fault.Required, "Give "+name+".", at+"."+name)
		return found{}, false
	}
	answer := found{at: at + "." + name}
	answer.text, ok = plainValue(e.Type, value)
	if !ok {
		r.problem(fault.Invalid, wrongType, answer.at)
		return found{}, false
	}
	if e.Type == taxonomy.Code {
		if _, ok := r.codes.Label(e.CodeSystem, answer.text); !ok {
			r.problem(fault.UnknownCode, "Give a code of the code system "+e.CodeSystem+".", answer.at)
			return found{}, false
		}
	}
	return answer, true
}

// plainValue writes a value of a type as text; ok is false for another type's.
func plainValue(t taxonomy.Type, value any) (text string, ok bool) {
	switch t {
	case taxonomy.Boolean:
		truth, ok := value.(bool)
		return strconv.FormatBool(truth), ok
	case taxonomy.Integer:
		number, _ := value.(json.Number)
		n, err := strconv.Atoi(number.String())
		return strconv.Itoa(n), err == nil
	case taxonomy.Time:
		clock, _ := value.(string)
		clock, _, _ = strings.Cut(clock, ".")
		var local event.LocalTime
		err := local.UnmarshalGQL(clock)
		return string(local), err == nil
	}
	text, ok = value.(string)
	return text, ok && text != ""
}

// description reads what happened.
func (r *reader) description(o map[string]any) {
	value, given := o["description"]
	if text, ok := r.text(value, given, root+".description"); ok {
		r.fields["description"] = text
		r.reading.places["description"] = root + ".description"
	}
}

// ownDay reads the day that the resource itself gives, which may have a time behind.
func (r *reader) ownDay(o map[string]any) {
	value, given := o["date"]
	if text, ok := r.text(value, given, root+".date"); ok {
		day, _, _ := strings.Cut(text, "T")
		r.day = &found{day, root + ".date"}
	}
}
