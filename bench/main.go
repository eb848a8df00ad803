// Command bench measures the service beside what it is compared with, on one
// machine, one database and in one run: what dashboards do, from a page of a
// trust's events to a download (docs/performance.md says what each workload is).
//
// Systems take turns, so that what else the machine does meets all of them, and
// medians are quoted. Requests to the service are signed in, and policy and
// anonymisation are on; nobody else has any of these.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// options say what is measured.
type options struct {
	events       int
	connections  []int
	seconds      float64
	rounds       int
	workloads    []string // all where there is none
	systems      []string // beside the service; all where there is none
	dir          string
	lfpse        string
	postgraphile string
}

func (o options) runTime() time.Duration { return time.Duration(o.seconds * float64(time.Second)) }

func (o options) wants(workload string) bool {
	return len(o.workloads) == 0 || slices.Contains(o.workloads, workload)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if err := run(ctx, log, os.Args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return
		}
		log.Error("benchmark", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, log *slog.Logger, args []string) error {
	if len(args) > 0 && args[0] == yardsticksCommand {
		return serveYardsticks(ctx, log)
	}
	o, err := parse(args)
	if err != nil {
		return err
	}
	l, err := openLab(ctx, log, o)
	if err != nil {
		return err
	}
	results, err := l.measure(ctx)
	if err == nil {
		err = results.print(os.Stdout)
	}
	return errors.Join(err, l.close())
}

func parse(args []string) (options, error) {
	var o options
	var connections, workloads, systems string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&o.events, "events", 1_000_000, "how many events the database has")
	flags.StringVar(&connections, "connections", "1,16,64", "how many ask at once, one run for each")
	flags.Float64Var(&o.seconds, "seconds", 10, "how long each run takes")
	flags.IntVar(&o.rounds, "rounds", 3, "how often the systems take turns")
	flags.StringVar(&workloads, "workloads", "", "which workloads, such as W1,W4; all unless said")
	flags.StringVar(&systems, "systems", "", "which yardsticks, such as limit-json; all unless said")
	flags.StringVar(&o.dir, "dir", defaultDir(), "where databases are kept for the next run, one for each number of events")
	flags.StringVar(&o.lfpse, "lfpse", "bin/lfpse", "the service's program")
	flags.StringVar(&o.postgraphile, "postgraphile", "bench/postgraphile", "the folder of PostGraphile, installed")
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	for _, text := range list(connections) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return options{}, errors.New("-connections are numbers from 1 on, separated by commas")
		}
		o.connections = append(o.connections, n)
	}
	if o.events < fewestEvents || o.rounds < 1 || o.seconds <= 0 || len(o.connections) == 0 {
		return options{}, fmt.Errorf("-events must be at least %d, -rounds, -seconds and -connections some", fewestEvents)
	}
	o.workloads, o.systems = list(workloads), list(systems)
	return o, nil
}

func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}

func defaultDir() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "lfpse-bench")
}
