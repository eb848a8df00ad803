package policies

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"lfpse/internal/authz"
)

// errUntranslatable is why a rule cannot become SQL. Its caller decides
// nothing, and so shows nothing.
var errUntranslatable = errors.New("policy is not translatable to SQL")

// condition is a boolean expression of SQL with its arguments. Its empty sql
// is TRUE.
type condition struct {
	sql  string
	args []any
	// column is what is compared with any of the values, where that is all that
	// the condition says.
	column string
	values []string
}

// translate makes SQL of what partial evaluation left open: alternatives, each
// of which is a list of expressions that must all hold. Whatever it does not
// know by sight is an error: nothing is approximated.
//
// Arguments are string, for text columns and, cast in the SQL, for uuids, or
// []string, cast to text[].
func (t translator) translate(left *rego.PartialQueries) (authz.Filter, error) {
	if len(left.Support) > 0 {
		return authz.Filter{}, fmt.Errorf("%w: it needs rules of its own", errUntranslatable)
	}
	var alternatives [][]condition
	for _, body := range left.Queries {
		conditions, possible, err := t.body(body)
		if err != nil {
			return authz.Filter{}, err
		}
		if possible && len(conditions) == 0 {
			return authz.NewFilter("TRUE"), nil
		}
		if possible {
			alternatives = append(alternatives, conditions)
		}
	}
	alternatives = withoutImplied(alternatives)
	return disjunction(alternatives).WithReach(reaches(alternatives)), nil
}

// translator translates for one noun and one reader.
type translator struct {
	noun    authz.Noun
	columns map[string]column
	known   map[int][][]string // lists seen, by length
}

func newTranslator(noun authz.Noun) translator {
	return translator{noun: noun, columns: columns(noun), known: map[int][][]string{}}
}

// body translates expressions that must all hold. possible is false where one
// of them never does.
func (t translator) body(body ast.Body) (conditions []condition, possible bool, err error) {
	for _, expr := range body {
		c, holds, err := t.expr(expr)
		if err != nil {
			return nil, false, err
		}
		if holds == never {
			return nil, false, nil
		}
		if holds == sometimes {
			conditions = append(conditions, c)
		}
	}
	return conditions, true, nil
}

// holds tells when an expression is true.
type holds int

const (
	never holds = iota
	sometimes
	always
)

func (t translator) expr(expr *ast.Expr) (condition, holds, error) {
	if len(expr.With) > 0 {
		return condition{}, never, fmt.Errorf("%w: with", errUntranslatable)
	}
	if !expr.IsCall() {
		return condition{}, never, fmt.Errorf("%w: an expression that is not a comparison", errUntranslatable)
	}
	c, col, h, err := t.call(expr.Operator().String(), expr.Operands())
	if err != nil || !expr.Negated {
		return c, h, err
	}
	if col.optional {
		return condition{}, never, fmt.Errorf("%w: not, of a column that can be NULL", errUntranslatable)
	}
	c.sql, c.column, c.values = "("+c.sql+") IS NOT TRUE", "", nil
	return c, always - h, nil // what never holds always does not
}

func (t translator) call(operator string, operands []*ast.Term) (condition, column, holds, error) {
	if len(operands) != 2 {
		return condition{}, column{}, never, fmt.Errorf("%w: %s of %d operands", errUntranslatable, operator, len(operands))
	}
	left, right := operands[0], operands[1]
	switch operator {
	case ast.Equality.Name, ast.Equal.Name:
		if _, ok := left.Value.(ast.Ref); !ok {
			left, right = right, left
		}
		return t.equal(left, right)
	case ast.Member.Name:
		return t.member(left, right)
	case overlaps.Name:
		if _, ok := left.Value.(ast.Ref); !ok {
			left, right = right, left
		}
		return t.overlap(left, right)
	default:
		return condition{}, column{}, never, fmt.Errorf("%w: %s", errUntranslatable, operator)
	}
}

// equal is column = value.
func (t translator) equal(left, right *ast.Term) (condition, column, holds, error) {
	col, err := t.column(left, text, id)
	if err != nil {
		return condition{}, column{}, never, err
	}
	value, ok := right.Value.(ast.String)
	if !ok {
		return condition{}, column{}, never, fmt.Errorf("%w: a column compared with something other than a string", errUntranslatable)
	}
	if col.kind == text {
		return condition{sql: col.sql + " = ?", args: []any{string(value)}, column: col.sql, values: []string{string(value)}}, col, sometimes, nil
	}
	if !canonical(string(value)) {
		return condition{}, column{}, never, fmt.Errorf("%w: an id compared with something other than an id", errUntranslatable)
	}
	return condition{sql: col.sql + " = ?::uuid", args: []any{string(value)}}, col, sometimes, nil
}

