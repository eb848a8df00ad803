module lfpse

go 1.26

require (
	github.com/99designs/gqlgen v0.17.95
	github.com/graph-gophers/dataloader/v7 v7.2.0
)

replace (
	github.com/99designs/gqlgen => ./compat/gqlgen
	github.com/graph-gophers/dataloader/v7 => ./compat/dataloader
)
