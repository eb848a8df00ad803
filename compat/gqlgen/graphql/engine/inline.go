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

func (w *writing) inlineObject(dst []byte, sel *selection, object any) (out []byte, ok bool) {
	for _, f := range sel.fields {
		dst = append(dst, f.key...)
		switch {
		case f.direct:
			before := len(dst)
			var err error
			if dst, ok, err = f.table.AppendLeaf(w.run.ctx, dst, object); !ok || err != nil || f.legal != nil {
				dst, ok = inlineLeaf(dst, before, f, f.table.Value, ok, err)
			}
		case f.object:
			if below := f.table.Member(object); below != nil {
				dst, ok = w.inlineObject(dst, f.below, below)
			} else {
				dst, ok = append(dst, null...), !f.table.Value.NonNull
			}
		case f.objects:
			before := len(w.elems)
			w.elems, ok = f.table.AppendElems(w.elems, object)
			dst, ok = w.inlineElems(dst, f, f.table.Value, before, ok)
		default:
			args, err := w.run.args(f)
			if err != nil {
				return dst, false
			}
			value, err := f.table.Read(w.run.ctx, object, args)
			if err != nil {
				return dst, false
			}
			dst, ok = w.inlineValue(dst, f, f.table.Value, value)
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

func (w *writing) inlineValue(dst []byte, f *field, v *Value, value any) (out []byte, ok bool) {
	switch {
	case f.leaf && v.Elem == nil && value != nil:
		out, ok, err := v.Append(w.run.ctx, dst, value)
		return inlineLeaf(out, len(dst), f, v, ok, err)
	case isNil(value):
		return append(dst, null...), !v.NonNull
	case v.Elem == nil:
		return w.inlineObject(dst, f.below, value)
	}
	before := len(w.elems)
	elems, ok, err := v.open(value, w.elems)
	w.elems = elems
	if err != nil {
		return dst, false
	}
	return w.inlineElems(dst, f, v, before, ok)
}

// inlineElems appends a list, whose elements are those of writing.elems from start. Where ok
// is false, it is null, or a nil slice.
func (w *writing) inlineElems(dst []byte, f *field, v *Value, start int, ok bool) ([]byte, bool) {
	elems := w.elems[start:]
	if !ok && !v.NonNull {
		return append(dst, null...), true
	}
	dst = append(dst, '[')
	for i, elem := range elems {
		if w.cancelled() {
			return dst, false
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		if f.leaf || v.Elem.Elem != nil || elem == nil {
			dst, ok = w.inlineValue(dst, f, v.Elem, elem)
		} else {
			dst, ok = w.inlineObject(dst, f.below, elem)
		}
		if !ok {
			return dst, false
		}
	}
	w.elems = w.elems[:start]
	return append(dst, ']'), true
}

// inlineLeaf is what was appended of a leaf, or null, and whether its type admits that.
func inlineLeaf(dst []byte, before int, f *field, v *Value, ok bool, err error) ([]byte, bool) {
	switch {
	case err != nil:
		return dst, false
	case !ok:
		return append(dst[:before], null...), !v.NonNull
	default:
		return dst, f.legal == nil || f.legal(dst[before:])
	}
}
