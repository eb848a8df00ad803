package graph_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/internal/organisation"
)

// seen asks a reader for the page, the count and the statistics of an ICB's events.
func (s *service) seen(reader, icb string) string {
	s.t.Helper()
	return s.raw(reader, `{ icb(odsCode: "`+icb+`") { events(first: 50) { totalCount nodes { kind } } eventStatistics(groupBy: [KIND]) { total groups { count } } } }`, nil)
}

// sees is the answer to seen where an ICB has a number of incidents.
func sees(events int) string {
	nodes := strings.TrimSuffix(strings.Repeat(`{"kind":"INCIDENT"},`, events), ",")
	groups := fmt.Sprintf(`{"count":%d}`, events)
	if events == 0 {
		groups = ""
	}
	return fmt.Sprintf(`{"data":{"icb":{"events":{"totalCount":%d,"nodes":[%s]},"eventStatistics":{"total":%d,"groups":[%s]}}}}`, events, nodes, events, groups)
}

// puts gives organisations to an ICB, as of always. The service hears nothing of it.
func (s *service) puts(icb string, organisations ...string) {
	s.t.Helper()
	for _, code := range organisations {
		if _, err := s.db.ExecContext(s.t.Context(), `UPDATE organisation_icb SET icb = ?, valid_until = NULL WHERE organisation = ?`, icb, code); err != nil {
			s.t.Fatal(err)
		}
	}
}

// putsOut ends an organisation's time in its ICB; it joins no other. The service hears nothing of it.
func (s *service) putsOut(organisation string) {
	s.t.Helper()
	if _, err := s.db.ExecContext(s.t.Context(), `UPDATE organisation_icb SET valid_until = '2020-01-01' WHERE organisation = ?`, organisation); err != nil {
		s.t.Fatal(err)
	}
}

