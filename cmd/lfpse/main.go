// Command lfpse is the service that learns from patient safety events: one
// binary that serves, migrates, seeds and demonstrates itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

const description = `Learn from patient safety events: a federated GraphQL service.

"lfpse demo" starts everything from nothing, with sample data and accounts.
"lfpse serve" serves real data.

Every flag can also be set by the variable named beside it.`

// cli is the command line. Each command's Run does the work.
type cli struct {
	Logging logging `embed:""`

	Serve   serveCommand   `cmd:"" help:"Serve the graph. Needs the key files that 'keys create' makes."`
	Demo    demoCommand    `cmd:"" help:"Serve sample data and sample accounts, everything started from nothing."`
	Migrate migrateCommand `cmd:"" help:"Bring the database's tables up to date, or back."`
	Seed    seedCommand    `cmd:"" help:"Fill a database with sample events. Never do this to real data."`
	Import  importCommand  `cmd:"" help:"Bring in organisations that the service does not come with, and events that were kept elsewhere."`
	Redact  redactCommand  `cmd:"" help:"Take the identifiers out of texts, as JSON lines."`
	Policy  policyCommand  `cmd:"" help:"Tell what law and national policy require of an event, and why."`
	Account accountCommand `cmd:"" help:"Make accounts that nobody can ask for."`
	Audit   auditCommand   `cmd:"" help:"Look after the audit trail."`
	Domain  domainCommand  `cmd:"" help:"Keep the record of the domains that are an ICB's or a regional body's own."`
	Mail    mailCommand    `cmd:"" help:"Look after mails that could not be sent."`
	Keys    keysCommand    `cmd:"" help:"Make or rotate the key files."`
	Conform conformCommand `cmd:"" name:"conformance" help:"Try a deployment's interface for local risk management systems with the published cases."`
	Schema  schemaCommand  `cmd:"" help:"Print the graph's schema."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// environment is what commands know of the process around them.
type environment struct {
	in     io.Reader
	out    io.Writer
	errors io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Environ(), environment{in: os.Stdin, out: os.Stdout, errors: os.Stderr}); err != nil {
		fmt.Fprintln(os.Stderr, "lfpse:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

// errHelp ends parsing after --help has been answered.
var errHelp = errors.New("help was asked for")

func run(ctx context.Context, args, environ []string, env environment) error {
	var commands cli
	parser, err := kong.New(&commands,
		kong.Name("lfpse"), kong.Description(description), kong.UsageOnError(),
		kong.Writers(env.out, env.errors),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Vars{"data": defaultData()},
		kong.Exit(func(int) { panic(errHelp) }),
	)
	if err != nil {
		return fmt.Errorf("describing the command line: %w", err)
	}
	parsed, err := parse(parser, args)
	if errors.Is(err, errHelp) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w; lfpse --help tells more", err)
	}
	if err := checkVariables(parser.Model, environ); err != nil {
		return err
	}
	log, err := commands.Logging.logger(env.errors)
	if err != nil {
		return err
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(log, env)
}

// parse reads the command line; kong ends --help by its exit function.
func parse(parser *kong.Kong, args []string) (parsed *kong.Context, err error) {
	defer func() {
		switch thrown := recover(); thrown {
		case nil:
		case errHelp:
			err = errHelp
		default:
			panic(thrown)
		}
	}()
	return parser.Parse(args)
}
