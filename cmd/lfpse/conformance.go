package main

import (
	"context"
	"fmt"

	"lfpse/internal/lrms/conformance"
)

// conformCommand tries a deployment as a local risk management system would.
type conformCommand struct {
	URL string `name:"url" help:"The address of the deployment, such as https://lfpse.example." required:"" placeholder:"URL"`
	Key string `help:"The key of a client. Give it by its variable: a command line can be read by others." env:"LFPSE_CLIENT_KEY" required:"" placeholder:"KEY"`
}

// Help says what a run leaves behind.
func (conformCommand) Help() string {
	return `It prints a line for each case, and fails unless all pass. The cases record events for the client's organisation, whose texts say that they
are of a test: never run it against real data.`
}

// Run tries every case.
func (c *conformCommand) Run(ctx context.Context, env environment) error {
	d := conformance.New(c.URL, c.Key)
	cases, failed := conformance.FHIR(), 0
	for _, one := range cases {
		err := one.Holds(ctx, d)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		line := "pass  " + one.Name
		if err != nil {
			failed++
			line = fmt.Sprintf("FAIL  %s: %v", one.Name, err)
		}
		if err := report(env.out, "%s", line); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d cases failed", failed, len(cases))
	}
	return report(env.out, "All %d cases pass.", len(cases))
}
