package identity

import (
	"hash/maphash"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/regex"
	"replant/migrate/site"
)

// aliases gives pages the old addresses of their posts, for a blog that moves with its own
// domain. None is ever the address of two pages, or of anything else of the site: both
// generators fail on some of that, and lose a page on the rest.
type aliases struct {
	memory  *memory.Memory
	site    *site.Site
	places  *places
	given   given
	hosts   map[string]bool            // of all posts; nil until one is asked for
	folders map[string]map[string]bool // what lies in those that were read, in small letters
}

// given are the pages that answer at old addresses, by [aliasKey]: a large blog has one for each post.
type given map[uint64]*ledger.Entry

var aliasSeed = maphash.MakeSeed()

// aliasKey returns a hash of an alias, whose letters may be large or small.
func aliasKey(alias string) uint64 { return maphash.String(aliasSeed, strings.ToLower(alias)) }

// Aliases returns the paths at which the page of a post has to answer beside its own. Names
// that a run has not seen yet are no reason to wait: a later run that changes the page brings
// their paths.
func (r *Reader) Aliases(e *ledger.Entry, p site.Place) []string {
	if r.settings.Aliases == ledger.NoAliases {
		return nil
	}
	a := r.posts.aliases
	a.learn(e)
	var all []string
	for _, name := range e.Names {
		host := blog.HostOf(name)
		if host == "" || blog.IsPlatform(host) && r.settings.Aliases != ledger.AllAliases {
			continue
		}
		old := strings.TrimPrefix(name, "url:"+host)
		if alias := aliasOf(old); alias != "" && !slices.Contains(all, alias) && a.free(alias, e, p) {
			a.given[aliasKey(alias)] = e
			all = append(all, alias)
		}
	}
	return all
}

// learn notes the hosts of posts: of all the first time.
func (a *aliases) learn(e *ledger.Entry) {
	posts := []*ledger.Entry{e}
	if a.hosts == nil {
		a.hosts, posts = map[string]bool{}, a.memory.Ledger.Posts
	}
	for _, e := range posts {
		for _, name := range e.Names {
			if host := blog.HostOf(name); host != "" {
				a.hosts[host] = true
			}
		}
	}
}

// program ends the address of a page that a program makes: a generator would write a folder
// of that name, which no server takes for the page.
var program = regex.Lazy(`(?i)\.(?:php\d?|aspx?|jsp|cgi)$`)

// Names of files have 255 bytes at the most on nearly all file systems, and paths 1,024 on the
// narrowest (macOS): a generator that cannot write a page for an alias ends the build.
const longestName, longestPath = 255, 900

// tooLong reports whether no file system has room for a path.
func tooLong(p string) bool {
	return len(p) > longestPath ||
		slices.ContainsFunc(strings.Split(p, "/"), func(name string) bool { return len(name) > longestName })
}

// aliasOf returns the path of an address as generators take it; empty for one that they
// cannot: with a query, or of nothing but the front page.
func aliasOf(old string) string {
	if strings.ContainsAny(old, "?#") {
		return ""
	}
	p := path.Clean("/" + blog.Unescaped(old))
	switch {
	case p == "/", program().MatchString(p), strings.Contains(p, ".html/"), tooLong(p):
		return ""
	case strings.ContainsFunc(p, func(r rune) bool { return unicode.IsControl(r) || r == '\\' || r == unicode.ReplacementChar }):
		return ""
	case strings.HasSuffix(p, ".html"), strings.HasSuffix(p, ".htm"):
		return p
	}
	return p + "/"
}

// reserved are the first parts of what generators write themselves.
var reserved = []string{"tags", "categories", "authors", "series", "page", "index.html", "404.html", "sitemap.xml", "robots.txt"}

// free reports whether nothing else of the site has an address, and it is not the page's own.
func (a *aliases) free(alias string, e *ledger.Entry, p site.Place) bool {
	rel := strings.Trim(alias, "/")
	first, _, _ := strings.Cut(strings.ToLower(rel), "/")
	if slices.Contains(reserved, first) || a.site.Addresses().IsAt(p.Page, rel) {
		return false
	}
	if other := a.given[aliasKey(alias)]; other != nil && other != e {
		return false
	}
	for host := range a.hosts {
		for _, other := range a.memory.Ledger.Find([]string{"url:" + host + "/" + rel}) {
			if other != e && other.Path < e.Path {
				return false
			}
		}
	}
	if a.places.parents[path.Join(a.site.Content, rel)] {
		return false // a folder of posts, which Zola has as a section; the claims below find those on the disk
	}
	there := a.thereIs(strings.SplitN(rel, "/", 2)[0])
	for _, name := range a.site.Addresses().Claims(rel) {
		if strings.HasPrefix(e.Path, name+"/") || a.memory.Ledger.At(name) != nil || there && a.memory.Exists(name) {
			return false
		}
	}
	return true
}

// thereIs reports whether anything of the site may lie in a folder, or in a file that is published
// as one: most old addresses begin with a year or a name that nothing has.
func (a *aliases) thereIs(folder string) bool {
	claims := a.site.Addresses().Claims(folder)
	return slices.ContainsFunc(claims, func(claim string) bool {
		dir := path.Dir(claim)
		return dir != claims[0] && a.namesIn(dir)[strings.ToLower(path.Base(claim))] // what lies in it needs it
	})
}

// namesIn returns what lies in a folder, in small letters: some disks take them for the same.
func (a *aliases) namesIn(folder string) map[string]bool {
	names, read := a.folders[folder]
	if !read {
		names = map[string]bool{}
		all, _ := fs.ReadDir(a.memory.Tree(), folder) // which may not be there
		for _, f := range all {
			names[strings.ToLower(f.Name())] = true
		}
		a.folders[folder] = names
	}
	return names
}
