package account

// IsNode marks the account as a Node of the graph.
func (*View) IsNode() {}

// IsEntity marks the account as an entity of the federated graph.
func (*View) IsEntity() {}

// IsNode marks the grant as a Node of the graph.
func (*Grant) IsNode() {}
