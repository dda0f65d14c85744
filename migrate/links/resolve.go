package links

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
	"replant/migrate/site"
	"replant/migrate/source"
)

// Resolver knows which post of a site an address leads to. It may be used from any goroutine
// as far as its ledger may.
type Resolver struct {
	Site   *site.Site
	Memory *memory.Memory
	Ledger *ledger.Ledger
	ByRef  bool // links name the page for the generator to find
	// Left counts the pages of new posts that a killed run has written: this run may bring them.
	Left bool

	mu     sync.Mutex
	placed map[*ledger.Entry]plan.Content // pages that this run is about to write
	pages  map[*ledger.Entry]*standing    // those that were looked at
}

// standing is a page that is there.
type standing struct {
	site.Linked
	page plan.Content
}

// Remembered returns a resolver for the pages of the last run, whatever the ledger comes to
// hold. It may be used from any goroutine.
func Remembered(m *memory.Memory, where *site.Site, byRef bool) *Resolver {
	known := &ledger.Ledger{}
	for _, e := range m.Ledger.Posts {
		known.Add(new(*e))
	}
	return &Resolver{Site: where, Memory: m, Ledger: known, ByRef: byRef}
}

// Place notes the page of a post as this run is about to write it.
func (r *Resolver) Place(e *ledger.Entry, page plan.Content) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.placed == nil {
		r.placed = map[*ledger.Entry]plan.Content{}
	}
	r.placed[e] = page
	delete(r.pages, e) // which may have been looked at as it lay there before
}

// Find returns the post that an address leads to; nil where the ledger knows none, or cannot
// tell which.
func (r *Resolver) Find(address string) *ledger.Entry {
	for _, name := range source.NamesAt(address) {
		if found := r.Ledger.Find([]string{name}); len(found) > 0 {
			if len(found) > 1 {
				return nil
			}
			return found[0]
		}
	}
	return nil
}

// Lead returns where a link of one post's page to an address is to lead: to the page of
// another post, if that is there and the public sees it.
func (r *Resolver) Lead(from *ledger.Entry, address string) (to string, ok bool) {
	e := r.Find(address)
	if e == nil || e == from || e.Path == from.Path {
		return "", false
	}
	there := r.standing(e)
	if there == nil || e.Origin == ledger.Draft {
		return "", false
	}
	here := site.Linked{File: from.Path}
	if s := r.standing(from); s != nil {
		here = s.Linked
	}
	to = r.Site.Addresses().Link(here, there.Linked, r.ByRef)
	return withFragment(to, r.fragment(there, address)), to != ""
}

// Follow returns where a link of one post's page to another page of the site is to lead, after
// pages have moved: moved has the posts by where their pages lay. A page that lay elsewhere
// itself has its links from there.
func (r *Resolver) Follow(from *ledger.Entry, address string, moved map[string]*ledger.Entry) (to string, ok bool) {
	now := r.standing(from)
	if now == nil {
		return "", false
	}
	was := now.Linked
	for file, e := range moved {
		if e == from {
			was.File = file
		}
	}
	for _, file := range r.Site.Addresses().Files(was, address) {
		e := moved[file]
		if e == nil && was.File != now.File {
			e = r.Ledger.At(file)
		}
		if e == nil || e == from {
			continue
		}
		there := r.standing(e)
		if there == nil {
			return "", false
		}
		to = r.Site.Addresses().Link(now.Linked, there.Linked, r.ByRef)
		_, id, _ := strings.Cut(address, "#")
		id, _, _ = strings.Cut(id, `"`)
		to = withFragment(to, id)
		return to, to != "" && to != address
	}
	return "", false
}

// Published returns the path at which the page of a post is published; is says whether it is
// there, and known whether that is known.
func (r *Resolver) Published(e *ledger.Entry) (to string, is, known bool) {
	s := r.standing(e)
	if s == nil {
		return "", false, false
	}
	to, known = r.Site.Addresses().Published(s.Linked)
	return to, true, known
}

