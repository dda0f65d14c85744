package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"replant/migrate"
)

// show prints a plan: as a patch, as lines of JSON, as a summary, or for a person.
func (o *options) show(out *migrate.Outcome, std streams) error {
	switch {
	case o.patch:
		show := o.lines(out)
		show.Waiting, show.Diff, show.Color = true, false, false
		if err := out.Plan.Write(std.err, show); err != nil {
			return err
		}
		return out.Plan.WritePatch(std.out)
	case o.say.json:
		return o.writeJSON(std.out, out)
	case o.say.summary != "":
		return o.writeSummary(std.out, out)
	case o.diff:
		return paged(std, func(w io.Writer) error { return o.write(w, out) })
	}
	return o.write(std.out, out)
}

// write prints a plan for a person: a line a post, what needs the author first.
func (o *options) write(w io.Writer, out *migrate.Outcome) error {
	err := out.Plan.Write(w, o.lines(out))
	if err == nil && out.Plan.Any() {
		err = o.close(w, out)
	}
	return err
}

// lines says how the lines of a plan are printed.
func (o *options) lines(out *migrate.Outcome) migrate.Show {
	return migrate.Show{
		Files: o.say.verbose > 0, Diff: o.diff, Stat: o.say.stat, Done: !o.dryRun, Waiting: o.say.quiet,
		Color: o.say.color, Label: out.Label, First: o.lossLines(out),
	}
}

// lossLines returns a line for each page that does not show something, or that shows it again.
func (o *options) lossLines(out *migrate.Outcome) (lines []migrate.Line) {
	var page string
	for _, l := range out.Losses {
		if l.Way == migrate.Edited && o.say.quiet {
			continue
		}
		name := l.Page
		if o.say.verbose == 0 && out.Label != nil {
			name = out.Label(l.Page)
		}
		last := len(lines) - 1
		if page == l.Page && lines[last].Word == l.Way {
			lines[last].Text += "; " + l.Text
			continue
		}
		page = l.Page
		lines = append(lines, migrate.Line{Word: l.Way, Name: name, Text: l.Text})
	}
	return lines
}

// close prints what all posts lost in sum, and where their links lead.
func (o *options) close(w io.Writer, out *migrate.Outcome) error {
	if o.say.quiet {
		return nil
	}
	if text := out.Links.String(); text != "" {
		fmt.Fprintln(w, text)
	}
	if out.Proof.Posts == 0 {
		return nil
	}
	_, err := fmt.Fprintln(w, closing(out))
	return err
}

// closing says in one line whether anything was lost, or is to be looked at.
func closing(out *migrate.Outcome) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	ways := map[string]int{}
	for _, l := range out.Losses {
		ways[l.Way]++
	}
	add(ways[migrate.Missing], migrate.Missing)
	add(ways[migrate.Behind], migrate.Behind)
	look := len(out.Failed) + len(out.Lasting) + out.Plan.Waiting()
	for _, t := range out.Troubles {
		if !t.File {
			look++
		}
	}
	add(look, "to look at")
	return out.Proof.With(parts)
}

// colored reports whether w is a terminal that may be coloured: https://no-color.org.
func colored(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
