package identity

import (
	"cmp"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/memory"
	"replant/migrate/regex"
	"replant/migrate/site"
	"replant/migrate/source"
)

// page is one that lies in the site and not where the ledger has one: moved by its
// author, or made by hand or by another tool.
type page struct {
	path    string
	names   []string // of posts that its front matter names, the telling keys first
	telling int      // so many names stand under keys that say whose the page is
	paths   []string // that it is published at, or was
	title   string   // as [plain] has it
	day     string   // 2006-01-02; may be empty
	foreign bool     // not of the site's own language
}

// unclaimed are the pages that lie in the site and not where the ledger has one. They are
// looked for once in a run, and only when a post has no page where it should be.
type unclaimed struct {
	memory                  *memory.Memory
	site                    *site.Site
	keys                    []Keys
	byName, byPath, byTitle map[string][]*page
	at                      map[string]*page // nil until asked for
}

// all returns them, and looks for them the first time.
func (u *unclaimed) all() *unclaimed {
	if u.at != nil {
		return u
	}
	u.byName, u.byPath, u.byTitle, u.at = map[string][]*page{}, map[string][]*page{}, map[string][]*page{}, map[string]*page{}
	for name := range u.site.Pages(u.memory.Tree()) {
		if e := u.memory.Ledger.At(name); e != nil && e.Page != "" {
			continue
		}
		if _, ok := u.memory.Left(name); ok && u.memory.Journal.New(name) {
			continue // a killed run's own
		}
		if p := u.look(name); p != nil {
			u.add(p)
		}
	}
	return u
}

func (u *unclaimed) add(p *page) {
	u.at[p.path] = p
	for _, n := range p.names {
		u.byName[n] = append(u.byName[n], p)
	}
	for _, path := range p.paths {
		u.byPath[path] = append(u.byPath[path], p)
	}
	if p.title != "" {
		u.byTitle[p.title] = append(u.byTitle[p.title], p)
	}
}

// headMost is how much is read of a page for its front matter.
const headMost = 64 << 10

// look reads a page's front matter; nil where there is none to read.
func (u *unclaimed) look(name string) *page {
	f, err := u.memory.Site.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headMost))
	if err != nil {
		return nil
	}
	m, _, err := frontmatter.Parse(head)
	if err != nil || m == nil {
		return nil
	}
	p := &page{path: name, foreign: !strings.HasPrefix(name, u.site.Content+"/") || translation().MatchString(name)}
	for _, k := range u.keys {
		m = k.Original(m)
	}
	p.read(m, func(key string) bool {
		return telling(key) || slices.ContainsFunc(u.keys, func(k Keys) bool { return k.Tells(key) })
	})
	return p
}

var (
	translation = regex.Lazy(`\.[a-z]{2}(-[A-Za-z]+)?\.(md|markdown)$`)
	dated       = regex.Lazy(`^\d{4}-\d\d-\d\d`)
)

// read takes from front matter what says whose page it is.
func (p *page) read(m frontmatter.Matter, telling func(key string) bool) {
	var others []string
	for key, text := range texts(m) {
		names := namesIn(key, text)
		if telling(key) {
			p.names = append(p.names, names...)
			continue
		}
		others = append(others, names...)
	}
	p.telling = len(p.names)
	p.names = append(p.names, others...)
	p.paths = paths(m)
	title, _ := m.Get("title")
	if t, ok := title.(string); ok {
		p.title = plain(t)
	}
	date, _ := m.Get("date")
	// The file's name may carry the date, as Jekyll's do.
	p.day = cmp.Or(day(date), dated().FindString(path.Base(p.path)), dated().FindString(path.Base(path.Dir(p.path))))
}

// telling reports whether a key says which post a page is, in replant's own pages or those
// of other tools: not one that it only mentions.
func telling(key string) bool {
	switch strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key)) {
	case "source", "sourceurl", "guid", "url", "link", "via", "permalink", "canonical", "canonicalurl",
		"original", "originalurl", "externalurl", "alias", "aliases", "redirectfrom":
		return true
	}
	return false
}

// texts returns every text in front matter with its key, those of lists and of nested
// tables too.
func texts(m frontmatter.Matter) iter.Seq2[string, string] {
	return func(yield func(key, text string) bool) { yieldTexts(m, yield) }
}

