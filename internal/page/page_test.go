package page

import (
	"testing"

	"pgregory.net/rapid"

	"lfpse/internal/fault"
)

func number(i int) *int { return &i }

func TestASizeBeyondTheLimitIsRefusedByName(t *testing.T) {
	for name, args := range map[string]Args{
		"first too large": {First: number(MaxSize + 1)},
		"first negative":  {First: number(-1)},
		"last too large":  {Last: number(MaxSize + 1)},
		"both":            {First: number(1), Last: number(1)},
	} {
		if _, err := args.Request(); fault.KindOf(err) != fault.BadUserInput {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestACursorOfSomebodyElsesIsRefused(t *testing.T) {
	for _, cursor := range []string{"", "?", "bm90IEpTT04", "e30="} {
		var position struct{ ID int }
		if err := DecodeCursor(cursor, &position); fault.KindOf(err) != fault.BadUserInput {
			t.Errorf("%q: got %v", cursor, err)
		}
	}
}

// Walking forwards page by page, or backwards, meets every item once, in order.
func TestPagesMeetEveryItemOnce(t *testing.T) {
	cursor := func(i int) (string, error) { return EncodeCursor(i) }
	rapid.Check(t, func(t *rapid.T) {
		total, size := rapid.IntRange(0, 30).Draw(t, "items"), rapid.IntRange(1, 7).Draw(t, "size")
		backward := rapid.Bool().Draw(t, "backward")
		var met []int
		from := 0 // items already met, from the side where the walk begins
		for {
			req := Request{Size: size, Backward: backward}
			var rows []int
			for i := from; i < total && len(rows) <= size; i++ {
				if backward {
					rows = append(rows, total-1-i)
				} else {
					rows = append(rows, i)
				}
			}
			items, info, err := Cut(req, rows, cursor)
			if err != nil {
				t.Fatal(err)
			}
			if backward {
				met = append(append([]int{}, items...), met...)
			} else {
				met = append(met, items...)
			}
			from += len(items)
			if more := info.HasNextPage || info.HasPreviousPage; !more {
				break
			}
		}
		if len(met) != total {
			t.Fatalf("met %v of %d items", met, total)
		}
		for i, item := range met {
			if item != i {
				t.Fatalf("met %v", met)
			}
		}
	})
}
