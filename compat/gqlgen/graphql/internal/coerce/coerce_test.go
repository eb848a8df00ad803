package coerce_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/internal/coerce"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

type (
	object = map[string]any
	list   = []any
)

func load() *ast.Schema {
	return gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query { f(
			int: Int, must: Int! = 4, float: Float, text: String, yes: Boolean, id: ID,
			list: [Int!], lists: [[Int]], genre: Genre, input: In, choice: Choice, choices: [Choice!], any: Any
		): Int, g(must: Int!): Int }
		enum Genre { CRIME POETRY }
		input In { name: String! age: Int = 7 inner: In list: [Int!] }
		input Choice @oneOf { a: Int b: String nested: Choice }
		scalar Any
	`})
}

func parse(t *testing.T, text string) *ast.OperationDefinition {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return doc.Operations[0]
}

func fromJSON(t *testing.T, text string) object {
	t.Helper()
	var v object
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func check(t *testing.T, got object, err *gqlerror.Error, want object, wantErr string) {
	t.Helper()
	switch {
	case wantErr != "" && (err == nil || err.Message != wantErr):
		t.Errorf("got %v and error %v, want the error %q", got, err, wantErr)
	case wantErr == "" && err != nil:
		t.Errorf("got the error %q", err.Message)
	case wantErr == "" && !reflect.DeepEqual(got, want):
		t.Errorf("got %#v, want %#v", got, want)
	}
}

func TestVariables(t *testing.T) {
	tests := []struct {
		declared, given string
		want            object
		err             string
	}{
		{"$v:Int", `{}`, object{}, ""},
		{"$v:Int", `{"v":null,"more":1}`, object{"v": nil}, ""},
		{"$v:Int", `{"v":5}`, object{"v": int64(5)}, ""},
		{"$v:Int", `{"v":5.0}`, object{"v": int64(5)}, ""},
		{"$v:Int", `{"v":-2147483648}`, object{"v": int64(-2147483648)}, ""},
		{"$v:Int", `{"v":2147483648}`, nil, "variable $v: a whole number of 32 bits expected"},
		{"$v:Int", `{"v":1e400}`, nil, "variable $v: a whole number of 32 bits expected"},
		{"$v:Int", `{"v":5.5}`, nil, "variable $v: a whole number of 32 bits expected"},
		{"$v:Int", `{"v":"5"}`, nil, "variable $v: a whole number of 32 bits expected"},
		{"$v:Int", `{"v":true}`, nil, "variable $v: a whole number of 32 bits expected"},
		{"$v:Int!", `{}`, nil, "variable $v: a value expected"},
		{"$v:Int!", `{"v":null}`, nil, "variable $v: a value that is not null expected"},
		{"$v:Int!=3", `{}`, object{"v": int64(3)}, ""},
		{"$v:Int=3", `{"v":null}`, object{"v": nil}, ""},
		{"$v:Float", `{"v":5}`, object{"v": float64(5)}, ""},
		{"$v:Float", `{"v":"5"}`, nil, "variable $v: a finite number expected"},
		{"$v:Float", `{"v":1e400}`, nil, "variable $v: a finite number expected"},
		{"$v:String", `{"v":"x"}`, object{"v": "x"}, ""},
		{"$v:String", `{"v":5}`, nil, "variable $v: a string expected"},
		{"$v:Boolean", `{"v":true}`, object{"v": true}, ""},
		{"$v:Boolean", `{"v":"true"}`, nil, "variable $v: true or false expected"},
		{"$v:ID", `{"v":"x"}`, object{"v": "x"}, ""},
		{"$v:ID", `{"v":12345678901234567}`, object{"v": "12345678901234567"}, ""},
		{"$v:ID", `{"v":5.0}`, nil, "variable $v: a string or a whole number expected"},
		{"$v:ID", `{"v":99999999999999999999}`, object{"v": "99999999999999999999"}, ""},
		{"$v:ID", `{"v":true}`, nil, "variable $v: a string or a whole number expected"},
		{"$v:ID", `{"v":1.5}`, nil, "variable $v: a string or a whole number expected"},
		{"$v:Genre", `{"v":"CRIME"}`, object{"v": "CRIME"}, ""},
		{"$v:Genre", `{"v":"crime"}`, nil, "variable $v: a value of Genre expected"},
		{"$v:Genre", `{"v":0}`, nil, "variable $v: a value of Genre expected"},
		{"$v:[Int!]", `{"v":5}`, object{"v": list{int64(5)}}, ""},
		{"$v:[Int!]", `{"v":[1,null]}`, nil, "variable $v[1]: a value that is not null expected"},
		{"$v:[[Int]]", `{"v":[1,[2,null],null]}`, object{"v": list{list{int64(1)}, list{int64(2), nil}, nil}}, ""},
		{"$v:[[Int]]", `{"v":[[1],[2,"x"]]}`, nil, "variable $v[1][1]: a whole number of 32 bits expected"},
		{"$v:In", `{"v":{"name":"n"}}`, object{"v": object{"name": "n", "age": int64(7)}}, ""},
		{"$v:In", `{"v":{"name":"n","age":null}}`, object{"v": object{"name": "n", "age": nil}}, ""},
		{"$v:In", `{"v":{"age":1}}`, nil, "variable $v.name: a value expected"},
		{"$v:In", `{"v":{"name":"n","inner":{"name":1}}}`, nil, "variable $v.inner.name: a string expected"},
		{"$v:In", `{"v":{"name":"n","secret":1}}`, nil, "variable $v: only fields of In expected"},
		{"$v:In", `{"v":"text"}`, nil, "variable $v: an object of type In expected"},
		{"$v:Choice", `{"v":{"a":1}}`, object{"v": object{"a": int64(1)}}, ""},
		{"$v:Choice", `{"v":{"a":1,"b":"x"}}`, nil, "variable $v: exactly one field of Choice expected"},
		{"$v:Choice", `{"v":{"a":null}}`, nil, "variable $v: exactly one field of Choice expected"},
		{"$v:Choice", `{"v":{"nested":{"b":"x"}}}`, object{"v": object{"nested": object{"b": "x"}}}, ""},
		{"$v:Choice", `{"v":{"nested":{"a":1,"b":null}}}`, nil, "variable $v.nested: exactly one field of Choice expected"},
		{"$v:Choice={b:\"d\"}", `{}`, object{"v": object{"b": "d"}}, ""},
		{"$v:In={name:\"d\"}", `{}`, object{"v": object{"name": "d", "age": int64(7)}}, ""},
		{"$v:[Int!]=3", `{}`, object{"v": list{int64(3)}}, ""},
		{"$v:[[Int]]", `{"v":null}`, object{"v": nil}, ""},
		{"$v:[[Int]]", `{"v":[]}`, object{"v": list{}}, ""},
		{"$v:Choice", `{"v":{}}`, nil, "variable $v: exactly one field of Choice expected"},
		{"$v:Any", `{"v":{"a":[1,"x"]}}`, object{"v": object{"a": list{json.Number("1"), "x"}}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.declared+" "+tt.given, func(t *testing.T) {
			given := fromJSON(t, tt.given)
			got, err := coerce.Variables(load(), parse(t, `query(`+tt.declared+`){f}`), given)
			check(t, got, err, tt.want, tt.err)
			if !reflect.DeepEqual(given, fromJSON(t, tt.given)) {
				t.Error("what was given has changed")
			}
		})
	}
}

func TestArguments(t *testing.T) {
	vars := object{"int": int64(9), "null": nil, "text": "x", "choice": object{"a": int64(1)}}
	tests := []struct {
		written string
		want    object
		err     string
	}{
		{``, object{"must": int64(4)}, ""},
		{`(must:5 int:6)`, object{"must": int64(5), "int": int64(6)}, ""},
		{`(int:null)`, object{"must": int64(4), "int": nil}, ""},
		{`(int:$int)`, object{"must": int64(4), "int": int64(9)}, ""},
		{`(int:$absent must:$absent)`, object{"must": int64(4)}, ""},
		{`(int:$null)`, object{"must": int64(4), "int": nil}, ""},
		{`(must:$null)`, nil, "argument must: a value that is not null expected"},
		{`(int:2147483648)`, nil, "argument int: a whole number of 32 bits expected"},
		{`(int:99999999999999999999)`, nil, "argument int: a whole number of 32 bits expected"},
		{`(float:1e400)`, nil, "argument float: a finite number expected"},
		{`(float:3 text:"a" yes:false id:7)`, object{"must": int64(4), "float": 3.0, "text": "a", "yes": false, "id": "7"}, ""},
		{`(text:"""  block """)`, object{"must": int64(4), "text": "  block "}, ""},
		{`(list:3)`, object{"must": int64(4), "list": list{int64(3)}}, ""},
		{`(list:$int)`, object{"must": int64(4), "list": list{int64(9)}}, ""},
		{`(list:[1,$int])`, object{"must": int64(4), "list": list{int64(1), int64(9)}}, ""},
		{`(list:[1,$null])`, nil, "argument list[1]: a value that is not null expected"},
		{`(list:[1,$absent])`, nil, "argument list[1]: a value that is not null expected"},
		{`(lists:[[1,null],2])`, object{"must": int64(4), "lists": list{list{int64(1), nil}, list{int64(2)}}}, ""},
		{`(genre:POETRY)`, object{"must": int64(4), "genre": "POETRY"}, ""},
		{`(genre:"POETRY")`, nil, "argument genre: a value of Genre expected"},
		{`(genre:SECRET)`, nil, "argument genre: a value of Genre expected"},
		{`(input:{name:$text age:$absent list:[2]})`, object{"must": int64(4), "input": object{"name": "x", "age": int64(7), "list": list{int64(2)}}}, ""},
		{`(input:{name:$absent})`, nil, "argument input.name: a value expected"},
		{`(input:{name:$null})`, nil, "argument input.name: a value that is not null expected"},
		{`(input:{name:"a" inner:{name:"b" list:[null]}})`, nil, "argument input.inner.list[0]: a value that is not null expected"},
		{`(input:{name:"a" secret:1})`, nil, "argument input: only fields of In expected"},
		{`(input:[1])`, nil, "argument input: an object of type In expected"},
		{`(choice:{a:1})`, object{"must": int64(4), "choice": object{"a": int64(1)}}, ""},
		{`(choice:{b:$text})`, object{"must": int64(4), "choice": object{"b": "x"}}, ""},
		{`(choice:{a:1 b:$absent})`, nil, "argument choice: exactly one field of Choice expected"},
		{`(choice:{a:$absent})`, nil, "argument choice: exactly one field of Choice expected"},
		{`(choice:{})`, nil, "argument choice: exactly one field of Choice expected"},
		{`(choices:[{a:1} {b:"x"}])`, object{"must": int64(4), "choices": list{object{"a": int64(1)}, object{"b": "x"}}}, ""},
		{`(choices:{a:1})`, object{"must": int64(4), "choices": list{object{"a": int64(1)}}}, ""},
		{`(choices:[{a:1} {a:1 b:"x"}])`, nil, "argument choices[1]: exactly one field of Choice expected"},
		{`(choices:[{nested:{a:1}} {nested:{a:null}}])`, nil, "argument choices[1].nested: exactly one field of Choice expected"},
		{`(choice:$choice)`, object{"must": int64(4), "choice": object{"a": int64(1)}}, ""},
		{`(int:5.0)`, nil, "argument int: a whole number of 32 bits expected"},
		{`(int:"5")`, nil, "argument int: a whole number of 32 bits expected"},
		{`(float:FIVE)`, nil, "argument float: a finite number expected"},
		{`(text:CRIME)`, nil, "argument text: a string expected"},
		{`(text:5)`, nil, "argument text: a string expected"},
		{`(yes:"true")`, nil, "argument yes: true or false expected"},
		{`(id:CRIME)`, nil, "argument id: a string or a whole number expected"},
		{`(id:5.0)`, nil, "argument id: a string or a whole number expected"},
		{`(id:99999999999999999999)`, object{"must": int64(4), "id": "99999999999999999999"}, ""},
		{`(id:"""text""")`, object{"must": int64(4), "id": "text"}, ""},
		{`(choice:{a:1 b:"x"})`, nil, "argument choice: exactly one field of Choice expected"},
		{`(choice:{a:$null})`, nil, "argument choice: exactly one field of Choice expected"},
		{`(any:{a:[1,2.5,"x",true,null,E,$int,99999999999999999999] b:$absent})`,
			object{"must": int64(4), "any": object{"a": list{int64(1), 2.5, "x", true, nil, "E", int64(9), json.Number("99999999999999999999")}}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.written, func(t *testing.T) {
			field := parse(t, `{f`+tt.written+`}`).SelectionSet[0].(*ast.Field)
			s := load()
			got, err := coerce.Arguments(s, s.Query.Fields.ForName("f").Arguments, field.Arguments, vars)
			check(t, got, err, tt.want, tt.err)
		})
	}
	t.Run("left out though needed", func(t *testing.T) {
		s := load()
		got, err := coerce.Arguments(s, s.Query.Fields.ForName("g").Arguments, nil, nil)
		check(t, got, err, nil, "argument must: a value expected")
	})
}
