package envelope

import "encoding/binary"

// Place says where a text belongs: the record's id, its revision, and the
// field. Field stays empty in the place that names a whole record.
type Place struct {
	Record   string
	Revision int
	Field    string
}

// AssociatedData is the place as bytes to authenticate. Lengths come first, so
// that no two places share their bytes whatever characters they are made of.
func (p Place) AssociatedData() []byte {
	out := make([]byte, 0, 24+len(p.Record)+len(p.Field))
	out = binary.BigEndian.AppendUint64(out, uint64(len(p.Record)))
	out = append(out, p.Record...)
	out = binary.BigEndian.AppendUint64(out, uint64(p.Revision))
	return append(out, p.Field...)
}

// in is the place of one field of the record.
func (p Place) in(field string) []byte {
	p.Field = field
	return p.AssociatedData()
}

// Field is one text of a record: its name, and its bytes in the clear or
// sealed.
type Field struct {
	Name string
	Data []byte
}
