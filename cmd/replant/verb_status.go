package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"replant/migrate"
)

const statusHelp = `Say which feeds a site comes from, and what waits.

A line names each feed, and each trouble that the author was told of and that has not
ended: feeds that fail, items and posts that do not arrive, conflicts to settle, pictures out
of reach. When the last run was stands there where your cache knows it. Nothing is read but the
ledger and the cache, and nothing is written. The exit code is 3 when anything waits.`

// status is replant status SITE.
type status struct{ *options }

func statusVerb(do func(op)) *cobra.Command {
	o := newOptions()
	cmd := &cobra.Command{
		Use: "status [flags] SITE", Short: "Say which feeds a site comes from, and what waits", Long: statusHelp,
		Example: `  replant status blog
  replant status -q blog || echo "something waits"`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("replant status SITE", "name one site's folder")
			}
			o.site = args[0]
			do(status{o})
			return nil
		},
	}
	cmd.Flags().BoolVar(&o.say.json, "json", false, "print a line of JSON for each feed and each trouble, and one of totals")
	cmd.Flags().BoolVarP(&o.say.quiet, "quiet", "q", false, "print nothing: the exit code says it")
	return cmd
}

func (o status) run(_ context.Context, std streams) (int, error) {
	if _, err := os.Stat(o.site); err != nil {
		return 0, usage("replant FEED "+quoted(o.site)+" makes it one", "%s: no folder of a site: %w", o.site, cause(err))
	}
	disk, folder, err := openSite(o.site)
	if err != nil {
		return 0, err
	}
	defer folder.Close()
	state, err := migrate.Status(disk)
	switch {
	case errors.Is(err, migrate.ErrNoLedger):
		return 0, notASite(o.site)
	case err != nil:
		return 0, inSite(o.site, err)
	}
	code := exitDone
	if len(state.Lasting) > 0 {
		code = exitTrouble
	}
	switch {
	case o.say.json:
		err = o.writeState(std.out, state, code)
	case !o.say.quiet:
		err = o.sayState(std.out, state)
	}
	return code, err
}

// sayState prints what a site's memory holds for a person.
func (o status) sayState(w io.Writer, s *migrate.State) error {
	for _, f := range s.Feeds {
		fmt.Fprintf(w, "feed  %s\n", migrate.Printable(f.Address))
	}
	if last, known := lastRunOn(lastRuns(), o.site); known {
		fmt.Fprintf(w, "last run  %s, exit %d\n", last.Ended.Local().Format(time.DateTime), last.Exit)
	}
	waits := "nothing waits"
	if n := len(s.Lasting); n > 0 {
		waits = fmt.Sprintf("%d to look at", n)
	}
	_, err := fmt.Fprintf(w, "%s, %s\n", count(s.Posts, "post"), waits)
	for _, l := range s.Lasting {
		fmt.Fprintf(w, "%s  %s\n", l.Kind, migrate.Printable(stateText(l)))
		if hint := nextStep(o.site, l); hint != "" {
			fmt.Fprintf(w, "hint: %s\n", migrate.Printable(hint))
		}
	}
	return err
}

// stateText says what waits, and since when a feed has failed.
func stateText(l migrate.Lasting) string {
	if l.Since == "" {
		return l.Text
	}
	return l.Text + ", since " + l.Since
}

// feedLine and stateTotal are lines of status --json, beside those of what lasts.
type (
	feedLine struct {
		Type    string `json:"type"` // "feed"
		Feed    string `json:"feed"` // its address, without secrets
		Section string `json:"section"`
	}
	stateTotal struct {
		Type    string `json:"type"` // "total"
		Version int    `json:"version"`
		Feeds   int    `json:"feeds"`
		Posts   int    `json:"posts"`
		Lasting int    `json:"lasting"`
		// LastRun is when the last run ended, and LastExit its exit code, where the user's
		// cache knows it.
		LastRun  *time.Time `json:"lastRun,omitempty"`
		LastExit *int       `json:"lastExit,omitempty"`
		Exit     int        `json:"exit"`
	}
)

// writeState prints the same as lines of JSON.
func (o status) writeState(w io.Writer, s *migrate.State, code int) error {
	var lines []any
	for _, f := range s.Feeds {
		lines = append(lines, feedLine{"feed", f.Address, f.Section})
	}
	for _, l := range lastingLines(o.site, s.Lasting) {
		lines = append(lines, l)
	}
	total := stateTotal{Type: "total", Version: jsonVersion, Feeds: len(s.Feeds), Posts: s.Posts, Lasting: len(s.Lasting), Exit: code}
	if last, known := lastRunOn(lastRuns(), o.site); known {
		total.LastRun, total.LastExit = &last.Ended, &last.Exit
	}
	lines = append(lines, total)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, line := range lines {
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
