package graph_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// marker is typed wherever a body is broken; no answer may repeat it.
const marker = "Quillfeather"

func TestNothingSentByFHIRBreaksTheService(t *testing.T) {
	t.Parallel()
	s := newServiceWithSystems(t)
	for _, one := range []struct {
		name string
		is   func(*testing.T, *service)
	}{
		{"a thousand broken bodies are each refused", refusesAThousand},
		{"no value breaks it", takesAnyValue},
		{"an event is one however often the connection is cut", survivesCuts},
	} {
		t.Run(one.name, func(t *testing.T) {
			s.t = t
			one.is(t, s)
		})
	}
	if strings.Contains(s.log.String(), marker) {
		t.Error("the log repeats what was sent")
	}
}

// Broken bodies are each told what is wrong with them, in no words of theirs, and none is recorded.
func refusesAThousand(t *testing.T, s *service) {
	whole := s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR())
	id := dig[string](t, whole.resource, "id")
	said := s.says(trustSystem, id)
	chance := rand.New(rand.NewPCG(7, 2026))
	ways := []func(*rand.Rand, map[string]any) string{missing, doubled, ofWrongType, unknown, overLong, deep, cutOff}
	for i := range 1000 {
		way := i % len(ways)
		body := aFallByFHIR()
		body["description"] = "Mrs " + marker + " fell."
		text := ways[way](chance, body)
		var got fhirAnswer
		if i%4 == 0 {
			got = s.send(http.MethodPut, eventsAt+"/"+id, trustSystem, text, "If-Match", `W/"1"`)
		} else {
			got = s.send(http.MethodPost, eventsAt, trustSystem, text)
		}
		if got.status < 400 || got.status > 499 || len(got.told(t)) == 0 {
			t.Errorf("body %d is answered %d %s:\n%.2000s", i, got.status, got.text, text)
		}
		if strings.Contains(got.text, marker) || strings.Contains(got.text, "Heparin") {
			t.Errorf("body %d is repeated: %s", i, got.text)
		}
	}
	if n := s.count(); n != 1 {
		t.Errorf("%d were recorded", n-1)
	}
	if now := s.says(trustSystem, id); now != said {
		t.Errorf("an event says %s, and said %s", now, said)
	}
}

// places lists the objects and the members of objects in a body, always in the same order.
func places(value any, found *[]map[string]any) {
	switch v := value.(type) {
	case map[string]any:
		*found = append(*found, v)
		for _, name := range sortedNames(v) {
			places(v[name], found)
		}
	case []any:
		for _, inner := range v {
			places(inner, found)
		}
	}
}

func sortedNames(object map[string]any) []string {
	var names []string
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// anObject picks an object of a body, and a name in it that satisfies a condition.
func anObject(chance *rand.Rand, body map[string]any, fits func(name string) bool) (map[string]any, string) {
	var objects []map[string]any
	places(body, &objects)
	for {
		object := objects[chance.IntN(len(objects))]
		names := slices.DeleteFunc(sortedNames(object), func(name string) bool { return !fits(name) })
		if len(names) > 0 {
			return object, names[chance.IntN(len(names))]
		}
	}
}

func anyName(string) bool { return true }

func written(body map[string]any) string {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // maps, lists and strings: it cannot fail
	}
	return string(text)
}

// missing leaves something out that every body needs.
func missing(chance *rand.Rand, body map[string]any) string {
	object, name := anObject(chance, body, func(name string) bool {
		needed := []string{"resourceType", "meta", "profile", "type", "coding", "code", "description", "url", "reference", "id"}
		return strings.HasPrefix(name, "value") || slices.Contains(needed, name)
	})
	delete(object, name)
	return written(body)
}

// doubled says something twice: a member, a section, a resource inside.
func doubled(chance *rand.Rand, body map[string]any) string {
	switch chance.IntN(3) {
	case 0:
		body["extension"] = append(body["extension"].([]any), body["extension"].([]any)[chance.IntN(3)])
		return written(body)
	case 1:
		body["contained"] = append(body["contained"].([]any), body["contained"].([]any)[chance.IntN(2)])
		return written(body)
	}
	object, name := anObject(chance, body, anyName)
	value := object[name]
	object["@"] = value
	return strings.Replace(written(body), `"@":`, `"`+name+`":`, 1)
}

