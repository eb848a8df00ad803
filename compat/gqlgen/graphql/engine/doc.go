// Package engine executes GraphQL operations breadth first.
package engine
