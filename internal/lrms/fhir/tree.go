package fhir

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// maxDepth is how deep a body nests at most: twice what an AdverseEvent needs.
const maxDepth = 16

// The ways in which a body is none. They say nothing of what is in it.
var (
	errNotJSON = errors.New("the body is not one JSON object in UTF-8")
	errTooDeep = errors.New("the body nests too deep")
)

// object is a JSON object. What a sender names twice is told apart from what it names once, which
// encoding/json does not do.
type object struct {
	members map[string]any // object, []any, string, json.Number, bool or nil
	doubled bool
}

// parse reads a body; its errors are errNotJSON and errTooDeep.
func parse(body []byte) (*object, error) {
	if !utf8.Valid(body) {
		return nil, errNotJSON
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	value, err := parseValue(decoder, 0)
	if err != nil {
		return nil, err
	}
	root, ok := value.(*object)
	if _, err := decoder.Token(); !ok || !errors.Is(err, io.EOF) {
		return nil, errNotJSON
	}
	return root, nil
}

func parseValue(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, errNotJSON
	}
	delimiter, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == maxDepth {
		return nil, errTooDeep
	}
	if delimiter == '{' {
		return parseObject(decoder, depth+1)
	}
	return parseList(decoder, depth+1)
}

func parseObject(decoder *json.Decoder, depth int) (any, error) {
	o := &object{members: map[string]any{}}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, errNotJSON
		}
		name, ok := token.(string)
		if !ok {
			return nil, errNotJSON
		}
		value, err := parseValue(decoder, depth)
		if err != nil {
			return nil, err
		}
		if _, twice := o.members[name]; twice {
			o.doubled = true
		}
		o.members[name] = value
	}
	if _, err := decoder.Token(); err != nil {
		return nil, errNotJSON
	}
	return o, nil
}

func parseList(decoder *json.Decoder, depth int) (any, error) {
	list := []any{}
	for decoder.More() {
		value, err := parseValue(decoder, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, errNotJSON
	}
	return list, nil
}
