package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"lfpse/internal/event"
	"lfpse/internal/gid"
	"lfpse/internal/redaction"
)

// upgrade anonymises anew the texts of other versions of the engine.
func (c *redactCommand) upgrade(ctx context.Context, log *slog.Logger, env environment) error {
	return withDatabase(ctx, log, c.Storage, func(d *database) error {
		if c.DryRun {
			if err := upToDate(ctx, d); err != nil {
				return err
			}
		}
		s, err := assemble(ctx, log, d, c.Storage.keys(), ordinary())
		if err != nil {
			return err
		}
		p := progressOf("events", env.errors)
		done, err := s.events.Upgrade(ctx, event.UpgradeOptions{DryRun: c.DryRun, Outdated: p.begin, Done: p.add})
		p.end()
		if err != nil {
			err = fmt.Errorf("%w; what was done is kept, and running it again goes on with the rest", err)
		}
		return errors.Join(err, summariseUpgrade(env.out, done, c.DryRun), unopened(done))
	})
}

// summariseUpgrade says what changed, in numbers.
func summariseUpgrade(w io.Writer, u event.Upgrade, dryRun bool) error {
	if u.Events == 0 && len(u.Unopened) == 0 {
		return report(w, "Every text was anonymised by version %s.", redaction.Version)
	}
	did, read := "Anonymised", "read"
	if dryRun {
		did, read = "Would anonymise", "would read"
	}
	if err := report(w, "%s anew, by version %s, %d texts of %d events; %d %s otherwise.", did, redaction.Version, u.Texts, u.Events, u.Changed, read); err != nil {
		return err
	}
	if err := classes(w, u); err != nil {
		return err
	}
	if u.Hidden > 0 {
		if err := report(w, "Texts that cannot be anonymised and stay hidden: %d. Running it again tries them again.", u.Hidden); err != nil {
			return err
		}
	}
	if dryRun {
		return report(w, "Nothing was changed.")
	}
	return nil
}

// unopened names the events whose texts stay as they are, since they do not
// open.
func unopened(u event.Upgrade) error {
	if len(u.Unopened) == 0 {
		return nil
	}
	ids := make([]string, len(u.Unopened))
	for i, id := range u.Unopened {
		ids[i] = gid.Format(gid.Event, id)
	}
	return fmt.Errorf("the texts of %d events do not open, and stay as they are: is texts.json the one that they were sealed with? %s", len(ids), strings.Join(ids, " "))
}

// classes lists what is hidden now and was not, and what is no longer hidden by
// itself.
func classes(w io.Writer, u event.Upgrade) error {
	either := maps.Clone(u.Added)
	maps.Copy(either, u.Gone)
	if len(either) == 0 {
		return nil
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "class\thidden now\tpart of another now\t")
	for _, class := range slices.Sorted(maps.Keys(either)) {
		fmt.Fprintf(table, "%s\t%d\t%d\t\n", class, u.Added[class], u.Gone[class])
	}
	return table.Flush()
}

// progress shows how far something has got: a bar on a terminal, a line now and
// then elsewhere.
type progress struct {
	of          string
	w           io.Writer
	terminal    bool
	bar         *progressbar.ProgressBar
	done, total int
}

// aLine is after how many a line is written.
const aLine = 1000

func progressOf(what string, w io.Writer) *progress {
	file, isFile := w.(*os.File)
	return &progress{of: what, w: w, terminal: isFile && isatty.IsTerminal(file.Fd())}
}

func (p *progress) begin(total int) {
	p.total = total
	if p.terminal && total > 0 {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(p.of),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetWidth(30))
	}
}

// add counts; what cannot be shown of it is no reason to stop.
func (p *progress) add(n int) {
	before := p.done
	p.done += n
	if p.bar != nil {
		_ = p.bar.Set(min(p.done, p.total))
		return
	}
	if before/aLine != p.done/aLine {
		_ = report(p.w, "%d of %d %s", p.done, p.total, p.of)
	}
}

func (p *progress) end() {
	if p.bar != nil {
		_ = report(p.w, "")
	}
}
