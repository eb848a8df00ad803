package engine_test

import (
	"context"
	"fmt"
	"testing"
)

// scalars tells what an argument became: its Go type and value.
var scalars = func() service {
	tell := func(_ context.Context, _ any, args map[string]any) (any, error) {
		return fmt.Sprintf("%T %v", args["v"], args["v"]), nil
	}
	s := service{sdl: `type Query {
		Int(v: Int): String Float(v: Float): String String(v: String): String Boolean(v: Boolean): String ID(v: ID): String Date(v: Date): String
	} scalar Date`, fields: map[string]resolver{}}
	for _, name := range []string{"Int", "Float", "String", "Boolean", "ID", "Date"} {
		s.fields["Query."+name] = tell
	}
	return s
}()

// no is the outcome of a value that is refused.
const no = "refused"

// 3.5 Scalars, input coercion of each built-in one and of a custom one: what each
// accepts and refuses, as a literal and as the value of a variable. What is refused
// is a request error: no field is executed.
func TestSpecInputCoercionOfScalars(t *testing.T) {
	tests := []struct{ scalar, literal, variable, want string }{
		// 3.5.1 Int: whole numbers of 32 bits; strings with numeric content are refused.
		{"Int", `4`, `4`, "int64 4"},
		{"Int", `-4`, `-4`, "int64 -4"},
		{"Int", `0`, `0`, "int64 0"},
		{"Int", `2147483647`, `2147483647`, "int64 2147483647"},
		{"Int", `-2147483648`, `-2147483648`, "int64 -2147483648"},
		{"Int", `2147483648`, `2147483648`, no},
		{"Int", `-2147483649`, `-2147483649`, no},
		{"Int", `9223372036854775808`, `9223372036854775808`, no},
		{"Int", `4.5`, `4.5`, no},
		{"Int", `1e400`, `1e400`, no},
		{"Int", `"4"`, `"4"`, no},
		{"Int", `""`, `""`, no},
		{"Int", `true`, `true`, no},
		{"Int", `FOUR`, `"FOUR"`, no},
		{"Int", `[4]`, `[4]`, no},
		{"Int", `{v: 4}`, `{"v": 4}`, no},
		{"Int", `null`, `null`, "<nil> <nil>"},
		// 3.5.2 Float: finite numbers, whole ones too.
		{"Float", `1.5`, `1.5`, "float64 1.5"},
		{"Float", `1`, `1`, "float64 1"},
		{"Float", `-1e3`, `-1e3`, "float64 -1000"},
		{"Float", `9007199254740993`, `9007199254740993`, "float64 9.007199254740992e+15"},
		{"Float", `1e400`, `1e400`, no},
		{"Float", `-1e400`, `-1e400`, no},
		{"Float", `"1.5"`, `"1.5"`, no},
		{"Float", `NaN`, `"NaN"`, no},
		{"Float", `false`, `false`, no},
		{"Float", `[1.5]`, `[1.5]`, no},
		{"Float", `{}`, `{}`, no},
		{"Float", `null`, `null`, "<nil> <nil>"},
		// 3.5.3 String: strings only.
		{"String", `"abc"`, `"abc"`, "string abc"},
		{"String", `""`, `""`, "string "},
		{"String", `"é\u00e9\n\"\\\/"`, `"é\u00e9\n\"\\\/"`, "string éé\n\"\\/"},
		{"String", `"""block "quoted" """`, `"block \"quoted\" "`, `string block "quoted" `},
		{"String", `1`, `1`, no},
		{"String", `1.5`, `1.5`, no},
		{"String", `true`, `true`, no},
		{"String", `ABC`, `["ABC"]`, no},
		{"String", `["abc"]`, `["abc"]`, no},
		{"String", `{a: "b"}`, `{"a": "b"}`, no},
		{"String", `null`, `null`, "<nil> <nil>"},
		// 3.5.4 Boolean: true and false only.
		{"Boolean", `true`, `true`, "bool true"},
		{"Boolean", `false`, `false`, "bool false"},
		{"Boolean", `"true"`, `"true"`, no},
		{"Boolean", `1`, `1`, no},
		{"Boolean", `0`, `0`, no},
		{"Boolean", `TRUE`, `"TRUE"`, no},
		{"Boolean", `[true]`, `[true]`, no},
		{"Boolean", `null`, `null`, "<nil> <nil>"},
		// 3.5.5 ID: strings and whole numbers; "including float input values (such as 4.0)" are refused.
		{"ID", `"4"`, `"4"`, "string 4"},
		{"ID", `4`, `4`, "string 4"},
		{"ID", `-4`, `-4`, "string -4"},
		{"ID", `""`, `""`, "string "},
		{"ID", `9223372036854775807`, `9223372036854775807`, "string 9223372036854775807"},
		{"ID", `4.0`, `4.0`, no},
		{"ID", `4.5`, `4.5`, no},
		{"ID", `4e2`, `4e2`, no},
		{"ID", `true`, `true`, no},
		{"ID", `FOUR`, `["FOUR"]`, no},
		{"ID", `{id: 4}`, `{"id": 4}`, no},
		{"ID", `null`, `null`, "<nil> <nil>"},
		// 3.5.6 Custom scalars read their values themselves: any is passed on.
		{"Date", `"2024-05-06"`, `"2024-05-06"`, "string 2024-05-06"},
		{"Date", `true`, `true`, "bool true"},
		{"Date", `[1, "a", {b: null}]`, `[1, "a", {"b": null}]`, "[]interface {} [1 a map[b:<nil>]]"},
		{"Date", `null`, `null`, "<nil> <nil>"},
	}
	for _, tt := range tests {
		for form, r := range map[string]request{
			"literal":  query(fmt.Sprintf(`{ ran: __typename a: %s(v: %s) }`, tt.scalar, tt.literal)),
			"variable": with(fmt.Sprintf(`query($v: %s) { ran: __typename a: %s(v: $v) }`, tt.scalar, tt.scalar), `{"v": `+tt.variable+`}`),
		} {
			t.Run(fmt.Sprintf("%s %s %s", tt.scalar, form, tt.literal), func(t *testing.T) {
				checkCoercion(t, scalars.answer(t, r), tt.want)
			})
		}
	}
}
