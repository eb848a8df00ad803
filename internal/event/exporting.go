package event

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"lfpse/internal/authz"
	"lfpse/internal/page"
)

// An export reads in steps, so that neither memory nor a transaction grows with it, nor
// anything waits for whoever takes the answer slowly. The first step is small, so
// that it begins at once; each other is as large as the texts of the one before let it be.
const (
	firstStep   = 100
	largestStep = 500
	stepBytes   = 256 << 10 // of a step's texts, about
)

// CheckExport answers what is wrong with a filter.
func (s *Service) CheckExport(filter *Filter) error {
	_, err := s.listing(ListArgs{Filter: filter}, s.now())
	return err
}

// ExportCount answers how many events an export would hold for the reader.
func (s *Service) ExportCount(ctx context.Context, filter *Filter) (int, error) {
	scope, listing, err := s.exported(ctx, filter)
	if err != nil {
		return 0, err
	}
	counts, err := s.store.Count(ctx, scope, listing)
	if err != nil {
		return 0, fmt.Errorf("counting what an export holds: %w", err)
	}
	return counts[0], nil
}

// Export hands the cells of each event that the reader may see to row, in the order of the table's columns and in that
// in which the events were recorded. Texts are the anonymised ones, whoever reads. The cells are row's
// until it answers; an error of row's ends the export.
func (s *Service) Export(ctx context.Context, table *Table, filter *Filter, row func(cells [][]byte) error) error {
	scope, listing, err := s.exported(ctx, filter)
	if err != nil {
		return err
	}
	listing.Parts, listing.Texts = table.parts, table.texts
	group, ctx := errgroup.WithContext(ctx)
	read, written := make(chan *step), make(chan *step, stepsAtOnce)
	for range stepsAtOnce {
		written <- &step{}
	}
	group.Go(func() error {
		defer close(read)
		return s.readSteps(ctx, scope, listing, table.patients, read, written)
	})
	group.Go(func() error {
		r, cells := &tableRow{}, make([][]byte, len(table.columns))
		for step := range read {
			for i := range step.records {
				record := &step.records[i]
				s.fillRow(r, record, step.patients[record.ID])
				table.cells(cells, r)
				if err := row(cells); err != nil {
					return err
				}
			}
			written <- step
		}
		return nil
	})
	return group.Wait()
}

// stepsAtOnce is how many steps there are of an export: one is read while the one before is written.
const stepsAtOnce = 2

// step is some of an export's events, with their patients where a column speaks of them.
type step struct {
	records  []Record
	patients map[uuid.UUID][]PatientRecord
}

// exported is the question for an export's events: all that was recorded until now.
func (s *Service) exported(ctx context.Context, filter *Filter) (authz.Scope, Listing, error) {
	now := s.now()
	var listing Listing
	scope, err := s.byOneMap(ctx, func() (err error) {
		if listing, err = s.listing(ListArgs{Filter: filter, Order: &Order{ByRecordedAt, Ascending}}, now); err != nil {
			return err
		}
		listing.Areas = [][]string{nil}
		listing.Indexed = s.indexed([]*authz.Area{nil}, listing, now)
		return nil
	})
	if err != nil {
		return authz.Scope{}, Listing{}, err
	}
	if to := listing.Filter.RecordedTo; to == nil || to.After(now) {
		listing.Filter.RecordedTo = &now
	}
	listing.Anonymised = true
	return scope, listing, nil
}

// readSteps reads an export's events while those before are written, into steps that were.
func (s *Service) readSteps(ctx context.Context, scope authz.Scope, listing Listing, patients bool, read chan<- *step, written <-chan *step) error {
	for size := firstStep; ; {
		var next *step
		select {
		case next = <-written:
		case <-ctx.Done():
			return ctx.Err()
		}
		listing.Page = page.Request{Size: size - 1} // the store answers one more
		var err error
		if next.records, err = s.store.Page(ctx, scope, listing, next.records); err != nil {
			return fmt.Errorf("reading what an export holds: %w", err)
		}
		if patients {
			if next.patients, err = s.patientsOf(ctx, scope, next.records); err != nil {
				return err
			}
		}
		whole := len(next.records) == size
		if whole { // looked at before they are somebody else's
			last := position(&next.records[size-1], listing.Order)
			listing.After, size = &last, sizeAfter(next.records)
		}
		select {
		case read <- next:
		case <-ctx.Done():
			return ctx.Err()
		}
		if !whole {
			return nil
		}
	}
}

// sizeAfter is how many events the step after some should have.
func sizeAfter(records []Record) int {
	bytes := 1
	for i := range records {
		for _, text := range records[i].Texts {
			bytes += len(text)
		}
	}
	return min(max(1, stepBytes*len(records)/bytes), largestStep)
}

func (s *Service) patientsOf(ctx context.Context, scope authz.Scope, records []Record) (map[uuid.UUID][]PatientRecord, error) {
	ids := make([]uuid.UUID, len(records))
	for i, r := range records {
		ids[i] = r.ID
	}
	found, err := s.store.Patients(ctx, scope, ids)
	if err != nil {
		return nil, fmt.Errorf("reading the patients of an export: %w", err)
	}
	byEvent := make(map[uuid.UUID][]PatientRecord, len(records))
	for _, r := range found {
		byEvent[r.EventID] = append(byEvent[r.EventID], r)
	}
	return byEvent, nil
}

// fillRow makes a record's row in the place of another's.
func (s *Service) fillRow(row *tableRow, r *Record, patients []PatientRecord) {
	s.fill(&row.View, r)
	row.patients = row.patients[:0]
	for _, p := range patients {
		row.patients = append(row.patients, s.patient(&row.View, p, nil))
	}
}
