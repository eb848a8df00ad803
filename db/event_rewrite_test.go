package db

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// However many the texts of a batch are, no statement is given more than it
// takes, and none of them gets lost.
func TestRowsAreWrittenInListsThatAreNotTooLong(t *testing.T) {
	const most = 1000
	var rows []rewrittenRow
	for i, size := range []int{10, 300, 300, 300, 10, 5000, 10, 10, 700} {
		rows = append(rows, rewrittenRow{Revision: i, Texts: map[string]string{"description": strings.Repeat("a", size)}})
	}
	lists, err := jsonLists(rows, most)
	if err != nil {
		t.Fatal(err)
	}
	var revisions, sizes []int
	for _, list := range lists {
		var read []rewrittenRow
		if err := json.Unmarshal([]byte(list), &read); err != nil {
			t.Fatal(err)
		}
		for _, row := range read {
			revisions = append(revisions, row.Revision)
		}
		sizes = append(sizes, len(read))
		if len(list) > most && len(read) > 1 {
			t.Errorf("%d rows of %d bytes in one list", len(read), len(list))
		}
	}
	if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8}; !slices.Equal(revisions, want) {
		t.Errorf("rows %v, want %v", revisions, want)
	}
	if len(lists) < 4 || len(lists) == len(rows) {
		t.Errorf("lists of %v rows", sizes)
	}
}

func TestNoRowsAreNoList(t *testing.T) {
	if lists, err := jsonLists(nil, 1000); err != nil || len(lists) > 0 {
		t.Errorf("%v, %v", lists, err)
	}
}
