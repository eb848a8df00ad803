package organisation

import (
	"context"
	"sync"
	"testing"
)

// calendar is a store whose map never changes, but whose day does: the island closes on its last.
type calendar struct {
	records Records
	last    Day
	reads   int
}

func (c *calendar) Edition(context.Context) (Edition, error) { return c.records.Edition, nil }

func (c *calendar) Records(context.Context) (Records, error) {
	c.reads++
	for i, o := range c.records.Organisations {
		if o.ODSCode == island {
			c.records.Organisations[i].Active = c.records.Day <= c.last
		}
	}
	return c.records, nil
}

func (c *calendar) Merge(context.Context, Merger, func(Records) error, func(Records) error) error {
	panic("nobody merges")
}

func TestAnOrganisationClosesOnceItsLastDayIsOver(t *testing.T) {
	store := &calendar{records: fixture(t), last: day(t, "2026-04-01")}
	store.records.Day = store.last
	directory, err := NewDirectory(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	refresh := func() {
		t.Helper()
		if err := directory.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	refresh()
	if !directory.Exists(string(island)) || store.reads != 1 {
		t.Errorf("on its last day it is open: %t; the map was read %d times, want once", directory.Exists(string(island)), store.reads)
	}
	store.records.Day++
	refresh()
	refresh()
	if directory.Exists(string(island)) || store.reads != 2 {
		t.Errorf("the day after it is open: %t; the map was read %d times, want twice", directory.Exists(string(island)), store.reads)
	}
}

// Everybody who finds a newer map stored waits for one reading of it.
func TestANewerMapIsReadOnce(t *testing.T) {
	store := &calendar{records: fixture(t), last: day(t, "2026-04-01")}
	store.records.Version = 1
	directory, err := NewDirectory(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	store.records.Version = 3
	var asking sync.WaitGroup
	for range 20 {
		asking.Go(func() {
			if err := directory.Reach(t.Context(), 2); err != nil || directory.Version() != 3 {
				t.Errorf("the map is %d, %v", directory.Version(), err)
			}
		})
	}
	asking.Wait()
	if err := directory.Reach(t.Context(), 1); err != nil || store.reads != 2 {
		t.Errorf("the map was read %d times, %v", store.reads, err)
	}
}
