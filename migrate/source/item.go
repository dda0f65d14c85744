package source

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/feedscan"
)

// Item is one item of a feed: a post whose body has not been looked at yet.
type Item struct {
	// Post is all but the body.
	Post blog.Post
	// Hash is the SHA-256 of all that the post is made from, in hexadecimal. It does
	// not depend on how the feed arranges an item, nor on this program's version.
	Hash string

	// Comments are those of readers, as far as an export has them. Who does not want
	// them may let them go.
	Comments []Comment

	dialect  *Dialect
	attached []attachment
	body     string     // HTML
	base     *url.URL   // what the body's relative addresses start from; may be nil
	rebased  bool       // base is not the post's own address
	blog     []*url.URL // addresses of the blog, where its feed was read first; each may be nil
	// uploaded reports whether the export lists an image address as an original; may
	// be nil.
	uploaded func(image *url.URL) bool
	// markdown is what the author wrote, where the body was made of that.
	markdown string
	// readable returns the body as it is to be read, and what of it cannot be; nil where it
	// is so already.
	readable func(raw string) (text string, losses []string)
	// text makes HTML of a body that is something else; nil for HTML.
	text func(raw string, p *blog.Post) string
}

func newItem(f *Feed, e *feedscan.Entry) *Item {
	i := &Item{dialect: f.Dialect, body: bodyOf(e), Hash: fingerprint(e)}
	fill(&i.Post, e, f)
	i.attached = attachments(e, baseOf(e, f), i.Post.Cover)
	if f.Dialect.Fill != nil {
		f.Dialect.Fill(&i.Post, e)
	}
	i.Post.Losses = append(i.Post.Losses, damage(e)...)
	if f.Dialect.Complete != nil {
		f.Dialect.Complete(i, e, f)
	}
	dropLongTerms(&i.Post)
	i.blog = []*url.URL{f.from, f.Home, i.Post.URL}
	i.coverAtHome()
	i.Post.Slug = hostless(&i.Post, e)
	i.Post.Slug = slugOf(&i.Post, i.body, i.Hash)
	if i.Post.Title == "" {
		i.Post.Title = titleOf(i.body)
	}
	i.Post.Names = nameAll(&i.Post, f.Dialect, i.body)
	i.Comments = commentsOf(e.Comments)
	i.base = i.Post.URL
	if i.base == nil {
		i.base = f.base
	}
	if e.Base != nil {
		i.base, i.rebased = blog.Rebase(i.base, e.Base.String()), true
	}
	return i
}

// Original returns what an image address of the post wraps, best first, or nil where it
// wraps nothing.
func (i *Item) Original(image *url.URL) []*url.URL {
	if u := i.atHome(image); u != nil {
		return append(originals(i.dialect.Servers, u, i.uploaded), u)
	}
	return originals(i.dialect.Servers, image, i.uploaded)
}

// Whole reports whether the item comes from an export.
func (i *Item) Whole() bool { return i.dialect.Whole }

// Size is how many bytes the source of the body has.
func (i *Item) Size() int {
	size := len(i.body)
	for _, r := range i.Comments {
		size += len(r.Text)
	}
	return size
}

// Source returns the source of the body, as it came but for what was code or data in it. Once
// the post is parsed there is none.
func (i *Item) Source() blog.Source {
	i.read()
	switch {
	case i.text != nil:
		return blog.Source{Text: i.body, Form: blog.WordPress}
	case i.markdown != "":
		return blog.Source{Text: i.markdown, Form: blog.Markdown}
	}
	return blog.Source{Text: i.body}
}

// Shown returns the body as HTML, as its readers saw it, and what its relative addresses start
// from, which may be nil. Once the post is parsed it is empty.
func (i *Item) Shown() (body string, base *url.URL) {
	i.read()
	if i.text == nil {
		return i.body, i.base
	}
	p := i.Post
	p.Losses, p.Notes = slices.Clip(p.Losses), slices.Clip(p.Notes)
	return i.text(i.body, &p), i.base
}

// read makes the body readable, when its turn comes.
func (i *Item) read() {
	if i.readable == nil {
		return
	}
	text, losses := i.readable(i.body)
	i.body, i.readable = text, nil
	i.Post.Losses = slices.Concat(i.Post.Losses, losses)
}

// Parse returns the post with its body. It may be called from any goroutine, once: the
// source of the body is released.
func (i *Item) Parse() (*blog.Post, error) {
	i.read()
	p, source := i.Post, i.body
	i.body, i.markdown = "", ""
	if i.text != nil {
		source = i.text(source, &p)
	}
	if err := affordable(source); err != nil {
		return nil, err
	}
	body, err := clean.Parse(source)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	if i.dialect.Look != nil {
		i.dialect.Look(body, &p)
	}
	clean.Prepare(body, &p)
	foremCards(body, &p) // also where a post was copied from Forem
	clean.Code(body)
	i.clean(body, &p, source)
	clean.Farewell(body, &p) // which may have stood in front of what the platform adds
	p.Losses = append(p.Losses, clean.Formulas(body)...)
	p.Body, p.Removed = body, clean.Finish(body, i.base, i.rebased)
	i.attach(body)
	p.Comments, err = i.neutralComments()
	return &p, err
}

// fingerprint is the hash of what a page is made from, taken from the feed's own
// words so that it stays the same however they are read.
func fingerprint(e *feedscan.Entry) string {
	d := newDigester()
	d.add(e.Title, e.Link, e.GUID, e.Published, e.Updated, e.Content, e.Description)
	d.add(authors(e, nil)...)
	d.add(e.Categories...)
	if e.Image != nil {
		d.add(e.Image.URL)
	}
	for _, a := range enclosed(e, nil) { // of the others, sites that have posts with them know nothing
		if a.plays() {
			d.add(a.addr.String())
		}
	}
	return d.hex()
}

func digest(texts ...string) string {
	d := newDigester()
	d.add(texts...)
	return d.hex()
}

// digester hashes lists of texts, each with its length so that none runs into the next. It is
// used once.
type digester struct {
	hash   hash.Hash
	pieces *bufio.Writer // to the hash: no text needs to be copied as a whole
}

// digesters are those that wait to be used again.
var digesters = sync.Pool{New: func() any {
	h := sha256.New()
	return &digester{h, bufio.NewWriterSize(h, 1<<10)}
}}

func newDigester() *digester {
	d := digesters.Get().(*digester)
	d.hash.Reset()
	return d
}

// add adds a list.
func (d *digester) add(texts ...string) {
	d.number(len(texts))
	for _, t := range texts {
		t = strings.TrimSpace(t)
		d.number(len(t))
		_, _ = d.pieces.WriteString(t) // a hash takes all
	}
}

// number adds how many or how long something is.
func (d *digester) number(n int) {
	_, _ = d.pieces.Write(append(strconv.AppendInt(d.pieces.AvailableBuffer(), int64(n), 10), ':'))
}

// hex returns the hash.
func (d *digester) hex() string {
	_ = d.pieces.Flush()
	defer digesters.Put(d)
	return hex.EncodeToString(d.hash.Sum(d.pieces.AvailableBuffer()))
}
