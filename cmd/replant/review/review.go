// Package review shows what replant has made of each post of a site, on a page for a browser:
// the source as its readers saw it beside the page as the site shows it, what is lost, what was
// left out and why, and what waits for its author. Start at [Book].
//
// A Book is served on this machine by [Book.Serve], or written as one file by [Book.Write].
// Either is the same page: HTML, a stylesheet and a script that the program carries. What a
// feed brings is shown in frames without rights, and made harmless before: see tame.go.
package review

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate"
	"replant/migrate/dom"
)

// Book is what is shown.
type Book struct {
	Review *migrate.Review
	// Site is the site's folder as the user named it, Summary what the run would do in one line,
	// and Notices are what its author should know beside; each may be empty.
	Site, Summary string
	Notices       []string
	// Command is what brings what is shown into the site.
	Command string
	// Settle settles a page by "mine" or "source". It is nil where nothing may be changed.
	Settle func(ctx context.Context, page, choice string) error

	settling sync.RWMutex // held for writing while a page is settled, for reading of what is shown
}

// The list is long: a post is an array of these, and not an object with a name for each.
//
//	title, path, date, verdict, why, losses, pictures missing, cover, edited, settles
type row [10]any

// head is what the page knows from the beginning.
type head struct {
	Site     string   `json:"site"`
	Summary  string   `json:"summary,omitempty"`
	Notices  []string `json:"notices,omitempty"`
	Command  string   `json:"command"`
	CanWrite bool     `json:"canWrite,omitempty"`
	Pictures string   `json:"pictures"` // where pictures are; empty in a file
	Posts    []row    `json:"posts"`
}

// head returns what the page knows from the beginning; picture returns how the page calls a
// file of the site.
func (b *Book) head(picture func(file string) string) head {
	b.settling.RLock()
	defer b.settling.RUnlock()
	h := head{Site: b.Site, Summary: b.Summary, Notices: b.Notices, Command: b.Command, CanWrite: b.Settle != nil}
	for _, p := range b.Review.Posts {
		h.Posts = append(h.Posts, rowOf(p, picture))
	}
	return h
}

func rowOf(p *migrate.Reviewed, picture func(file string) string) row {
	cover := ""
	if p.Cover != "" {
		cover = picture(p.Cover)
	}
	return row{cmp.Or(p.Title, p.Path), p.Path, day(p.Published), p.Verdict, p.Why, len(p.Losses), missingOf(p), cover, flag(p.Edited), flag(p.Settles)}
}

// day returns a date as it is shown; empty where there is none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}

// missingOf counts the pictures that could not be had.
func missingOf(p *migrate.Reviewed) (n int) {
	for _, pic := range p.Pictures {
		if pic.Trouble != "" {
			n++
		}
	}
	return n
}

// detail is all that is shown of one post.
type detail struct {
	Title    string      `json:"title"`
	Path     string      `json:"path"`
	Address  string      `json:"address,omitempty"`
	Date     string      `json:"date,omitempty"`
	Verdict  string      `json:"verdict"`
	Why      string      `json:"why,omitempty"`
	Edited   bool        `json:"edited,omitempty"`
	Settles  bool        `json:"settles,omitempty"`
	Losses   []string    `json:"losses,omitempty"`
	Feed     []string    `json:"feed,omitempty"` // of the losses, those of the feed itself
	Edits    []string    `json:"edits,omitempty"`
	Findings []finding   `json:"findings,omitempty"`
	Missing  [][2]string `json:"missing,omitempty"` // address, trouble
	Source   string      `json:"source,omitempty"`  // tamed HTML
	Note     string      `json:"note,omitempty"`    // on the source
	Page     string      `json:"page,omitempty"`    // tamed HTML
	Removed  []removed   `json:"removed,omitempty"`
	Markdown string      `json:"markdown,omitempty"`
	Diff     string      `json:"diff,omitempty"`
	Mine     string      `json:"mine,omitempty"`
	Incoming string      `json:"incoming,omitempty"`
	Base     string      `json:"base,omitempty"`
}

// finding is a loss with its place: the ids of its marks in both frames end in its number.
type finding struct {
	Text   string `json:"text"`
	Source int    `json:"source,omitempty"` // the number of the mark; 0 for none
	Page   int    `json:"page,omitempty"`
}

// removed are the parts that were left out for one reason.
type removed struct {
	Why   string   `json:"why"`
	Parts []string `json:"parts"`
}

// detail returns all that is shown of a post.
func (b *Book) detail(p *migrate.Reviewed, picture func(file string) string) (*detail, error) {
	b.settling.RLock()
	defer b.settling.RUnlock()
	d := &detail{
		Title: cmp.Or(p.Title, p.Path), Path: p.Path, Date: day(p.Published), Verdict: p.Verdict, Why: p.Why, Edited: p.Edited, Settles: p.Settles,
		Losses: without(p.Losses, p.Feed), Feed: p.Feed, Edits: p.Edits,
	}
	if p.Address != nil {
		d.Address = p.Address.String()
	}
	for _, pic := range p.Pictures {
		if pic.Trouble != "" {
			d.Missing = append(d.Missing, [2]string{shortened(pic.Address), pic.Trouble})
		}
	}
	v, err := b.Review.Versions(p)
	if err != nil {
		return nil, err
	}
	d.Markdown, d.Diff, d.Base, d.Incoming = v.After, v.Diff, v.Base, v.Incoming
	if d.Incoming != "" {
		d.Mine = v.Before
	} else {
		d.Base = ""
	}
	return d, b.frames(d, p, picture)
}

