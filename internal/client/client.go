// Package client is the local risk management systems of organisations: which
// there are, and the keys that they prove themselves with.
package client

import (
	"time"

	"github.com/google/uuid"

	"lfpse/internal/gid"
)

// Client is the system of one organisation. Its records and references are its
// own, whatever becomes of its keys.
type Client struct {
	UUID             uuid.UUID
	Name             string
	OrganisationCode string // ODS
	CreatedAt        time.Time
	RevokedAt        *time.Time
	Keys             []*Key // the first made first
}

// ID is the client's id in the graph.
func (c *Client) ID() string { return gid.Format(gid.Client, c.UUID) }

// IsNode marks the client as a Node of the graph.
func (*Client) IsNode() {}

// Key is what is kept of a key that a client comes with: never the key itself.
type Key struct {
	UUID      uuid.UUID
	Prefix    string
	CreatedAt time.Time
	// LastUsedAt is exact to about an hour; nil where it never was.
	LastUsedAt *time.Time
	RevokedAt  *time.Time
}

// ID is the key's id in the graph.
func (k *Key) ID() string { return gid.Format(gid.ClientKey, k.UUID) }

// live counts the keys that are good.
func (c *Client) live() int {
	count := 0
	for _, k := range c.Keys {
		if k.RevokedAt == nil {
			count++
		}
	}
	return count
}
