package fhir

import (
	"strconv"
	"strings"

	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
)

// fhirVersion is the release of FHIR that the profile is of: STU3.
const fhirVersion = "3.0.1"

// systemODS holds the codes of organisations. The map knows them; here they have no list.
const systemODS = "ods-codes"

// Capabilities is the CapabilityStatement of the interface: one entry for each profile that it takes.
// at is where AdverseEvents are sent, published the day since which the statement stands, 2026-10-02.
func Capabilities(translators []*Translator, at, published string) map[string]any {
	resources := make([]any, len(translators))
	for i, t := range translators {
		resources[i] = map[string]any{
			"type": "AdverseEvent", "profile": map[string]any{"reference": t.Profile()},
			"interaction": []any{map[string]any{"code": "create"}, map[string]any{"code": "update"}},
			"versioning":  "versioned-update", "readHistory": false, "updateCreate": false, "conditionalCreate": false,
		}
	}
	return map[string]any{
		"resourceType": "CapabilityStatement", "status": "active", "kind": "instance", "date": published, "fhirVersion": fhirVersion,
		"acceptUnknown": "no", "format": []any{"application/fhir+json"}, "implementation": map[string]any{"description": "Patient safety events", "url": at},
		"rest": []any{map[string]any{"mode": "server", "resource": resources}},
	}
}

// Definition answers the resource that defines something of the taxonomy, by its type and its name with the
// version behind; ok is false for what is not defined.
func (t *Translator) Definition(resource, name string) (definition map[string]any, ok bool) {
	short, ok := strings.CutSuffix(name, "-"+strconv.Itoa(t.codes.Number()))
	if !ok {
		return nil, false
	}
	switch resource {
	case "StructureDefinition":
		return t.structureDefinition(short)
	case "ValueSet":
		return t.valueSet(short)
	case "CodeSystem":
		return t.codeSystem(short)
	}
	return nil, false
}

func (t *Translator) structureDefinition(name string) (map[string]any, bool) {
	if section, ok := t.sections[t.versioned(name)]; ok {
		return t.profileOf(name, "Extension", "complex-type", t.answersOf(section)), true
	}
	if name == profileName {
		return t.profileOf(name, "AdverseEvent", "resource", t.recordElements()), true
	}
	for _, one := range carriers() {
		if name == carrierProfile(one.resource) {
			elements := append([]any{element(one.resource, 0, "*")}, t.extensionsOf(one.resource, one.resource)...)
			return t.profileOf(name, one.resource, "resource", elements), true
		}
	}
	return nil, false
}

// carrierProfile is the name of the profile of a contained resource.
func carrierProfile(resource string) string { return "adverse-event-" + strings.ToLower(resource) }

func (t *Translator) profileOf(name, of, kind string, elements []any) map[string]any {
	return map[string]any{
		"resourceType": "StructureDefinition", "id": t.versioned(name), "url": t.structure(name), "name": name,
		"version": strconv.Itoa(t.codes.Number()), "status": "active", "fhirVersion": fhirVersion, "kind": kind, "abstract": false,
		"type": of, "baseDefinition": "http://hl7.org/fhir/StructureDefinition/" + of, "derivation": "constraint",
		"differential": map[string]any{"element": elements},
	}
}

func element(path string, least int, most string) map[string]any {
	return map[string]any{"id": path, "path": path, "min": least, "max": most}
}

// recordElements are the members of the AdverseEvent itself and its extensions.
func (t *Translator) recordElements() []any {
	kind := element(root+".type", 1, "1")
	kind["binding"] = t.binding(kindSystem)
	elements := []any{element(root, 0, "*"), kind, element(root+".description", 1, "1")}
	elements = append(elements, t.extensionsOf(root, root)...)
	for _, one := range []struct{ member, resource string }{{"subject", "Patient"}, {"location", "Location"}, {"recorder", "Practitioner"}} {
		reference := element(root+"."+one.member, 0, "1")
		reference["type"] = []any{map[string]any{"code": "Reference", "targetProfile": t.structure(carrierProfile(one.resource))}}
		elements = append(elements, reference)
	}
	suspects := element(root+".suspectEntity.instance", 1, "1")
	suspects["type"] = []any{
		map[string]any{"code": "Reference", "targetProfile": t.structure(carrierProfile("Medication"))},
		map[string]any{"code": "Reference", "targetProfile": t.structure(carrierProfile("Device"))},
	}
	return append(elements, suspects)
}

