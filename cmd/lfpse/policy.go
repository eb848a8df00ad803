package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"lfpse/db"
	"lfpse/internal/event"
	"lfpse/internal/governance"
	"lfpse/internal/organisation"
	"lfpse/policies"
)

// policyCommand tells what the rules say.
type policyCommand struct {
	Explain explainCommand `cmd:"" help:"Tell which rules require something of an event, and why; which do not, and why not."`
}

type explainCommand struct {
	Storage   storage `embed:""`
	Reference string  `arg:"" help:"The event's reference."`
	At        string  `help:"Count deadlines from this day, such as 2026-10-02, rather than from that of the recording." placeholder:"DATE"`
}

// Run explains. What it prints names rules and codes; nothing that anybody
// typed is read.
func (c *explainCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	reference, ok := event.ParseReference(c.Reference)
	if !ok {
		return errors.New("this is not a reference")
	}
	calendar, err := governance.NewCalendar()
	if err != nil {
		return err
	}
	rules, err := policies.NewRequirements(ctx)
	if err != nil {
		return err
	}
	return withDatabase(ctx, log, c.Storage, func(d *database) error {
		if err := upToDate(ctx, d); err != nil {
			return err
		}
		geography, err := organisation.NewDirectory(ctx, db.NewOrganisations(d.DB.DB))
		if err != nil {
			return err
		}
		facts, err := factsOf(ctx, d, reference, governance.NewAssessor(governance.AssessorOptions{
			Judge: rules, Calendar: calendar, TypeOf: geography.TypeOf, Log: log,
		}))
		if err != nil {
			return err
		}
		on, err := c.day(facts)
		if err != nil {
			return err
		}
		return explain(env.out, rules, facts, on)
	})
}

func (c *explainCommand) day(facts governance.Facts) (time.Time, error) {
	if c.At == "" {
		return facts.RecordedOn, nil
	}
	day, err := time.Parse(time.DateOnly, c.At)
	if err != nil {
		return time.Time{}, errors.New("--at takes a day, written as 2026-10-02")
	}
	return day, nil
}

// factsOf reads what the rules are told of an event.
func factsOf(ctx context.Context, d *database, reference string, assessor *governance.Assessor) (governance.Facts, error) {
	judged, found, err := db.NewGovernance(d.DB.DB, nil, assessor).Judged(ctx, reference)
	if err != nil {
		return governance.Facts{}, err
	}
	if !found {
		return governance.Facts{}, errors.New("there is no such event")
	}
	if judged.Event.Status == event.StatusWithdrawn {
		return governance.Facts{}, errors.New("the event was withdrawn: nothing is required of it")
	}
	return assessor.Facts(judged.Event, judged.Patients, judged.Answers), nil
}

// explain writes what is required and why, then what is not and why not.
func explain(w io.Writer, rules *policies.Requirements, facts governance.Facts, on time.Time) error {
	judgement, err := rules.Judge(facts, on)
	if err != nil {
		return err
	}
	explanations, err := rules.Explain(facts)
	if err != nil {
		return err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Rules %s, recorded on %s, deadlines from %s.\n", judgement.RulesVersion, day(facts.RecordedOn), day(on))
	if len(judgement.Requirements) == 0 {
		fmt.Fprintln(&text, "\nNothing is required.")
	}
	for _, r := range judgement.Requirements {
		writeRequirement(&text, r)
	}
	fmt.Fprintln(&text, "\nRules that do not apply, with the first condition that is not met:")
	for _, e := range explanations {
		if !e.Applies {
			fmt.Fprintf(&text, "  %s: %s\n", e.Rule, e.Unmet)
		}
	}
	_, err = io.WriteString(w, text.String())
	return err
}

func writeRequirement(w io.Writer, r governance.Requirement) {
	fmt.Fprintf(w, "\n%s: %s\n", r.Code, r.Title)
	for _, f := range r.Findings {
		certain := "applies"
		if !f.Certain {
			certain = "is to be considered"
		}
		fmt.Fprintf(w, "  rule     %s %s\n", f.Rule, certain)
		fmt.Fprintf(w, "  reason   %s\n", f.Reason)
		fmt.Fprintf(w, "  source   %s, %s\n", f.Source.Document, f.Source.Paragraph)
		fmt.Fprintf(w, "  because  %s\n", strings.Join(f.Because, "; "))
		if f.Deadline != nil {
			fmt.Fprintf(w, "  due      %s (%s: %s)\n", day(f.Deadline.On), f.Deadline.Basis, f.Deadline.Label)
		}
	}
}

func day(d time.Time) string { return d.Format(time.DateOnly) }
