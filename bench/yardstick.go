package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// yardsticksCommand has this program serve the yardsticks, as a process whose
// processor time is its own.
const yardsticksCommand = "yardsticks"

// yardPool is as many connections as the service has.
const yardPool = 20

// yard serves what a handler of a few lines can answer: the most that can be
// had of one database server.
type yard struct {
	pool  *pgxpool.Pool
	known *known
	write *writer
}

func serveYardsticks(ctx context.Context, log *slog.Logger) error {
	config, err := pgxpool.ParseConfig(os.Getenv("BENCH_DATABASE_URL"))
	if err != nil {
		return errors.New("BENCH_DATABASE_URL is not a URL of PostgreSQL's")
	}
	config.MaxConns = yardPool
	y := &yard{}
	if y.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	defer y.pool.Close()
	if y.known, err = learn(ctx, y.pool); err != nil {
		return err
	}
	if y.write, err = newWriter(ctx, y.pool); err != nil {
		return err
	}
	mux := http.NewServeMux()
	for _, name := range []string{"limit-json/W1", "limit-json/W2", "limit-json/W3", "limit-json/W4", "limit-json/W5", "limit-own/W2", "limit-own/W3"} {
		mux.HandleFunc("POST /"+name, y.answering(log, y.json(statement(name))))
	}
	mux.HandleFunc("POST /limit-cached/W1", y.answering(log, y.dashboard))
	mux.HandleFunc("POST /limit-cached/W5", y.answering(log, y.everywhere))
	mux.HandleFunc("POST /copy/W6", y.copy)
	mux.HandleFunc("POST /bare/W7", y.answering(log, y.search))
	mux.HandleFunc("POST /bare/W8", y.answering(log, y.write.do))
	server := &http.Server{Addr: os.Getenv("BENCH_ADDRESS"), Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving yardsticks: %w", err)
	}
	return nil
}

// answer makes the JSON that is asked for with arguments.
type answer func(ctx context.Context, args []any) ([]byte, error)

func (y *yard) answering(log *slog.Logger, a answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // whoever asked has gone
		}
		args, err := arguments(body)
		var out []byte
		if err == nil {
			out, err = a(r.Context(), args)
		}
		if err != nil {
			log.ErrorContext(r.Context(), "a yardstick failed", "error", err)
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(out) //nolint:errcheck // whoever asked has gone
	}
}

// arguments reads a list, in which lists are of words.
func arguments(body []byte) ([]any, error) {
	var args []any
	if err := json.Unmarshal(body, &args); err != nil {
		return nil, fmt.Errorf("reading arguments: %w", err)
	}
	for i, arg := range args {
		many, ok := arg.([]any)
		if !ok {
			continue
		}
		words := make([]string, len(many))
		for n, word := range many {
			words[n] = fmt.Sprint(word)
		}
		args[i] = words
	}
	return args, nil
}

// json sends what PostgreSQL itself makes of one prepared statement.
func (y *yard) json(sql string) answer {
	return func(ctx context.Context, args []any) (out []byte, err error) {
		err = y.pool.QueryRow(ctx, sql, args...).Scan(&out)
		return out, err
	}
}
