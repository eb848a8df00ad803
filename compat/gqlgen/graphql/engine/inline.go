package engine

// inlined appends a value below which nothing has to be resolved, as long as nothing is
// amiss: no error, no panic, no null where a value must be. Where something is, ok is false,
// and the value is completed and written as any other, to find out what and where: only
// members of structs and leaves are read here, which can be read twice.
func (w *writing) inlined(dst []byte, f *field, value any) (out []byte, ok bool) {
	elems := len(w.elems)
	defer func() {
		w.elems = w.elems[:elems]
		if !ok {
			_ = recover() // of what panics again
		}
	}()
	return w.inlineValue(dst, f, f.table.Value, value)
}

func (w *writing) inlineObject(dst []byte, sel *selection, object any) ([]byte, bool) {
	if w.cancelled() {
		return dst, false
	}
	for i := range sel.fields {
		f := &sel.fields[i]
		dst = append(dst, f.key...)
		var ok bool
		if f.direct {
			before := len(dst)
			dst, ok = f.table.AppendLeaf(dst, object)
			ok = ok && (f.legal == nil || f.legal(dst[before:]))
		} else if args, err := w.run.args(f); err == nil {
			var value any
			if value, err = f.table.Read(w.run.ctx, object, args); err == nil {
				dst, ok = w.inlineValue(dst, f, f.table.Value, value)
			}
		}
		if !ok {
			return dst, false
		}
	}
	if len(sel.fields) == 0 {
		dst = append(dst, '{')
	}
	return append(dst, '}'), true
}

func (w *writing) inlineValue(dst []byte, f *field, v *Value, value any) ([]byte, bool) {
	switch {
	case value == nil:
		return append(dst, null...), !v.NonNull
	case v.Elem != nil:
		return w.inlineList(dst, f, v, value)
	case !f.leaf:
		if isNil(value) {
			return append(dst, null...), !v.NonNull
		}
		return w.inlineObject(dst, f.below, value)
	}
	out, ok, err := v.Append(w.run.ctx, dst, value)
	if err != nil || !ok {
		return append(dst, null...), err == nil && !v.NonNull
	}
	return out, f.legal == nil || f.legal(out[len(dst):])
}

func (w *writing) inlineList(dst []byte, f *field, v *Value, value any) ([]byte, bool) {
	before := len(w.elems)
	all, ok := v.Elems(value, w.elems)
	if !ok && (!v.NonNull || isNil(value) || !isNilList(value)) {
		return append(dst, null...), !v.NonNull && isNilList(value)
	}
	w.elems = all
	dst = append(dst, '[')
	for i, elem := range all[before:] {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, ok = w.inlineValue(dst, f, v.Elem, elem); !ok {
			return dst, false
		}
	}
	w.elems = all[:before]
	return append(dst, ']'), true
}