// member is column in values.
func (t translator) member(left, right *ast.Term) (condition, column, holds, error) {
	col, err := t.column(left, text)
	if err != nil {
		return condition{}, column{}, never, err
	}
	values, err := t.values(right)
	if err != nil || len(values) == 0 {
		return condition{}, col, never, err
	}
	return condition{sql: col.sql + " = ANY(?::text[])", args: []any{values}, column: col.sql, values: values}, col, sometimes, nil
}

// overlap is overlaps(column, values).
func (t translator) overlap(left, right *ast.Term) (condition, column, holds, error) {
	col, err := t.column(left, texts)
	if err != nil {
		return condition{}, column{}, never, err
	}
	values, err := t.values(right)
	if err != nil || len(values) == 0 {
		return condition{}, col, never, err
	}
	return condition{sql: col.overlap(len(values)), args: []any{values}, column: col.sql, values: values}, col, sometimes, nil
}

// column reads input.<noun>.<column>, of one of the kinds given.
func (t translator) column(term *ast.Term, kinds ...kind) (column, error) {
	ref, ok := term.Value.(ast.Ref)
	if !ok || len(ref) != 3 || !ref.IsGround() || !ref.HasPrefix(ast.InputRootRef) ||
		!ref[1].Equal(ast.StringTerm(string(t.noun))) {
		return column{}, fmt.Errorf("%w: something other than a column of %s", errUntranslatable, t.noun)
	}
	name, ok := ref[2].Value.(ast.String)
	if !ok {
		return column{}, fmt.Errorf("%w: a column of %s without a name", errUntranslatable, t.noun)
	}
	col, ok := t.columns[string(name)]
	if !ok || !slices.Contains(kinds, col.kind) {
		return column{}, fmt.Errorf("%w: %s.%s in this place", errUntranslatable, t.noun, string(name))
	}
	return col, nil
}

// values reads a set or an array of strings, in order.
func (t translator) values(term *ast.Term) ([]string, error) {
	values, ok := stringsOf(term.Value)
	if !ok {
		return nil, fmt.Errorf("%w: something other than a set of strings", errUntranslatable)
	}
	slices.Sort(values)
	return t.shared(values), nil
}

// shared answers the same slice for the same values: the conditions of a scope
// name the same areas many times, and scopes are kept.
func (t translator) shared(values []string) []string {
	if len(values) == 0 {
		return nil
	}
	for _, known := range t.known[len(values)] {
		if slices.Equal(known, values) {
			return known
		}
	}
	t.known[len(values)] = append(t.known[len(values)], values)
	return values
}

// stringsOf answers the elements of a set or an array of strings; ok is false
// for anything else.
func stringsOf(v ast.Value) (values []string, ok bool) {
	collection, ok := v.(interface {
		Len() int
		Foreach(func(*ast.Term))
	})
	if _, object := v.(ast.Object); !ok || object {
		return nil, false
	}
	values = make([]string, 0, collection.Len())
	collection.Foreach(func(element *ast.Term) {
		if s, ok := element.Value.(ast.String); ok {
			values = append(values, string(s))
		}
	})
	return values, len(values) == collection.Len()
}

// withoutImplied leaves out every alternative that asks for all that another
// asks for, and more.
func withoutImplied(alternatives [][]condition) [][]condition {
	var kept [][]condition
	for i, candidate := range alternatives {
		implied := slices.ContainsFunc(alternatives[:i], func(other []condition) bool { return includes(candidate, other) }) ||
			slices.ContainsFunc(alternatives[i+1:], func(other []condition) bool {
				return includes(candidate, other) && !includes(other, candidate)
			})
		if !implied {
			kept = append(kept, candidate)
		}
	}
	return kept
}

// includes tells whether every condition of part is one of whole.
func includes(whole, part []condition) bool {
	for _, c := range part {
		if !slices.ContainsFunc(whole, c.equal) {
			return false
		}
	}
	return true
}

func (c condition) equal(other condition) bool {
	return c.sql == other.sql && slices.EqualFunc(c.args, other.args, func(a, b any) bool {
		if a, ok := a.([]string); ok {
			b, ok := b.([]string)
			return ok && slices.Equal(a, b)
		}
		return a == b
	})
}

// disjunction writes alternatives as one condition that stands by itself
// beside AND.
func disjunction(alternatives [][]condition) authz.Filter {
	if len(alternatives) == 0 {
		return authz.Filter{}
	}
	var args []any
	written := make([]string, len(alternatives))
	for i, conditions := range alternatives {
		parts := make([]string, len(conditions))
		for j, c := range conditions {
			parts[j] = c.sql
			args = append(args, c.args...)
		}
		written[i] = "(" + strings.Join(parts, " AND ") + ")"
	}
	sql := strings.Join(written, " OR ")
	if len(written) > 1 {
		sql = "(" + sql + ")"
	}
	return authz.NewFilter(sql, slices.Clip(args)...)
}
