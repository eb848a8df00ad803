// Package gid makes and reads the graph's ids: opaque to clients, prefixed with
// the type that they name ("event_…"), random, and the same in node and as
// federation keys.
package gid

import (
	"encoding/hex"
	"strings"

	"github.com/google/uuid"
)

// Type is the kind of thing that an id names; it is also the id's prefix.
type Type string

// The types with ids.
const (
	Event               Type = "event"
	Organisation        Type = "organisation"
	IntegratedCareBoard Type = "icb"
	Region              Type = "region"
	Account             Type = "account"
	Grant               Type = "grant"
	Review              Type = "review"
	Investigation       Type = "investigation"
	Notification        Type = "notification"
	AccessRequest       Type = "accessrequest"
	Client              Type = "client"
	ClientKey           Type = "clientkey"
	Export              Type = "export"
)

// New makes a random id. It is version 4, which does not tell when it was made:
// an anonymous event's id must not.
func New() uuid.UUID { return uuid.New() }

// Format writes the id of a thing.
func Format(t Type, id uuid.UUID) string {
	return string(t) + "_" + hex.EncodeToString(id[:])
}

// Parse reads an id. ok is false for anything that Format cannot have written.
func Parse(s string) (t Type, id uuid.UUID, ok bool) {
	prefix, rest, found := strings.Cut(s, "_")
	if !found || len(rest) != 32 || strings.ToLower(rest) != rest {
		return "", uuid.Nil, false
	}
	switch Type(prefix) {
	case Event, Organisation, IntegratedCareBoard, Region, Account, Grant, AccessRequest, Notification, Review, Investigation, Client, ClientKey, Export:
	default:
		return "", uuid.Nil, false
	}
	if _, err := hex.Decode(id[:], []byte(rest)); err != nil {
		return "", uuid.Nil, false
	}
	return Type(prefix), id, true
}

// ParseAs reads an id of one type.
func ParseAs(want Type, s string) (uuid.UUID, bool) {
	t, id, ok := Parse(s)
	return id, ok && t == want
}
