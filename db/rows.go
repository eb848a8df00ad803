package db

import (
	"errors"

	"github.com/jackc/pgx/v5/pgtype"
)

// rowList is where an array of rows goes, such as ROW makes them.
type rowList[T any] []T

// eachRow makes records of the rows: an empty list where there are none.
func eachRow[T, R any](rows rowList[T], record func(*T) R) []R {
	records := make([]R, len(rows))
	for i := range rows {
		records[i] = record(&rows[i])
	}
	return records
}

// listInto answers where an array goes whose rows have those columns.
func listInto[T any](list *rowList[T], columns func(*T) []any) *intoList[T] {
	return &intoList[T]{list: list, columns: columns}
}

// intoList reads an array of rows for pgx. It implements pgtype.ArraySetter.
type intoList[T any] struct {
	list    *rowList[T]
	columns func(*T) []any
}

// SetDimensions makes room for as many rows as there are.
func (l *intoList[T]) SetDimensions(dimensions []pgtype.ArrayDimension) error {
	*l.list = nil
	if len(dimensions) == 0 { // there are none, or it is NULL
		return nil
	}
	if len(dimensions) > 1 {
		return errors.New("an array of rows has several dimensions")
	}
	*l.list = make(rowList[T], dimensions[0].Length)
	return nil
}

// ScanIndex answers where a row goes.
func (l *intoList[T]) ScanIndex(i int) any { return &intoRow{l.columns(&(*l.list)[i])} }

// ScanIndexType answers what rows go into.
func (l *intoList[T]) ScanIndexType() any { return &intoRow{} }

// intoRow reads a row for pgx. It implements pgtype.CompositeIndexScanner.
type intoRow struct{ columns []any }

// ScanNull refuses a row that is NULL.
func (r *intoRow) ScanNull() error { return errors.New("a row of an array is NULL") }

// ScanIndex answers where a column goes.
func (r *intoRow) ScanIndex(i int) any {
	if i >= len(r.columns) {
		return nil
	}
	return r.columns[i]
}
