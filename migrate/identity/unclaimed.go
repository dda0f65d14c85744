package identity

import (
	"cmp"
	"io"
	"iter"
	"path"
	"strings"
	"time"
	"unicode"

	"replant/frontmatter"
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
	p.read(m)
	return p
}

var (
	translation = regex.Lazy(`\.[a-z]{2}(-[A-Za-z]+)?\.(md|markdown)$`)
	dated       = regex.Lazy(`^\d{4}-\d\d-\d\d`)
)

// read takes from front matter what says whose page it is.
func (p *page) read(m frontmatter.Matter) {
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
