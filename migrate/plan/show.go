package plan

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"replant/migrate/ledger"
)

// Show says how a plan is printed.
type Show struct {
	Diff      bool // with what changes inside the files
	Done      bool // as what was done, not as what would be
	Conflicts bool // nothing but what waits for the author
	Color     bool // for a terminal
}

// Write prints a line a change with its reason, and a last line that counts them. A
// plan that changes nothing prints nothing. Replant's own memory is left out.
func (p *Plan) Write(w io.Writer, s Show) error {
	b := bufio.NewWriter(w)
	for c := range p.Shown() {
		if s.Conflicts && !waits(c) {
			continue
		}
		fmt.Fprintln(b, s.line(c))
		if !s.Diff || !c.Writes() {
			continue
		}
		if err := s.diff(b, c); err != nil {
			return fmt.Errorf("%s: %w", c.Path, err)
		}
	}
	if p.Any() && !s.Conflicts {
		fmt.Fprintln(b, p.Summary(s.Done))
	}
	return b.Flush()
}

// line is the one line of a change: verdict, path and reason, two spaces between.
func (s Show) line(c Change) string {
	return fmt.Sprintf("%s  %s  %s", s.paint(colors[c.Verdict], string(c.Verdict)), Printable(c.Path), Printable(c.Why))
}

// diff prints what changes inside a file: a unified diff of text, a line for what is
// not text.
func (s Show) diff(w io.Writer, c Change) error {
	before, after, text, err := lines(c)
	if err != nil {
		return err
	}
	if !text {
		_, err := fmt.Fprintf(w, "binary  %s\n", sizes(c))
		return err
	}
	d := diff.Diff(shownSide("a/", c.Before, c.Path), before, shownSide("b/", c.After, c.Path), after)
	_, d, _ = bytes.Cut(d, []byte("\n")) // its own "diff a b" line says nothing new
	n := 0
	for line := range strings.Lines(string(d)) {
		line = printableText(strings.TrimSuffix(line, "\n"))
		if _, err := fmt.Fprintln(w, s.paint(lineColor(line, n), line)); err != nil {
			return err
		}
		n++
	}
	return nil
}

func shownSide(prefix string, c Content, name string) string {
	if !c.Exists() {
		return "/dev/null"
	}
	return prefix + Printable(name)
}

// sizes tells how large a file is, and how large it was.
func sizes(c Change) string {
	switch {
	case !c.Before.Exists():
		return size(c.After.Size())
	case !c.After.Exists():
		return size(c.Before.Size())
	}
	return size(c.Before.Size()) + " -> " + size(c.After.Size())
}

// Colours, as a terminal is told of them (ECMA-48, SGR).
const (
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	reset  = "\x1b[m"
)

var colors = map[ledger.Verdict]string{
	ledger.Create: green, ledger.Update: yellow, ledger.Merge: yellow, ledger.Delete: red, ledger.Conflict: bold + red,
	ledger.Shrunk: bold + red,
}

// lineColor gives the colour of a diff's n-th line, counted from 0: the first two are
// its header.
func lineColor(line string, n int) string {
	switch {
	case n < 2:
		return bold
	case strings.HasPrefix(line, "+"):
		return green
	case strings.HasPrefix(line, "-"):
		return red
	case strings.HasPrefix(line, "@"):
		return cyan
	}
	return ""
}

func (s Show) paint(color, text string) string {
	if !s.Color || color == "" {
		return text
	}
	return color + text + reset
}