// ofWrongType puts a value of another type in the place of one.
func ofWrongType(chance *rand.Rand, body map[string]any) string {
	object, name := anObject(chance, body, anyName)
	others := []any{map[string]any{marker: marker}, []any{marker}, 7.5, true, nil}
	switch object[name].(type) {
	case map[string]any:
		others[0] = marker
	case []any:
		others[0], others[1] = marker, map[string]any{marker: 1}
	}
	object[name] = others[chance.IntN(len(others))]
	return written(body)
}

// unknown says something that the profile does not have.
func unknown(chance *rand.Rand, body map[string]any) string {
	switch chance.IntN(3) {
	case 0:
		body["extension"] = append(body["extension"].([]any), extension(marker, inner(marker, "valueString", marker)))
	case 1:
		extensions := body["extension"].([]any)
		one := extensions[chance.IntN(len(extensions))].(map[string]any)
		one["extension"] = append(one["extension"].([]any), inner(marker, "valueString", marker))
	default:
		object, _ := anObject(chance, body, anyName)
		object[marker] = marker
	}
	return written(body)
}

// overLong says something at more length than is taken.
func overLong(chance *rand.Rand, body map[string]any) string {
	long := strings.Repeat(marker, 2000)
	switch chance.IntN(4) {
	case 0:
		body["description"] = long
	case 1:
		body["contained"] = append(body["contained"].([]any), map[string]any{"resourceType": "Practitioner", "id": "p", "extension": []any{
			extension("practitioner-details", inner("ReporterContact", "valueString", long[:201])),
		}})
	case 2:
		agents := body["extension"].([]any)[0].(map[string]any)
		for range 100 {
			agents["extension"] = append(agents["extension"].([]any), inner("DrugsInvolved", "valueString", marker))
		}
	default:
		object, name := anObject(chance, body, func(name string) bool { return name == "valueCode" || name == "code" || name == "url" })
		object[name] = long
	}
	return written(body)
}

// deep nests something deeper than anything is.
func deep(chance *rand.Rand, body map[string]any) string {
	object, name := anObject(chance, body, anyName)
	object[name] = "@"
	depth := 20 + chance.IntN(20_000)
	return strings.Replace(written(body), `"@"`, strings.Repeat(`{"extension":[`, depth)+`"`+marker+`"`+strings.Repeat("]}", depth), 1)
}

// cutOff ends anywhere before the end, or has something behind it.
func cutOff(chance *rand.Rand, body map[string]any) string {
	text := written(body)
	if chance.IntN(4) == 0 {
		return text + `"` + marker + `"`
	}
	return text[:chance.IntN(len(text)-1)]
}

// The connection may be cut anywhere while an event is sent; sent again until it is answered, it is one event.
func survivesCuts(t *testing.T, s *service) {
	for name, header := range map[string]string{"known by its body": "", "known by a key": "Idempotency-Key: W-7\r\n"} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			before := s.count()
			body := governed(neverEventOfType("1")...)
			body["description"] = "Mrs Edith Pemberton fell, " + name + "."
			text := written(body)
			s.cutEverywhere("POST "+eventsAt, header, text)
			var headers []string
			if header != "" {
				headers = []string{"Idempotency-Key", "W-7"}
			}
			got := s.send(http.MethodPost, eventsAt, trustSystem, text, headers...)
			if got.status != http.StatusCreated {
				t.Fatalf("answered %d %s", got.status, got.text)
			}
			s.settled()
			if n := s.count() - before; n != 1 {
				t.Errorf("there are %d events", n)
			}
			if kept := s.declarations(dig[string](t, got.resource, "id")); len(kept) != 2 {
				t.Errorf("of what was decided %v is kept", kept)
			}
			body["description"] = "Mrs Edith Pemberton slipped, " + name + "."
			at, text := eventsAt+"/"+dig[string](t, got.resource, "id"), written(body)
			s.cutEverywhere("PUT "+at, "If-Match: W/\"1\"\r\n", text)
			if got := s.send(http.MethodPut, at, trustSystem, text, "If-Match", `W/"1"`); got.status != http.StatusOK || got.header.Get("ETag") != `W/"2"` {
				t.Errorf("its update is answered %d %s %s", got.status, got.header.Get("ETag"), got.text)
			}
		})
	}
}

