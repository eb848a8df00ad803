// Command gqlgen generates a GraphQL server from its schema, as gqlgen.yml says.
//
//	go run github.com/99designs/gqlgen generate [--config gqlgen.yml] [--verbose]
//	go run github.com/99designs/gqlgen version
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

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
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("config", "", "the configuration; without it, gqlgen.yml here or in a folder above")
	verbose := flags.Bool("verbose", false, "tell which fields have become resolvers, and why")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case command == "version":
		fmt.Fprintln(stdout, config.Version)
		return nil
	case command != "generate":
		return fmt.Errorf("%s is not a command; there are generate and version", command)
	case !*verbose:
		stderr = io.Discard
	}
	dir, err := os.Getwd()
	if err == nil && *file == "" {
		*file, err = config.Find(dir)
	}
	if err != nil {
		return err
	}
	cfg, err := config.Load(*file)
	if err != nil {
		return err
	}
	return api.Generate(cfg, stderr)
}
