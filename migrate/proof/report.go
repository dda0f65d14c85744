package proof

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"replant/migrate/blog"
)

// Way is how a page differs from its source.
type Way uint8

// The ways.
const (
	Lost    Way = iota // the page does not show it
	Changed            // it shows something else in its place
	Moved              // it shows it elsewhere
	Added              // it shows what the source has not, or more often
)

func (w Way) String() string { return [...]string{"lost", "changed", "moved", "added"}[w] }

// Kind is what a loss is of.
type Kind uint8

// The kinds, in the order of a report.
const (
	Words Kind = iota
	Code
	Languages
	Links
	Addresses
	Pictures
	AltTexts
	Headings
	ListItems
	TableCells
	Emphasis
	Quotes
	Embeds
	Formulas
	Footnotes
	LineBreaks
	Rules
	kinds // how many there are
)

// names are one and several of a kind.
var names = [kinds][2]string{
	Words: {"word", "words"}, Code: {"piece of code", "pieces of code"}, Languages: {"language of code", "languages of code"},
	Links: {"link", "links"}, Addresses: {"address", "addresses"}, Pictures: {"picture", "pictures"}, AltTexts: {"alt text", "alt texts"},
	Headings: {"heading", "headings"}, ListItems: {"list item", "list items"}, TableCells: {"table cell", "table cells"},
	Emphasis: {"emphasized word", "emphasized words"}, Quotes: {"quote", "quotes"}, Embeds: {"embed", "embeds"},
	Formulas: {"formula", "formulas"}, Footnotes: {"footnote", "footnotes"}, LineBreaks: {"line break", "line breaks"}, Rules: {"rule", "rules"},
}

func (k Kind) String() string { return names[k][1] }

// Loss is what a page does not show as its source does, of one kind and in one way.
type Loss struct {
	Way  Way
	Kind Kind
	N    int
	What string // the first of them, on one line; may be empty
}

// String returns a loss without its way, such as "2 links: https://example.org/".
func (l Loss) String() string {
	s := fmt.Sprintf("1 %s", names[l.Kind][0])
	if l.N != 1 {
		s = fmt.Sprintf("%d %s", l.N, names[l.Kind][1])
	}
	if l.What != "" {
		s += ": " + l.What
	}
	return s
}

// Report lists what a page lost, by kind; it is empty when nothing was.
type Report []Loss

// Split distinguishes what a page lost when it was made, by the report of that, and what
// was lost since. Of a loss that has ended since nothing is left.
func (r Report) Split(made Report) (then, since Report) {
	for _, l := range r {
		i := slices.IndexFunc(made, func(m Loss) bool { return m.Way == l.Way && m.Kind == l.Kind })
		if i < 0 {
			since = append(since, l)
			continue
		}
		was := made[i]
		was.N = min(was.N, l.N)
		then = append(then, was)
		if l.N -= was.N; l.N > 0 {
			since = append(since, l)
		}
	}
	return then, since
}

// findings gathers a report.
type findings [Added + 1][kinds]struct {
	n     int
	first string
	run   bool // the last finding was next to the one before
}

// find notes one more of a kind.
func (f *findings) find(w Way, k Kind, what string) {
	at := &f[w][k]
	if at.n == 0 {
		at.first = what
	}
	at.n++
}

// goOn notes one that follows the one noted last directly, so that the report quotes a
// phrase.
func (f *findings) goOn(w Way, k Kind, what string) {
	at := &f[w][k]
	if at.n == 0 {
		at.first, at.run = what, true
	} else if at.n == 1 || at.run {
		at.run = true
		if len(at.first) < longest {
			at.first += " " + what
		}
	}
	at.n++
}

// stop ends a phrase.
func (f *findings) stop() {
	for w := range f {
		for k := range f[w] {
			f[w][k].run = false
		}
	}
}

func (f *findings) report() (r Report) {
	for w := range f {
		for k, at := range f[w] {
			if at.n > 0 {
				r = append(r, Loss{Way(w), Kind(k), at.n, brief(at.first)})
			}
		}
	}
	return r
}

// longest is how many bytes of a text a report quotes.
const longest = 120

// brief returns the beginning of a text on one line.
func brief(s string) string {
	s = oneLine(s)
	if len(s) <= longest {
		return s
	}
	cut := longest
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// Total counts what many posts lost.
type Total struct {
	Posts    int // that were proved
	Short    int // that lost something
	Feed     int // losses of the feed itself
	Excerpts int // posts of which the feed has a part alone
	Poor     int // whose platform did not give them as their authors wrote them
	Waiting  int // whose pages stay until it does
	Pictures int // of theirs that could not be downloaded
	Media    int // recordings of theirs, likewise
	counts   [Added + 1][kinds]int
}

// Add counts a post by its report, and by what the feed itself had left out.
func (t *Total) Add(r Report, feed []string) {
	t.Posts++
	t.Feed += len(feed)
	if blog.Excerpted(feed) {
		t.Feed--
		t.Excerpts++
	}
	if len(r)+len(feed) > 0 {
		t.Short++
	}
	for _, l := range r {
		t.counts[l.Way][l.Kind] += l.N
	}
}

// String says it in one line: "41 posts, nothing lost", or "41 posts, 2 lost something: 1
// embed, 3 words moved; 1 picture could not be downloaded".
func (t *Total) String() string { return t.With(nil) }

// With says it in one line together with what else is not as it should be. Nothing is lost
// only where there is none of that either. Posts that are poor are proved against what
// their feed has of them.
func (t *Total) With(others []string) string {
	var all []string
	if t.Poor > 0 {
		all = append(all, fmt.Sprintf("%d only as the feed has them", t.Poor))
	}
	if t.Waiting > 0 {
		all = append(all, fmt.Sprintf("%d waiting for what their authors wrote", t.Waiting))
	}
	if t.Short > 0 {
		all = append(all, fmt.Sprintf("%d lost something: %s", t.Short, strings.Join(t.lost(), ", ")))
	}
	if t.Pictures > 0 {
		all = append(all, numbered(t.Pictures, "picture")+" could not be downloaded")
	}
	if t.Media > 0 {
		all = append(all, numbered(t.Media, "recording")+" could not be downloaded")
	}
	if all = append(all, others...); len(all) == 0 {
		all = []string{"nothing lost"}
	}
	return numbered(t.Posts, "post") + ", " + strings.Join(all, "; ")
}

func numbered(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// lost lists what is lost, by kind and way.
func (t *Total) lost() (what []string) {
	for w := range t.counts {
		for k, n := range t.counts[w] {
			if n > 0 {
				what = append(what, Loss{Way: Way(w), Kind: Kind(k), N: n}.counted())
			}
		}
	}
	if t.Excerpts > 0 {
		what = append(what, numbered(t.Excerpts, "post")+" of which the feed holds a part only")
	}
	if t.Feed > 0 {
		what = append(what, fmt.Sprintf("%d in the feed itself", t.Feed))
	}
	return what
}

// counted says how many and, if it is more than lost, in which way.
func (l Loss) counted() string {
	if l.Way == Lost {
		return l.String()
	}
	return l.String() + " " + l.Way.String()
}
