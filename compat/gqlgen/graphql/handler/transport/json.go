package transport

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// jsonText reads a text that is known to be valid, by hand: encoding/json takes
// several times as long, and does not tell of two members of one name.
type jsonText struct {
	text []byte
	at   int
}

func valid(text []byte) bool { return json.Valid(text) && utf8.Valid(text) }

// next is the first byte of the value that is next, or what closes an object or a
// list. What stands between them was found to be where it belongs.
func (j *jsonText) next() byte {
	for strings.IndexByte(" \t\r\n,:", j.text[j.at]) >= 0 {
		j.at++
	}
	return j.text[j.at]
}

// value reads what is next. Numbers stay as they are written: a float64 would round
// them.
func (j *jsonText) value() any {
	switch j.next() {
	case '{':
		object, _ := j.object()
		return object
	case '[':
		return j.list()
	case '"':
		return j.string()
	case 'n':
		j.at += len("null")
		return nil
	case 't':
		j.at += len("true")
		return true
	case 'f':
		j.at += len("false")
		return false
	}
	start := j.at
	for j.at < len(j.text) && strings.IndexByte("+-.0123456789Ee", j.text[j.at]) >= 0 {
		j.at++
	}
	return json.Number(j.text[start:j.at])
}

// object reads an object, and says whether a name came twice in it.
func (j *jsonText) object() (fields map[string]any, twice bool) {
	fields = make(map[string]any)
	j.at++
	for j.next() != '}' {
		name := j.string()
		_, known := fields[name]
		twice = twice || known
		fields[name] = j.value()
	}
	j.at++
	return fields, twice
}

func (j *jsonText) list() []any {
	list := []any{}
	j.at++
	for j.next() != ']' {
		list = append(list, j.value())
	}
	j.at++
	return list
}

func (j *jsonText) string() string {
	start, plain := j.at, true
	for j.at++; j.text[j.at] != '"'; j.at++ {
		if j.text[j.at] == '\\' {
			plain = false
			j.at++
		}
	}
	j.at++
	if plain {
		return string(j.text[start+1 : j.at-1])
	}
	var s string
	_ = json.Unmarshal(j.text[start:j.at], &s) // of a valid string
	return s
}
