package plan

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"strings"

	"replant/migrate/ledger"
)

// Show says how a plan is printed.
type Show struct {
	Files   bool // a line a file with its reason, not a line a post
	Diff    bool // with what changes inside the files
	Stat    bool // with sizes
	Done    bool // as what was done, not as what would be
	Waiting bool // nothing but what waits for the author
	Color   bool // for a terminal
	// Label returns the name by which a person knows a page; nil where that is its path.
	Label func(page string) string
	// First are lines of their own, such as losses, that stand before what needs no one.
	First []Line
}

// Line is a line of a report: what happens, to what, and what there is to say of it.
type Line struct{ Word, Name, Text string }

// Write prints a line a post, what waits for the author first, and a last line that counts
// them. Files of no post have lines of their own. A plan that changes nothing prints
// nothing but the lines that come first. Replant's own memory is left out.
func (p *Plan) Write(w io.Writer, s Show) error {
	if !s.Files && !s.Waiting {
		p.Measure()
	}
	out := &printer{Writer: bufio.NewWriter(w), show: s}
	out.align(p)
	for post := range p.posts(s) {
		if post.waits() {
			if err := out.post(p, post); err != nil {
				return err
			}
		}
	}
	for _, l := range s.First {
		out.line(l)
	}
	if s.Waiting {
		return out.Flush()
	}
	for post := range p.posts(s) {
		if !post.waits() {
			if err := out.post(p, post); err != nil {
				return err
			}
		}
	}
	if p.Any() {
		fmt.Fprintln(out, p.Summary(s))
	}
	return out.Flush()
}

// post is what becomes of one post, or of one file that belongs to none.
type post struct {
	page    string // empty for a file of no post
	changes []Change
}

// posts returns the shown changes post by post, or file by file.
func (p *Plan) posts(s Show) iter.Seq[post] {
	return func(yield func(post) bool) {
		for group := range p.groups() {
			whole := post{page: p.pageOf(group[0].Group)}
			for _, c := range group {
				switch {
				case Hidden(c.Path):
				case whole.page != "" && !s.Files:
					whole.changes = append(whole.changes, c)
				case !yield(post{changes: []Change{c}}):
					return
				}
			}
			if len(whole.changes) > 0 && !yield(whole) {
				return
			}
		}
	}
}

// pageOf returns the page that a group of changes is for, or "" for files of no post.
func (p *Plan) pageOf(group int) string {
	if p.Page == nil {
		return ""
	}
	return p.Page(group)
}

// ranks orders verdicts by how much a person has to know of them.
var ranks = map[ledger.Verdict]int{
	ledger.Conflict: 9, ledger.Shrunk: 8, ledger.Merge: 7, ledger.Create: 6, ledger.Update: 5,
	ledger.Delete: 4, ledger.Move: 3, ledger.Adopt: 2, ledger.Keep: 1,
}

// verdict returns what becomes of the post's page. Where only files beside it change, that
// is an update.
func (p post) verdict() (v ledger.Verdict) {
	for _, c := range p.changes {
		if p.isPage(c) && ranks[c.Verdict] > ranks[v] {
			v = c.Verdict
		}
	}
	return cmp.Or(v, ledger.Update)
}

// isPage reports whether a change is of the page, or of the one file that there is.
func (p post) isPage(c Change) bool { return p.page == "" || c.Path == p.page }

func (p post) waits() bool {
	v := p.verdict()
	return v == ledger.Conflict || v == ledger.Shrunk
}

// path returns where the page or the file lies.
func (p post) path() string { return cmp.Or(p.page, p.changes[0].Path) }

// printer prints lines in columns.
type printer struct {
	*bufio.Writer
	show        Show
	words, name int // widths of the first two columns
}

// nameMost is the widest name that others are aligned with.
const nameMost = 40

// align finds how wide the columns are.
func (w *printer) align(p *Plan) {
	see := func(word, name string) {
		w.words = max(w.words, width(word))
		if n := width(name); n <= nameMost {
			w.name = max(w.name, n)
		}
	}
	for _, l := range w.show.First {
		see(l.Word, Printable(l.Name))
	}
	for post := range p.posts(w.show) {
		if !w.show.Waiting || post.waits() {
			see(string(post.verdict()), w.label(post))
		}
	}
}

// label returns the name of a post, or the path of a file.
func (w *printer) label(p post) string {
	if p.page == "" || w.show.Label == nil {
		return Printable(p.path())
	}
	return Printable(w.show.Label(p.page))
}

// post prints the line of a post and, where that is asked for, what changes inside its files.
func (w *printer) post(p *Plan, one post) error {
	w.line(Line{string(one.verdict()), w.label(one), p.text(one, w.show)})
	if !w.show.Diff {
		return nil
	}
	for _, c := range one.changes {
		if !c.Writes() {
			continue
		}
		if err := w.show.diff(w, c); err != nil {
			return fmt.Errorf("%s: %w", c.Path, err)
		}
	}
	return nil
}

func (w *printer) line(l Line) {
	name, text := Printable(l.Name), Printable(l.Text)
	fmt.Fprint(w, w.show.paint(colors[ledger.Verdict(l.Word)], l.Word), pad(l.Word, w.words), "  ", name)
	if text != "" {
		fmt.Fprint(w, pad(name, w.name), "  ", text)
	}
	fmt.Fprintln(w)
}

// pad returns the blanks that a word lacks of a column's width.
func pad(word string, column int) string {
	return strings.Repeat(" ", max(0, column-width(word)))
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
	ledger.Shrunk: bold + red, "lost": bold + red,
}

func (s Show) paint(color, text string) string {
	if !s.Color || color == "" {
		return text
	}
	return color + text + reset
}