// cutEverywhere sends a request again and again, and cuts the connection ten bytes later each time; the last is whole,
// and its answer never read.
func (s *service) cutEverywhere(line, header, text string) {
	s.t.Helper()
	whole := line + " HTTP/1.1\r\nHost: lfpse.example\r\nContent-Type: application/fhir+json\r\n" + header +
		fmt.Sprintf("Ocp-Apim-Subscription-Key: %s\r\nContent-Length: %d\r\n\r\n", s.tokens[trustSystem], len(text)) + text
	for end := 0; end < len(whole); end += 10 {
		s.cut(whole[:end])
	}
	s.cut(whole)
}

// cut sends bytes and cuts the connection.
func (s *service) cut(bytes string) {
	s.t.Helper()
	connection := must[net.Conn](s.t)(net.DialTimeout("tcp", s.server.Listener.Addr().String(), 5*time.Second))
	defer connection.Close()
	if _, err := io.WriteString(connection, bytes); err != nil {
		s.t.Fatal(err)
	}
}

// Whatever stands in the place of a value, the service says what it thinks of it and goes on.
func takesAnyValue(t *testing.T, s *service) {
	extremes := []any{
		"", " ", marker + "\x00", marker + "\u202e", "\ufffd", strings.Repeat("\u00e9", 300), "9999-12-31", "0000-00-00", "24:00:00",
		json.Number("-1"), json.Number("0"), json.Number("2147483648"), json.Number("9223372036854775807"), json.Number("1e400"), json.Number("0.1"),
	}
	leaves, tried := leavesOf(governedInFull()), 0
	for i, leaf := range leaves {
		for n, extreme := range extremes {
			if (i+n)%3 != 0 { // each value stands in many places, and each place has many: all in all would take long
				continue
			}
			body := governedInFull()
			leavesOf(body)[i].object[leaf.name] = extreme
			got := s.send(http.MethodPost, eventsAt, trustSystem, body, "Idempotency-Key", fmt.Sprintf("extreme %d %d", i, n))
			if tried++; got.status >= 500 || strings.Contains(got.text, marker) {
				t.Errorf("%q in the place of %s is answered %d %s", extreme, leaf.name, got.status, got.text)
			}
		}
	}
	if tried < 250 {
		t.Errorf("only %d values were tried", tried)
	}
}

// leaf is a member of an object that is no object or list itself.
type leaf struct {
	object map[string]any
	name   string
}

// leavesOf lists the leaves of a body, always in the same order.
func leavesOf(body map[string]any) []leaf {
	var objects []map[string]any
	places(body, &objects)
	var leaves []leaf
	for _, object := range objects {
		for _, name := range sortedNames(object) {
			switch object[name].(type) {
			case map[string]any, []any:
			default:
				leaves = append(leaves, leaf{object, name})
			}
		}
	}
	return leaves
}

// governedInFull is a fall with everything that its organisation's admins may have decided.
func governedInFull() map[string]any {
	return governed(append(neverEventOfType("1"), inner("DutyOfCandour", "valueBoolean", true), inner("CqcNotify", "valueBoolean", true),
		inner("CqcCriteria", "valueCode", "1"), inner("CqcCriteria", "valueCode", "3"), inner("LocalAuthoritySafeguarding", "valueBoolean", false),
		inner("SeriousIncident", "valueBoolean", true), inner("HsibNotify", "valueBoolean", false),
		inner("DesignationsMentalHealth", "valueBoolean", true), inner("DeprivationOfLiberty", "valueBoolean", false))...)
}
