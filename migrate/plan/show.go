package plan

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// Diff returns what a change does to a file, as a unified diff, or as one line where the file
// is no text.
func Diff(c Change) (string, error) {
	var b strings.Builder
	err := Show{}.diff(&b, c)
	return b.String(), err
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

// lineColor returns the colour of a diff's n-th line, counted from 0: the first two are
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

// Any reports whether there is anything to show.
func (p *Plan) Any() bool {
	for range p.Shown() {
		return true
	}
	return false
}

// Conflicts counts the files that wait for the author since both have changed them.
func (p *Plan) Conflicts() int { return p.Count()[ledger.Conflict] }

// Waiting counts the files that wait for the author.
func (p *Plan) Waiting() (n int) {
	for c := range p.Shown() {
		if waits(c) {
			n++
		}
	}
	return n
}

// waits reports whether a change is one that its author has to settle.
func waits(c Change) bool { return c.Verdict == ledger.Conflict || c.Verdict == ledger.Shrunk }

// Count returns how many files have each verdict, replant's own memory left out.
func (p *Plan) Count() map[ledger.Verdict]int {
	n := map[ledger.Verdict]int{}
	for c := range p.Shown() {
		n[c.Verdict]++
	}
	return n
}

// Summary counts the changes in one line, such as "3 to create, 1 conflict, 41 posts
// unchanged".
func (p *Plan) Summary(done bool) string {
	n := p.Count()
	create, update, merge, remove, adopt, keep := "to create", "to update", "to merge", "to delete", "to adopt", "to keep"
	if done {
		create, update, merge, remove, adopt, keep = "created", "updated", "merged", "deleted", "adopted", "kept"
	}
	var parts []string
	for _, part := range []struct {
		n    int
		text string
	}{
		{n[ledger.Create], fmt.Sprintf("%d %s", n[ledger.Create], create)},
		{n[ledger.Update], fmt.Sprintf("%d %s", n[ledger.Update], update)},
		{n[ledger.Merge], fmt.Sprintf("%d %s", n[ledger.Merge], merge)},
		{n[ledger.Delete], fmt.Sprintf("%d %s", n[ledger.Delete], remove)},
		{n[ledger.Move], fmt.Sprintf("%d moved", n[ledger.Move])},
		{n[ledger.Adopt], fmt.Sprintf("%d %s", n[ledger.Adopt], adopt)},
		{n[ledger.Keep], fmt.Sprintf("%d %s", n[ledger.Keep], keep)},
		{n[ledger.Conflict], plural(n[ledger.Conflict], "conflict")},
		{n[ledger.Shrunk], fmt.Sprintf("%d shrunk", n[ledger.Shrunk])},
		{p.Kept, plural(p.Kept, "post") + " unchanged"},
	} {
		if part.n > 0 {
			parts = append(parts, part.text)
		}
	}
	return strings.Join(parts, ", ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// size is a number of bytes as a person reads it.
func size(n int64) string {
	switch {
	case n < 1000:
		return plural(int(n), "byte")
	case n < 999_950: // what would be rounded to 1000.0 kB
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// textMost is the largest file that is compared line by line.
const textMost = 4 << 20

// texts are the endings of files that a person reads; all others are binary, whatever
// their bytes.
var texts = []string{".md", ".json", ".yaml", ".yml", ".toml", ".html"}

// lines reads both sides of a change where both are text. An absent side is empty.
func lines(c Change) (before, after []byte, ok bool, err error) {
	if max(c.Before.Size(), c.After.Size()) > textMost || !slices.Contains(texts, path.Ext(c.Path)) {
		return nil, nil, false, nil
	}
	if before, err = c.Before.bytes(); err != nil {
		return nil, nil, false, err
	}
	if after, err = c.After.bytes(); err != nil {
		return nil, nil, false, err
	}
	return before, after, isText(before) && isText(after), nil
}

func (c Content) bytes() ([]byte, error) {
	if !c.Exists() {
		return nil, nil
	}
	f, err := c.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func isText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }

// Printable makes control characters visible, and marks that turn text around: a feed
// must not write to the terminal as it likes.
func Printable(s string) string { return escaped(s, hides) }

// printableText is Printable for the lines of a file, where tabs are at home.
func printableText(s string) string {
	return escaped(s, func(r rune) bool { return r != '\t' && hides(r) })
}

func hides(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError
}

func escaped(s string, hidden func(rune) bool) string {
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
