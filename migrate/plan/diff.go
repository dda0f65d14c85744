package plan

import (
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
)

// diff prints what changes inside a file: a unified diff of text, a line for what is
// not text.
func (s Show) diff(w io.Writer, c Change) error {
	before, after, text, err := lines(c)
	if err != nil {
		return err
	}
	if !text && !s.Files {
		return nil // the line of its post counts it
	}
	if !text {
		_, err := fmt.Fprintf(w, "binary  %s\n", sizes(c))
		return err
	}
	return s.unified(w, shownSide("a/"+c.Path, c.Before), before, shownSide("b/"+c.Path, c.After), after)
}

// unified prints a unified diff of two texts.
func (s Show) unified(w io.Writer, oldName string, before []byte, newName string, after []byte) error {
	d := diff.Diff(oldName, before, newName, after)
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

// Side is a version of a page that is compared with another one.
type Side struct {
	Name    string
	Content Content
}

// Compare prints what makes one version of a page into another, as a unified diff.
func (s Show) Compare(w io.Writer, from, to Side) error {
	before, after, text, err := lines(Change{Path: to.Name, Before: from.Content, After: to.Content})
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", to.Name, err)
	case !text:
		_, err := fmt.Fprintln(w, "binary")
		return err
	}
	return s.unified(w, shownSide(from.Name, from.Content), before, shownSide(to.Name, to.Content), after)
}

// Diff returns what a change does to a file, as a unified diff, or as one line where the file
// is no text.
func Diff(c Change) (string, error) {
	var b strings.Builder
	err := Show{}.diff(&b, c)
	return b.String(), err
}

func shownSide(name string, c Content) string {
	if !c.Exists() {
		return "/dev/null"
	}
	return Printable(name)
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
	if c.Before.Exists() {
		before, err = c.Before.Read(textMost)
	}
	if c.After.Exists() && err == nil {
		after, err = c.After.Read(textMost)
	}
	if err != nil {
		return nil, nil, false, err
	}
	return before, after, isText(before) && isText(after), nil
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
