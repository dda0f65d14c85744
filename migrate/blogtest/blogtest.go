// Package blogtest writes blogs of any size in the markup of several platforms, for
// benchmarks. The same number of posts gives the same bytes. Start at [Platform.Write].
package blogtest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// Platform is how the feeds of one platform are written.
type Platform struct {
	Name string

	head string
	item func(p post) string
	// escaped is a body in entities; else it stands in CDATA.
	escaped bool
	markup  markup
}

// markup is how a platform writes what its editor knows. The verbs of a format are
// numbers and words, as the functions of [writer] put them.
type markup struct {
	paragraph, heading, quote, code, picture string
	before, between                          string // of a body; of its blocks
	after                                    string // the platform's own last words
}

// post is what the item of a feed is made of.
type post struct {
	number                        int
	title, slug, body, tag, first string
	date                          time.Time
}

// Write writes a blog of so many posts, the newest first.
func (p Platform) Write(w io.Writer, posts int) error {
	b := bufio.NewWriter(w)
	_, err := b.WriteString(p.head)
	for i := posts; i > 0 && err == nil; i-- {
		_, err = b.WriteString(p.item(p.post(i)))
	}
	return errors.Join(err, finish(b))
}

func finish(b *bufio.Writer) error {
	_, err := b.WriteString("</channel></rss>\n")
	return errors.Join(err, b.Flush())
}

// firstDay is when the first post was written.
var firstDay = time.Date(2005, 3, 1, 9, 30, 0, 0, time.UTC)

func (p Platform) post(number int) post {
	w := &writer{rand.New(rand.NewPCG(uint64(number), 7)), p.markup}
	made := post{
		number: number, date: firstDay.Add(time.Duration(number) * 7 * time.Hour),
		title: title(w.words(4)), tag: words[number%len(words)], first: w.sentence(),
	}
	made.slug = fmt.Sprintf("%s-%d", strings.ToLower(strings.ReplaceAll(made.title, " ", "-")), number)
	made.body = w.body(number)
	if p.escaped {
		made.body = escape.Replace(made.body)
	}
	return made
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// writer writes a post's text.
type writer struct {
	*rand.Rand
	markup markup
}

// body is about 8 KB of prose with what posts have: headings, lists, code, a picture.
func (w *writer) body(number int) string {
	blocks := []string{w.prose(), w.picture(number, 1)}
	for range 5 + w.IntN(4) {
		blocks = append(blocks, fmt.Sprintf(w.markup.heading, title(w.words(3))), w.prose(), w.prose(), w.block(number), w.prose())
	}
	return w.markup.before + strings.Join(blocks, w.markup.between) + w.markup.between + fmt.Sprintf(w.markup.after, number)
}

func (w *writer) block(number int) string {
	switch w.IntN(5) {
	case 0:
		return w.list()
	case 1:
		return fmt.Sprintf(w.markup.quote, w.sentence())
	case 2:
		return fmt.Sprintf(w.markup.code, w.code())
	case 3:
		return w.picture(number, 2+w.IntN(9))
	}
	return w.prose()
}

func (w *writer) prose() string {
	var b strings.Builder
	for i := range 2 + w.IntN(4) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.sentence())
	}
	return fmt.Sprintf(w.markup.paragraph, b.String())
}

// sentence has a link, emphasis or code in it now and then.
func (w *writer) sentence() string {
	middle := w.words(2)
	switch w.IntN(8) {
	case 0:
		middle = fmt.Sprintf(`<a href="https://site-%d.example/%s">%s</a>`, w.IntN(50), words[w.IntN(len(words))], middle)
	case 1:
		middle = "<strong>" + middle + "</strong>"
	case 2:
		middle = "<em>" + middle + "</em>"
	case 3:
		middle = "<code>" + strings.ReplaceAll(middle, " ", "_") + "()</code>"
	}
	return title(w.words(4+w.IntN(6))) + " " + middle + " " + w.words(3) + "."
}

func (w *writer) list() string {
	var b strings.Builder
	b.WriteString("<ul>\n")
	for range 3 + w.IntN(4) {
		b.WriteString("<li>" + w.sentence() + "</li>\n")
	}
	return b.String() + "</ul>"
}

func (w *writer) code() string {
	var b strings.Builder
	for range 3 + w.IntN(6) {
		fmt.Fprintf(&b, "%s := %s(&quot;%s&quot;, %d)\n", w.words(1), w.words(1), w.words(2), w.IntN(100))
	}
	return b.String()
}

func (w *writer) picture(number, n int) string {
	return fmt.Sprintf(w.markup.picture, number, n, w.words(2))
}

func (w *writer) words(n int) string {
	chosen := make([]string, n)
	for i := range chosen {
		chosen[i] = words[w.IntN(len(words))]
	}
	return strings.Join(chosen, " ")
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

var words = strings.Fields(`river stone lamp kettle garden owl bread winter letter harbour meadow
	window paper copper valley thread orchard candle market bridge violin saddle marble lantern
	feather walnut anchor blanket cellar dove ember fiddle granite hazel island jacket kernel
	ladder mirror needle oyster pepper quarry ribbon silver timber umbrella velvet willow yarn
	slow bright early quiet narrow hollow gentle heavy distant plain warm bitter sudden loose
	walks carries turns follows keeps leaves finds holds opens mends counts gathers borrows
	under over beside against through before after without between toward`)
