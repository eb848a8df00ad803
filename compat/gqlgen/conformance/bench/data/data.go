// Package data is what the servers that are timed answer with. peers.mjs makes the same.
package data

import (
	"strconv"

	"github.com/99designs/gqlgen/conformance/bench/model"
)

// Row is a record of six leaves and a hop to one other record.
type Row struct {
	ID    string
	Title string
	Note  *string
	Count int
	Score float64
	Open  bool
	Owner int // an index of Owners
}

// Owner is the record at the end of the hop.
type Owner struct{ Name string }

// Event is the row of a page with records in records.
type Event struct {
	ID           string
	Title        string
	Organisation *Organisation
	Reviews      []*Review
}

// Organisation is one level below an event.
type Organisation struct {
	Name string
	Icb  *Board
}

// Board is two levels below an event.
type Board struct {
	Name   string
	Region *Region
}

// Region is three levels below an event.
type Region struct{ Name string }

// Review is an element of a list of an event.
type Review struct {
	Status   model.ReviewStatus
	Reviewer *Reviewer
}

// Reviewer is one level below a review.
type Reviewer struct{ Name string }

// Data is everything that can be asked for.
type Data struct {
	Rows   []*Row
	Owners []*Owner
	Events []*Event
}

const owners = 20

// New makes n rows and 50 events.
func New(n int) *Data {
	d := &Data{Rows: make([]*Row, n)}
	for i := range owners {
		d.Owners = append(d.Owners, &Owner{Name: "Owner " + strconv.Itoa(i)})
	}
	for i := range n {
		d.Rows[i] = &Row{
			ID: strconv.Itoa(100000 + i), Title: "Row number " + strconv.Itoa(i), Count: i * 7,
			Score: float64(i) + 0.25, Open: i%2 == 0, Owner: i % owners,
		}
		if i%3 != 0 {
			note := "A note of some length on row " + strconv.Itoa(i)
			d.Rows[i].Note = &note
		}
	}
	region := &Region{Name: "North"}
	boards := []*Board{{Name: "Board A", Region: region}, {Name: "Board B", Region: region}}
	for i := range 50 {
		e := &Event{
			ID: strconv.Itoa(i), Title: "Event number " + strconv.Itoa(i),
			Organisation: &Organisation{Name: "Organisation " + strconv.Itoa(i%10), Icb: boards[i%2]},
		}
		for k := range 3 {
			status := model.ReviewStatusOpen
			if (i+k)%2 == 0 {
				status = model.ReviewStatusClosed
			}
			e.Reviews = append(e.Reviews, &Review{Status: status, Reviewer: &Reviewer{Name: "Reviewer " + strconv.Itoa(k)}})
		}
		d.Events = append(d.Events, e)
	}
	return d
}