// Is reports whether an address leads to the page of a post that is there.
func (r *Resolver) Is(from *ledger.Entry, address string) bool {
	_, ok := r.Lead(from, address)
	return ok
}

// withFragment adds a fragment to a link, inside of a shortcode's quotes.
func withFragment(to, fragment string) string {
	if fragment == "" {
		return to
	}
	if call, ok := strings.CutSuffix(to, `" >}}`); ok {
		return call + "#" + fragment + `" >}}`
	}
	return to + "#" + fragment
}

// fragment returns the fragment of an address where the page has a heading of that id.
func (r *Resolver) fragment(s *standing, address string) string {
	_, id, ok := strings.Cut(address, "#")
	if !ok || id == "" || strings.ContainsAny(id, "\"<>()[] \\") {
		return ""
	}
	_, body, err := memory.Parse(s.page)
	if err != nil {
		return ""
	}
	if plain, err := url.PathUnescape(id); err != nil || !(Page{}).HasHeading(body, plain, r.Site.Markup().HeadingID) {
		return ""
	}
	return id
}

// standing returns the page of a post where it is there, else nil.
func (r *Resolver) standing(e *ledger.Entry) *standing {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.pages[e]; s != nil {
		return s
	}
	page := r.placed[e]
	if !page.Exists() && e.Page != "" {
		page, _ = plan.Hash(r.Memory.Site, e.Path)
	}
	if !page.Exists() && r.Left {
		page, _ = r.Memory.Standing(e)
	}
	if !page.Exists() {
		return nil
	}
	matter, _, err := memory.Parse(page)
	if err != nil {
		return nil
	}
	if r.pages == nil {
		r.pages = map[*ledger.Entry]*standing{}
	}
	s := &standing{site.LinkedAt(e.Path, matter), page}
	r.pages[e] = s
	return s
}

// Home returns where the posts of a blog lie, by one of their names: the host, with the
// author's folder on hosts that many share; empty for a name that is no address.
func Home(name string) string {
	host := blog.HostOf(name)
	if !blog.IsShared(host) {
		return host
	}
	rest := strings.TrimPrefix(name, "url:"+host)
	author, _, _ := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
	return host + "/" + author
}

// HostOf returns the host of a home.
func HostOf(home string) string {
	host, _, _ := strings.Cut(home, "/")
	return host
}

// Open returns by what a post to which an address leads would be known, where it lies in one
// of some homes and may be a post's; else "".
func Open(address string, homes map[string]bool) string {
	name := string(source.Named(address))
	if name == "" || !homes[Home(name)] || !mayBePost(name) {
		return ""
	}
	return strings.TrimPrefix(name, "url:")
}

// notPosts are the folders of what every blog has beside its posts.
var notPosts = []string{
	"tag", "tags", "t", "category", "categories", "author", "authors", "page", "feed", "search", "label", "archive", "archives",
	"wp-content", "wp-admin", "wp-includes", "wp-json", "wp-login.php", "content", "assets", "static", "images", "img", "uploads", "files", "media",
	"comments", "rss", "atom", "about", "contact",
}

// mayBePost reports whether a name may be a post's: not that of a list, a file or a feed.
func mayBePost(name string) bool {
	addr, query, _ := strings.Cut(strings.TrimPrefix(name, "url:"), "?")
	_, rest, _ := strings.Cut(addr, "/")
	if rest == "" {
		return query != ""
	}
	first, more, _ := strings.Cut(rest, "/")
	if slices.Contains(notPosts, strings.ToLower(first)) {
		return false
	}
	if strings.HasPrefix(first, "@") && more == "" {
		return false // an author's own page
	}
	switch ext := strings.ToLower(path.Ext(rest)); ext {
	case "", ".html", ".htm", ".php", ".aspx", ".asp", ".jsp", ".shtml":
		return !strings.HasSuffix(rest, "/feed")
	default:
		return len(ext) > 5 || strings.ContainsAny(ext, "-_") // a dot in a title
	}
}
