package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"
)

// Statements go to PostgreSQL in one of two ways. bun writes values into the
// text: each is planned anew, for those values. That is right where the values
// decide how to go about it. prepared keeps values apart, so that a connection
// plans a text once and for all values (plan_cache_mode, see config): right
// where there is only one good way, such as by the keys of rows, and where
// planning would take longer than the rest.

// prepared reads rows by a statement whose values are parameters, and has each
// looked at in turn; columns answers where to put a row's, in their order. What
// each keeps it copies: the row is emptied for the next.
func prepared[T any](ctx context.Context, q bun.IDB, query schema.QueryWithArgs, columns func(*T) []any, each func(*T)) error {
	sql, args := parameters(query)
	return preparedText(ctx, q, sql, args, columns, each)
}

func preparedText[T any](ctx context.Context, q bun.IDB, sql string, args []any, columns func(*T) []any, each func(*T)) error {
	return onDriver(ctx, q, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, sql, append([]any{pgx.QueryExecModeCacheStatement}, args...)...)
		if err != nil {
			return err
		}
		return lookAt(rows, columns, each)
	})
}

// planned reads rows by a statement that is planned for its values, and has each
// looked at as prepared does.
func planned[T any](ctx context.Context, q bun.IDB, query schema.QueryWithArgs, columns func(*T) []any, each func(*T)) error {
	sql, err := query.AppendQuery(schema.NewQueryGen(q.Dialect()), nil)
	if err != nil {
		return fmt.Errorf("writing a statement: %w", err)
	}
	return onDriver(ctx, q, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, string(sql), pgx.QueryExecModeExec)
		if err != nil {
			return err
		}
		return lookAt(rows, columns, each)
	})
}

// scanned reads rows as planned does, by bun: of a transaction of bun's the driver's
// connection cannot be had.
func scanned[T any](ctx context.Context, q bun.IDB, query schema.QueryWithArgs, each func(*T)) error {
	var rows []T
	if err := q.NewRaw("?", query).Scan(ctx, &rows); err != nil {
		return err
	}
	for i := range rows {
		each(&rows[i])
	}
	return nil
}

// lookAt has each row looked at, as it comes.
func lookAt[T any](rows pgx.Rows, columns func(*T) []any, each func(*T)) error {
	defer rows.Close()
	var row, empty T
	into := columns(&row)
	for rows.Next() {
		row = empty
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("reading a row: %w", err)
		}
		each(&row)
	}
	return rows.Err()
}

// onDriver has a connection, one of the pool where q is that, used past
// database/sql and bun.
func onDriver(ctx context.Context, q bun.IDB, do func(*pgx.Conn) error) error {
	conn, held := q.(bun.Conn)
	if !held {
		var err error
		if conn, err = q.(*bun.DB).Conn(ctx); err != nil {
			return fmt.Errorf("taking a connection: %w", err)
		}
		defer conn.Close() //nolint:errcheck // it goes back to the pool, which looks at it
	}
	return conn.Raw(func(driver any) error {
		own, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the connection is a %T, not pgx's", driver)
		}
		return do(own.Conn())
	})
}

// parameters writes a query with its parts as one text, in which $1, $2 and so
// on stand for values. The text rests on the parts alone, not on what the values
// are. A value that several parts share is one parameter.
func parameters(query schema.QueryWithArgs) (sql string, args []any) {
	p := parameterised{known: map[any]int{}}
	p.part(query)
	return p.sql.String(), p.args
}

type parameterised struct {
	sql   strings.Builder
	args  []any
	known map[any]int // parameters by where their values stand
}

// part writes the text of a part, whose "?" stands for its next argument and ?0,
// ?1 and so on for those of that number, as bun has it.
func (p *parameterised) part(q schema.QueryWithArgs) {
	rest, next := q.Query, 0
	for {
		before, after, found := strings.Cut(rest, "?")
		p.sql.WriteString(before)
		if !found {
			return
		}
		digits := 0
		for digits < len(after) && isDigit(after[digits]) {
			digits++
		}
		at := next
		if digits > 0 {
			at, _ = strconv.Atoi(after[:digits])
		} else {
			next++
		}
		rest = after[digits:]
		p.argument(&q.Args[at])
	}
}

func (p *parameterised) argument(arg *any) {
	switch value := (*arg).(type) {
	case schema.QueryWithArgs:
		p.part(value)
	case idList:
		p.value(arg, storedIDs(value))
	case uuid.UUID:
		p.value(arg, storedID(value))
	case *pgdialect.ArrayValue:
		p.array(arg, value.Value())
	default:
		p.value(arg, value)
	}
}

// array writes a list: the conditions of a scope name the same ones many times.
func (p *parameterised) array(arg *any, list any) {
	if texts, ok := list.([]string); ok && len(texts) > 0 {
		p.value(listPlace{first: &texts[0], length: len(texts)}, texts)
		return
	}
	p.value(arg, list)
}

// listPlace is where a list stands in memory.
type listPlace struct {
	first  *string
	length int
}

// value writes a parameter, the same for the same place.
func (p *parameterised) value(place, value any) {
	n, known := p.known[place]
	if !known {
		p.args = append(p.args, value)
		n = len(p.args)
		p.known[place] = n
	}
	p.sql.WriteByte('$')
	p.sql.WriteString(strconv.Itoa(n))
}
