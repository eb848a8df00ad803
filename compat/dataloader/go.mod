module github.com/graph-gophers/dataloader/v7

go 1.26