// extensionsOf are the sections that are extensions of a type of resource.
func (t *Translator) extensionsOf(carrier, path string) []any {
	var elements []any
	for _, section := range t.codes.Sections() {
		if section.Name == recordSection || carrierOf(section.Name) != carrier {
			continue
		}
		one := element(path+".extension", section.Min, strconv.Itoa(section.Max))
		one["id"], one["sliceName"], one["short"] = path+".extension:"+section.Name, section.Name, section.Title
		one["type"] = []any{map[string]any{"code": "Extension", "profile": t.structure(kebab(section.Name))}}
		elements = append(elements, one)
	}
	return elements
}

// answersOf are the answers of a section.
func (t *Translator) answersOf(section string) []any {
	elements := []any{element("Extension", 0, "*")}
	for _, e := range t.codes.Elements() {
		if e.Section != section {
			continue
		}
		_, name, _ := strings.Cut(e.Path, ".")
		id := "Extension.extension:" + name
		one := element("Extension.extension", e.Min, strconv.Itoa(e.Max))
		one["id"], one["sliceName"] = id, name
		if e.Question != "" {
			one["short"] = e.Question
		}
		url := element("Extension.extension.url", 1, "1")
		url["id"], url["fixedUri"] = id+".url", name
		value := element("Extension.extension."+valueOf(e.Type), 1, "1")
		value["id"], value["type"] = id+"."+valueOf(e.Type), []any{map[string]any{"code": strings.ToLower(strings.TrimPrefix(valueOf(e.Type), "value"))}}
		switch e.Type {
		case taxonomy.Code:
			value["binding"] = t.binding(e.CodeSystem)
		case taxonomy.Organisation:
			value["binding"] = t.binding(systemODS)
		case taxonomy.Text:
			value["maxLength"] = event.MaxText
		}
		elements = append(elements, one, url, value)
	}
	return elements
}

func (t *Translator) binding(system string) map[string]any {
	return map[string]any{"strength": "required", "valueSetReference": map[string]any{"reference": t.base + "/ValueSet/" + t.versioned(system)}}
}

// system answers the title and the codes of a code system; ok is false for one that is not known.
func (t *Translator) system(name string) (title string, concepts []any, ok bool) {
	switch name {
	case kindSystem:
		for _, one := range kindCodes() {
			concepts = append(concepts, map[string]any{"code": one.code, "display": one.label})
		}
		return "Kinds of event", concepts, true
	case problemSystem:
		for _, one := range problemCodes() {
			concepts = append(concepts, map[string]any{"code": one.Code, "display": one.Meaning})
		}
		return "What is wrong with a request", concepts, true
	case systemODS:
		return "ODS codes of organisations", nil, true
	}
	system := t.codes.CodeSystem(name)
	if system == nil {
		return "", nil, false
	}
	for _, coding := range system.Codes(nil) {
		concepts = append(concepts, map[string]any{"code": coding.Code, "display": coding.Label})
	}
	return system.Title, concepts, true
}

func (t *Translator) valueSet(name string) (map[string]any, bool) {
	title, _, ok := t.system(name)
	return map[string]any{
		"resourceType": "ValueSet", "id": t.versioned(name), "url": t.base + "/ValueSet/" + t.versioned(name), "name": name, "title": title,
		"version": strconv.Itoa(t.codes.Number()), "status": "active",
		"compose": map[string]any{"include": []any{map[string]any{"system": t.base + "/CodeSystem/" + t.versioned(name)}}},
	}, ok
}

func (t *Translator) codeSystem(name string) (map[string]any, bool) {
	title, concepts, ok := t.system(name)
	system := map[string]any{
		"resourceType": "CodeSystem", "id": t.versioned(name), "url": t.base + "/CodeSystem/" + t.versioned(name), "name": name, "title": title,
		"version": strconv.Itoa(t.codes.Number()), "status": "active", "caseSensitive": true, "content": "not-present",
	}
	if concepts != nil {
		system["content"], system["count"], system["concept"] = "complete", len(concepts), concepts
	}
	return system, ok
}
