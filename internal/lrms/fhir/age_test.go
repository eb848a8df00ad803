package fhir

import (
	"testing"

	"lfpse/internal/event"
)

func TestAgesAreCountedAsTheInterfaceCountsThem(t *testing.T) {
	for count, want := range map[int]event.Age{
		1: {Value: 1, Unit: event.Days}, 30: {Value: 30, Unit: event.Days},
		31: {Value: 1, Unit: event.Months}, 341: {Value: 11, Unit: event.Months},
		372: {Value: 1, Unit: event.Years}, 372 * 130: {Value: 130, Unit: event.Years}, 74_028: {Value: 199, Unit: event.Years},
	} {
		age, ok := ageOf(count)
		if !ok || age != want || ageIn(age) != count {
			t.Errorf("%d is %v (%t), which is written %d", count, age, ok, ageIn(age))
		}
	}
	for _, count := range []int{-1, 0, 32, 61, 365, 371, 373, 74_029, 74_400} {
		if age, ok := ageOf(count); ok {
			t.Errorf("%d passes for %v", count, age)
		}
	}
}