// hears tells the service that the map has changed: the next who asks is answered by it.
func (s *service) hears() {
	s.t.Helper()
	if _, err := s.db.ExecContext(s.t.Context(), `UPDATE geography_version SET version = version + 1`); err != nil {
		s.t.Fatal(err)
	}
	if err := s.geography.Refresh(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// halfWay settles the areas until an organisation is left whose events somebody
// holds; there it stays until release is called. Then it goes on, or, where it is stopped, does not.
func (s *service) halfWay(held string) (release func(stopped bool)) {
	s.t.Helper()
	holding, err := s.db.BeginTx(s.t.Context(), nil)
	if err == nil {
		_, err = holding.ExecContext(s.t.Context(), `SELECT FROM event WHERE organisation = ? FOR UPDATE`, held)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(s.t.Context())
	settled := make(chan error, 1)
	go func() {
		_, err := db.NewAreas(s.own.DB).Settle(ctx, s.geography.Placement(s.now()))
		settled <- err
	}()
	s.eventually(`SELECT min(organisation) = ? FROM area_moving`, held)
	return func(stopped bool) {
		s.t.Helper()
		if stopped {
			stop()
		} else if err := holding.Rollback(); err != nil {
			s.t.Error(err)
		}
		if err := <-settled; (err != nil) != stopped {
			s.t.Errorf("settling: %v", err)
		}
		stop()
		_ = holding.Rollback() // it may have been done
	}
}

// settlesDuring settles the areas while somebody records an event of an organisation, who began before and ends
// after.
func (s *service) settlesDuring(organisation string) {
	s.t.Helper()
	recording, err := s.db.BeginTx(s.t.Context(), nil)
	if err == nil {
		_, err = recording.ExecContext(s.t.Context(), `INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at, redaction_version, organisation)
			VALUES (gen_random_uuid(), 'LATE', 'INCIDENT', 'SUBMITTED', 'ONLINE', 5, 1, now(), now(), '', ?)`, organisation)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	settled := make(chan error, 1)
	go func() {
		_, err := db.NewAreas(s.own.DB).Settle(s.t.Context(), s.geography.Placement(s.now()))
		settled <- err
	}()
	s.eventually(`SELECT EXISTS (SELECT FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
		WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted)`)
	if err := recording.Commit(); err != nil {
		s.t.Error(err)
	}
	if err := <-settled; err != nil {
		s.t.Errorf("settling: %v", err)
	}
}

// eventually waits until a question is answered yes.
func (s *service) eventually(sql string, args ...any) {
	s.t.Helper()
	for range 1000 {
		var yes bool
		if err := s.db.NewRaw(sql, args...).Scan(s.t.Context(), &yes); err != nil {
			s.t.Fatal(err)
		}
		if yes {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.t.Fatalf("never so: %s", sql)
}

// While organisations move, nobody is shown or counted an event that is not of their area by the map that the
// service has, whichever map the areas' events are kept by, and however far their moving has come.
func TestNobodySeesMoreWhileOrganisationsMove(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := &happenings{service: s, random: rand.New(rand.NewPCG(9, 20)), revisions: map[string]int{}}
	fall := map[string]any{"kind": "INCIDENT", "description": "A fall."}
	for range 2 {
		s.record(reporter, fall)
	}
	for range 3 {
		s.record(elsewhere, fall)
	}
	s.settle()
	stage := func(name string, want map[string]int) {
		t.Helper()
		for asked, events := range want {
			reader, icb, _ := strings.Cut(asked, " of ")
			if got := s.seen(reader, icb); got != sees(events) {
				t.Errorf("%s: %s sees %s; want %s", name, asked, got, sees(events))
			}
		}
	}
	// RGT lies in QUE, RR8 in QWO.
	before := map[string]int{
		readOnlyICB + " of QUE": 2, readOnlyICB + " of QWO": 0, organisational + " of QUE": 2, elsewhere + " of QUE": 0, elsewhere + " of QWO": 3,
		heir + " of QMM": 0, heir + " of QUE": 0, lead + " of QUE": 2, lead + " of QWO": 3, nobody + " of QUE": 0,
	}
	stage("before", before)

	s.puts("QUE", "RR8")
	ahead := must[*organisation.Directory](t)(organisation.NewDirectory(t.Context(), db.NewOrganisations(s.own.DB)))
	if _, err := db.NewAreas(s.own.DB).Settle(t.Context(), ahead.Placement(s.now())); err != nil {
		t.Fatal(err)
	}
	stage("kept by a map that this service has not read", before)
	h.compare()
	s.hears()
	together := map[string]int{
		readOnlyICB + " of QUE": 5, readOnlyICB + " of QWO": 0, organisational + " of QUE": 2, elsewhere + " of QUE": 3, elsewhere + " of QWO": 0,
		heir + " of QUE": 0, heir + " of QMM": 0, lead + " of QUE": 5, lead + " of QWO": 0, lead + " of QMM": 0, nobody + " of QUE": 0,
	}
	stage("moved", together)

	s.puts("QMM", "RGT", "RR8")
	s.hears()
	passed := map[string]int{
		readOnlyICB + " of QUE": 0, readOnlyICB + " of QMM": 0, organisational + " of QMM": 2, elsewhere + " of QMM": 3, elsewhere + " of QUE": 0,
		heir + " of QMM": 5, heir + " of QUE": 0, lead + " of QUE": 0, lead + " of QMM": 5, nobody + " of QMM": 0,
	}
	stage("kept by an older map", passed)
	release := s.halfWay("RR8")
	stage("one of two placed", passed)
	h.compare()
	release(true)
	stage("stopped there", passed)

	// The map is the one by which the areas were last settled, and RGT's events are not where it has them.
	s.puts("QUE", "RGT", "RR8")
	s.hears()
	stage("all back before it goes on", together)
	h.compare()

	s.puts("QMM", "RR8") // RGT had been placed
	s.hears()
	apart := map[string]int{
		readOnlyICB + " of QUE": 2, readOnlyICB + " of QMM": 0, organisational + " of QUE": 2, organisational + " of QMM": 0, elsewhere + " of QMM": 3,
		heir + " of QMM": 3, heir + " of QUE": 0, lead + " of QUE": 2, lead + " of QMM": 3, nobody + " of QUE": 0,
	}
	stage("moved back meanwhile", apart)
	release = s.halfWay("RR8")
	s.record(reporter, fall)
	apart[readOnlyICB+" of QUE"], apart[organisational+" of QUE"], apart[lead+" of QUE"] = 3, 3, 3
	stage("recorded while they move", apart)
	h.compare()
	release(false)
	stage("settled", apart)

	s.putsOut("RGT")
	s.hears()
	s.settle()
	alone := map[string]int{
		readOnlyICB + " of QUE": 0, organisational + " of QUE": 0, lead + " of QUE": 0, lead + " of QMM": 3, heir + " of QMM": 3,
	}
	stage("gone from its ICB to none", alone)
	h.compare()

	s.puts("QUE", "RGT", "RR8")
	s.hears()
	s.settlesDuring("RR8")
	stage("recorded by one map, placed by the next", map[string]int{
		readOnlyICB + " of QUE": 7, organisational + " of QUE": 3, elsewhere + " of QUE": 4, lead + " of QUE": 7, lead + " of QMM": 0, heir + " of QMM": 0,
	})
	h.consistent()

	t.Run("at every moment", func(t *testing.T) { s.atEveryMoment(t) })
}

// atEveryMoment lets an organisation go to and fro as fast as it can while people ask. RGT's three
// events stay in QUE; RR8's four come and go.
func (s *service) atEveryMoment(t *testing.T) {
	s.t = t
	allowed := map[string][]int{organisational: {3}, readOnlyICB: {3, 7}, lead: {3, 7}, elsewhere: {0, 4}, heir: {0}, nobody: {0}}
	stop := make(chan struct{})
	var people sync.WaitGroup
	for reader, numbers := range allowed {
		people.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				answer := s.ask(reader, `{ icb(odsCode: "QUE") { eventStatistics { total } } }`, nil)
				total := int(dig[float64](t, answer, "data", "icb", "eventStatistics", "total"))
				if !slices.Contains(numbers, total) {
					t.Errorf("%s is counted %d, and may be %v", reader, total, numbers)
					return
				}
			}
		})
	}
	for i := range 15 {
		s.puts([]string{"QUE", "QMM"}[i%2], "RR8")
		s.hears()
		s.settle()
	}
	close(stop)
	people.Wait()
}
