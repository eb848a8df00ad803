// Command gqlgen generates a GraphQL server from its schema, as gqlgen.yml says.
//
//	go run github.com/99designs/gqlgen generate [--config gqlgen.yml]
//	go run github.com/99designs/gqlgen init
//	go run github.com/99designs/gqlgen version
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	command := "generate"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		command, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("config", "", "the configuration; without it, gqlgen.yml here or in a folder above")
	verbose := flags.Bool("verbose", false, "tell which fields have become resolvers, and why")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch command {
	case "generate":
		return generate(*file, *verbose, stderr)
	case "init":
		return initialise(*file, stdout)
	case "version":
		fmt.Fprintln(stdout, config.Version)
		return nil
	}
	return fmt.Errorf("%s is not a command; there are generate, init and version", command)
}

func generate(file string, verbose bool, stderr io.Writer) error {
	if file == "" {
		dir, err := os.Getwd()
		if err != nil {
			return fmt.Errorf("finding the working folder: %w", err)
		}
		if file, err = config.Find(dir); err != nil {
			return err
		}
	}
	cfg, err := config.Load(file)
	if err != nil {
		return err
	}
	if !verbose {
		stderr = nil
	}
	return api.Generate(cfg, stderr)
}

const (
	starterConfig = `schema:
  - graph/*.graphqls

exec:
  layout: follow-schema
  dir: graph/generated
  package: generated

model:
  filename: graph/model/models_gen.go
  package: model

resolver:
  layout: follow-schema
  dir: graph
  package: graph
  filename_template: "{name}.resolvers.go"
`
	starterSchema = `type Query {
  "Greets whoever asks."
  hello: String!
}
`
)

// initialise writes a first configuration and schema, and generates from them.
func initialise(file string, stdout io.Writer) error {
	if file == "" {
		file = "gqlgen.yml"
	}
	if _, err := os.Stat(file); err == nil {
		return errors.New(file + " is there already")
	}
	schema := filepath.Join(filepath.Dir(file), "graph", "schema.graphqls")
	if err := os.MkdirAll(filepath.Dir(schema), 0o755); err != nil {
		return fmt.Errorf("creating the schema's folder: %w", err)
	}
	if _, err := os.Stat(schema); errors.Is(err, os.ErrNotExist) {
		if err := os.WriteFile(schema, []byte(starterSchema), 0o644); err != nil {
			return fmt.Errorf("writing a first schema: %w", err)
		}
	}
	if err := os.WriteFile(file, []byte(starterConfig), 0o644); err != nil {
		return fmt.Errorf("writing a first configuration: %w", err)
	}
	fmt.Fprintln(stdout, "wrote", file, "and", schema)
	return generate(file, false, io.Discard)
}
