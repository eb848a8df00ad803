package model

// Node is anything with an id of its own.
type Node interface {
	IsNode()
	ID() string
}

// Area is somewhere that a person can be responsible for.
type Area interface {
	IsArea()
	ID() string
}