func yieldTexts(m frontmatter.Matter, yield func(key, text string) bool) bool {
	for _, f := range m {
		switch v := f.Value.(type) {
		case string:
			if !yield(f.Key, v) {
				return false
			}
		case []string:
			for _, text := range v {
				if !yield(f.Key, text) {
					return false
				}
			}
		case frontmatter.Matter:
			if !yieldTexts(v, yield) {
				return false
			}
		}
	}
	return true
}

// namesIn returns the names of a post that a text below a key is.
func namesIn(key, text string) (names []string) {
	if text != "" && text[0] != '/' && (worldwide(text) || strings.EqualFold(key, "guid")) {
		names = append(names, string(source.NamedByGUID(text)))
	}
	if n := source.Named(text); n != "" {
		names = append(names, string(n))
	}
	return names
}

// paths returns the paths that a page is published at, or forwards from.
func paths(m frontmatter.Matter) (all []string) {
	for key, text := range texts(m) {
		switch strings.ToLower(key) {
		case "url", "permalink", "path", "slug", "alias", "aliases", "redirect_from":
			if p := strings.Trim(text, "/"); strings.HasPrefix(text, "/") && p != "" {
				all = append(all, p)
			}
		}
	}
	return all
}

// day returns the day of a date as it stands in front matter.
func day(v any) string {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case string:
		return dated().FindString(v)
	}
	return ""
}

// plain makes titles alike that differ in typography alone.
func plain(title string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// Why a page that the ledger does not know is a post's.
const (
	byAddress = "names its address"
	byPath    = "is published at its path"
	byTitle   = "has its title and date"
)

// match finds the page of a new post among those that the ledger does not know, and says
// by what; nil where it has none. An address under a key that says whose the page is
// counts for most, and title and day together for least. What is less clear, an address
// that a page mentions or the path that it is published at, needs one of those two.
func (u *unclaimed) match(p *blog.Post, names []string) (*page, string) {
	l := u.all()
	if s := u.named(names, nil); s != nil {
		return s, byAddress
	}
	title, days := plain(p.Title), daysOf(p)
	fits := func(s *page) bool {
		return u.free(s) && (title != "" && s.title == title || slices.Contains(days, s.day))
	}
	for _, n := range names {
		if i := slices.IndexFunc(l.byName[n], fits); i >= 0 {
			return l.byName[n][i], byAddress
		}
	}
	if p.URL != nil {
		same := l.byPath[strings.Trim(p.URL.Path, "/")]
		if i := slices.IndexFunc(same, fits); i >= 0 {
			return same[i], byPath
		}
	}
	var best *page
	for _, s := range l.byTitle[title] {
		if fits(s) && slices.Contains(days, s.day) && (best == nil || best.foreign && !s.foreign) {
			best = s
		}
	}
	return best, byTitle
}

// named returns the page that has one of a post's names under a telling key: the best as
// better says, then one of the site's own language.
func (u *unclaimed) named(names []string, better func(a, b *page) bool) (best *page) {
	for _, n := range names {
		for _, s := range u.all().byName[n] {
			switch {
			case !u.free(s) || !slices.Contains(s.names[:s.telling], n):
				continue
			case best == nil:
			case better != nil && better(best, s):
				continue
			case better != nil && better(s, best):
			case s.foreign || !best.foreign:
				continue
			}
			best = s
		}
	}
	return best
}

// free reports whether a page is no post's yet.
func (u *unclaimed) free(s *page) bool { return u.memory.Ledger.At(s.path) == nil }

// daysOf returns the days on which a post may be said to have come out: its own and UTC's.
func daysOf(p *blog.Post) []string {
	if p.Published.IsZero() {
		return nil
	}
	return []string{p.Published.Format(time.DateOnly), p.Published.UTC().Format(time.DateOnly)}
}

// whose says why the page in a post's place is the post's; empty where it is not.
func (u *unclaimed) whose(path string, names []string, p *blog.Post) string {
	s := u.look(path)
	switch {
	case s == nil:
		return ""
	case slices.ContainsFunc(names, func(n string) bool { return slices.Contains(s.names, n) }):
		return byAddress
	case s.title != "" && s.title == plain(p.Title) && slices.Contains(daysOf(p), s.day):
		return byTitle
	}
	return ""
}

// othersPage reports whether the page at a path is another post's: one that it names, which its
// author may have moved there or which is still to come, or one of the author's own with
// another title and a date. A new post leaves the place to it.
func (u *unclaimed) othersPage(name string, p *blog.Post) bool {
	s := u.all().at[name]
	return s != nil && (s.telling > 0 || s.title != "" && s.day != "" && s.title != plain(p.Title))
}
