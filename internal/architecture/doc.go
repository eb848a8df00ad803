// Package architecture has no code: its test holds the table of rooms in
// docs/architecture.md.
package architecture
