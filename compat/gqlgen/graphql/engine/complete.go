package engine

import "github.com/vektah/gqlparser/v2/ast"

// complete turns the answers of one field into cells, and lets the objects among
// them join the wave that will resolve them. Leaves are completed when written.
func (r *run) complete(rw *rows, i int, into *wave) {
	f, col := &rw.sel.fields[i], &rw.columns[i]
	if f.leaf {
		return
	}
	col.cells = make([]cell, len(rw.values))
	c := completion{run: r, field: f, column: col, into: into, hint: len(rw.values)}
	at := &frame{Context: r.ctx, field: rw.describe(i)}
	for row, value := range col.values {
		if col.err(row) != nil || isNil(value) {
			continue
		}
		if err := c.row(at, row, value, origin{rows: rw, field: i, row: row, index: -1}); err != nil {
			col.fail(row, err)
			col.cells[row] = cell{}
		}
	}
}

type completion struct {
	run    *run
	field  *field
	column *column
	into   *wave
	hint   int // how many objects to expect

	name string // of the object type met last, and what is asked of it
	sel  *selection
}

func (c *completion) row(at *frame, row int, value any, from origin) (err error) {
	defer c.run.recovered(at, &err)
	return c.value(&c.column.cells[row], c.field.table.Value, value, from)
}

func (c *completion) value(to *cell, v *Value, value any, from origin) error {
	if v.Elem == nil {
		return c.object(to, v, value, from)
	}
	elems, ok := v.Elems(value)
	if !ok && !isNilList(value) {
		return errNotAList
	}
	if !ok && !v.NonNull {
		return nil
	}
	to.list = make([]cell, len(elems))
	c.hint = max(c.hint, len(elems))
	for i, elem := range elems {
		if isNil(elem) {
			continue
		}
		if err := c.value(&to.list[i], v.Elem, elem, from.within(i)); err != nil {
			c.broken(&to.list[i], err)
		}
	}
	return nil
}

// broken notes why one element of a list has no value.
func (c *completion) broken(at *cell, err error) {
	if c.column.broken == nil {
		c.column.broken = make(map[*cell]error)
	}
	c.column.broken[at] = err
}

func (c *completion) object(to *cell, v *Value, value any, from origin) error {
	name, err := c.run.schema.typeOf(v, value)
	if err != nil {
		return err
	}
	if name != c.name {
		o := c.run.schema.objects[name]
		if o == nil {
			return errUnknownType
		}
		c.name, c.sel = name, c.run.plan(c.field.Selections, o)
	}
	to.rows, to.row = c.into.join(c.sel, value, from, c.hint)
	return nil
}

// typeOf names the object type of a value.
func (s *Schema) typeOf(v *Value, value any) (string, error) {
	def := s.tables.Schema.Types[v.Type]
	if def == nil || !def.IsAbstractType() {
		return v.Type, nil
	}
	name := s.tables.ObjectOf(value)
	if !possible(s.tables.Schema.PossibleTypes[v.Type], name) {
		return "", errUnknownType
	}
	return name, nil
}

func possible(types []*ast.Definition, name string) bool {
	for _, def := range types {
		if def.Name == name {
			return true
		}
	}
	return false
}
