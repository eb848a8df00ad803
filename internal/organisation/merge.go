package organisation

import (
	"context"
	"fmt"

	"lfpse/internal/fault"
)

// Merger abolishes an ICB: On is the first day on which Into holds all that
// From held.
type Merger struct {
	From, Into ODSCode
	On         Day
}

// Merge carries out a merger and refreshes the map. Every organisation's
// membership in the one passes to the other on that day, as does its future;
// the past stays as it was. One that cannot be is a BAD_USER_INPUT fault, and nothing is changed.
func (d *Directory) Merge(ctx context.Context, merger Merger) error {
	before := func(records Records) error {
		m, err := NewMap(records)
		if err != nil {
			return err
		}
		return m.mayMerge(merger)
	}
	after := func(records Records) error {
		_, err := NewMap(records)
		return err
	}
	if err := d.store.Merge(ctx, merger, before, after); err != nil {
		return fmt.Errorf("merging two ICBs: %w", err)
	}
	return d.Refresh(ctx)
}

func (m *Map) mayMerge(merger Merger) error {
	from, into := m.icbByCode[merger.From], m.icbByCode[merger.Into]
	switch {
	case from == nil || into == nil:
		return fault.New(fault.BadUserInput, "Both must be ICBs.")
	case from == into:
		return fault.New(fault.BadUserInput, "An ICB cannot be merged into itself.")
	case merger.On == Always || merger.On == Forever:
		return fault.New(fault.BadUserInput, "A merger happens on a day.")
	case from.Until != nil:
		return fault.New(fault.BadUserInput, "The ICB to be abolished already has a last day.")
	case !from.Exists(merger.On - 1):
		return fault.New(fault.BadUserInput, "The ICB to be abolished does not exist the day before.")
	case !into.Exists(merger.On):
		return fault.New(fault.BadUserInput, "The ICB that takes over does not exist on that day.")
	}
	return nil
}
