// Command bench times the engine against graphql-js, behind graphql-http and behind next to
// nothing, and against GraphQL Yoga: the same schema, the same data, each in a process of
// its own behind HTTP, driven by the same client over loopback. What is counted is the
// processor time of each server's process, which other processes disturb less than they
// do the clock. It reads /proc, so it runs on Linux only.
//
// Rounds of the servers alternate, and medians are told.
package main

//go:generate go run github.com/99designs/gqlgen generate

import (
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// workload is one request.
type workload struct {
	name, query string
	variables   string
	data        bool // the answers of all servers are the same
}

// target is one server and a path of it.
type target struct {
	name string
	*server
	path string
}

func main() {
	rounds := flag.Int("rounds", 5, "rounds of each server and workload")
	length := flag.Duration("round", time.Second, "length of a round")
	only := flag.String("only", "", "time only workloads whose name holds this")
	flag.Parse()
	if err := run(*rounds, *length, *only); err != nil {
		log.Fatal(err)
	}
}

func run(rounds int, length time.Duration, only string) error {
	servers, stop, err := startAll()
	defer stop()
	if err != nil {
		return err
	}
	targets := []target{
		{"ours", servers[0], "/graphql"}, {"graphql-http", servers[1], "/graphql"},
		{"graphql-js, bare", servers[2], "/graphql"}, {"yoga", servers[3], "/graphql"},
		{"ours, collecting as Go does", servers[4], "/graphql"},
		{"ours, without HTTP", servers[5], ""}, {"graphql-js, without HTTP", servers[6], ""},
		{"encoding/json", servers[0], "/plain"},
	}
	fmt.Println("µs of processor time a request. Ours runs with", strings.Join(setting, " "), "as the service does; (Go) is without.")
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "\tours\tgraphql-http\t×\tbare graphql-js\t×\tYoga\t×\t(Go)\twithout HTTP: ours\tgraphql-js\t×\t")
	for i, w := range workloads() {
		if !strings.Contains(w.name, only) {
			continue
		}
		if err := agree(targets[:5], w); err != nil {
			return err
		}
		timed := targets[:7]
		if i == 0 {
			timed = targets
		}
		costs, err := measure(timed, w, rounds, length)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		fmt.Fprintf(out, "%s\t%.0f\t", w.name, costs[0])
		for _, peer := range costs[1:4] {
			fmt.Fprintf(out, "%.0f\t%.1f\t", peer, peer/costs[0])
		}
		fmt.Fprintf(out, "%.0f\t%.0f\t%.0f\t%.1f\t\n", costs[4], costs[5], costs[6], costs[6]/costs[5])
		if i == 0 {
			fmt.Fprintf(out, "a handler with encoding/json alone\t%.0f\t\t\t\t\t\t\t\t\t\t\t\n", costs[7])
		}
	}
	fmt.Fprint(out, "memory at most, in MB")
	for i, s := range servers {
		peak, err := s.peak()
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\t%d", peak)
		if i >= 1 && i <= 3 || i == 6 { // beside which stands a ratio
			fmt.Fprint(out, "\t")
		}
	}
	fmt.Fprintln(out, "\t")
	return out.Flush()
}

// measure is the median cost of a request to each target, in µs.
func measure(targets []target, w workload, rounds int, length time.Duration) ([]float64, error) {
	costs := make([][]float64, len(targets))
	for round := range rounds + 1 {
		for i, t := range targets {
			cost, err := t.round(w, length)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", t.name, err)
			}
			if round > 0 { // the first one warms up
				costs[i] = append(costs[i], cost)
			}
		}
	}
	medians := make([]float64, len(targets))
	for i := range costs {
		slices.Sort(costs[i])
		medians[i] = costs[i][len(costs[i])/2]
	}
	return medians, nil
}