// without returns the texts of all that are not among others.
func without(all, others []string) (kept []string) {
	for _, s := range all {
		if !slices.Contains(others, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// frames fills the two frames, and marks in both what differs.
func (b *Book) frames(d *detail, p *migrate.Reviewed, picture func(file string) string) error {
	w, err := b.Review.Witness(p)
	if err != nil {
		return err
	}
	shown, err := b.page(d, p, picture)
	if err != nil {
		return err
	}
	if w == nil {
		d.Note = "The source is not at hand: no feed that was read has this post, or it was not kept on this machine."
		d.Page, err = rendered(shown)
		return err
	}
	if w.Cut {
		d.Note = "The source goes on: only its beginning is shown."
	}
	d.Removed = grouped(w.Removed)
	source, err := sourceOf(w, p, picture)
	if err != nil {
		return err
	}
	d.mark(w, source, shown)
	if d.Source, err = rendered(source); err != nil {
		return err
	}
	d.Page, err = rendered(shown)
	return err
}

// mark marks the findings in both frames, and in that of the source what was left out on
// purpose.
func (d *detail) mark(w *migrate.Witness, source, page *html.Node) {
	if len(w.Findings)+len(w.Removed) == 0 {
		return
	}
	left, right := newSheet(source), newSheet(page)
	for i, f := range w.Findings {
		id, text := i+1, f.Name()
		if f.What != "" {
			text += ": " + f.What
		}
		said := finding{Text: text}
		if left.find(f.Source, f.Embeds(), id, "") {
			said.Source = id
		}
		if right.find(f.Page, f.Embeds(), id, f.Name()+" here") {
			said.Page = id
		}
		d.Findings = append(d.Findings, said)
	}
	for _, r := range w.Removed {
		left.leave(r.HTML, r.Reason, right)
	}
	left.write()
	right.write()
}

// page returns the page as the site shows it, tamed.
func (b *Book) page(d *detail, p *migrate.Reviewed, picture func(file string) string) (*html.Node, error) {
	if d.Markdown == "" {
		return dom.Elem(atom.Body), nil
	}
	shown, err := b.Review.Shows(d.Markdown)
	if err != nil {
		return nil, err
	}
	t := &tamer{picture: func(address string) (string, string, string) {
		if file := b.Review.Picture(p, address); file != "" {
			return picture(file), file, ""
		}
		return "", "", notHere(p, address)
	}}
	t.tame(shown.Body)
	top := dom.Elem(atom.Header, text(atom.H1, shown.Title))
	line := shown.Tags
	if date := day(shown.Date); date != "" {
		line = append([]string{date}, line...)
	}
	if len(line) > 0 {
		top.AppendChild(text(atom.P, strings.Join(line, " · ")))
	}
	shown.Body.InsertBefore(top, shown.Body.FirstChild)
	return shown.Body, nil
}

// notHere says why a picture cannot be shown.
func notHere(p *migrate.Reviewed, address string) string {
	for _, pic := range p.Pictures {
		if pic.Trouble != "" && pic.Address == address {
			return "Picture missing: " + pic.Trouble
		}
	}
	return "Picture elsewhere"
}

// sourceOf returns the source of a post, tamed.
func sourceOf(w *migrate.Witness, p *migrate.Reviewed, picture func(file string) string) (*html.Node, error) {
	body, err := dom.ParseBody(w.HTML)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(w.Base)
	if err != nil || w.Base == "" {
		base = nil
	}
	files := map[string]string{}
	for _, pic := range p.Pictures {
		if pic.File != "" {
			files[addressKey(withoutFragment(pic.Address))] = pic.File
		}
	}
	t := &tamer{base: base, picture: func(address string) (string, string, string) {
		if file := files[addressKey(withoutFragment(address))]; file != "" {
			return picture(file), file, ""
		}
		if isInline(address) {
			return address, "", ""
		}
		return "", "", notHere(p, address)
	}}
	t.tame(body)
	return body, nil
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return address
}

// inlineMost bounds the pictures that stand in a source and are shown from there.
const inlineMost = 256 << 10

// isInline reports whether an address is a small picture itself.
func isInline(address string) bool {
	return strings.HasPrefix(address, "data:image/") && len(address) <= inlineMost
}

// grouped puts parts together that were removed for the same reason.
func grouped(all []migrate.Removed) (groups []removed) {
	at := map[string]int{}
	for _, r := range all {
		i, ok := at[r.Reason]
		if !ok {
			i = len(groups)
			at[r.Reason] = i
			groups = append(groups, removed{Why: r.Reason})
		}
		groups[i].Parts = append(groups[i].Parts, r.HTML)
	}
	return groups
}

// rendered returns what is in a body as HTML.
func rendered(body *html.Node) (string, error) {
	var out strings.Builder
	for n := range body.ChildNodes() {
		if err := html.Render(&out, n); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}
