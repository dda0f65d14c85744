package migrate

import (
	"cmp"
	"io"
	"io/fs"
	"iter"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/afero"

	"replant/frontmatter"
	"replant/migrate/source"
)

// stray is a page that lies in the site and not where the ledger has one: moved by its
// author, or made by hand or by another tool.
type stray struct {
	path    string
	names   []string // of posts that its front matter names, the telling keys first
	telling int      // so many names stand under keys that say whose the page is
	paths   []string // that it is published at, or was
	title   string   // as [plain] has it
	day     string   // 2006-01-02; may be empty
	foreign bool     // not of the site's own language
}

// strays are all of them; they are looked for once in a run, and only when a post has no
// page where it should be.
type strays struct {
	byName, byPath, byTitle map[string][]*stray
	at                      map[string]*stray
}

func (r *run) strays() *strays {
	if r.lost != nil {
		return r.lost
	}
	r.lost = &strays{map[string][]*stray{}, map[string][]*stray{}, map[string][]*stray{}, map[string]*stray{}}
	for name := range r.site.Pages(r.tree()) {
		if e := r.memory.At(name); e != nil && e.Page != "" {
			continue
		}
		if _, ok := r.left(name); ok && r.memory.journal.New(name) {
			continue // a killed run's own
		}
		if s := r.look(name); s != nil {
			r.lost.add(s)
		}
	}
	return r.lost
}

func (l *strays) add(s *stray) {
	l.at[s.path] = s
	for _, n := range s.names {
		l.byName[n] = append(l.byName[n], s)
	}
	for _, p := range s.paths {
		l.byPath[p] = append(l.byPath[p], s)
	}
	if s.title != "" {
		l.byTitle[s.title] = append(l.byTitle[s.title], s)
	}
}

// headMost is how much is read of a page for its front matter.
const headMost = 64 << 10

// look reads a page's front matter; nil where there is none to read.
func (r *run) look(name string) *stray {
	f, err := r.Site.Open(name)
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
	s := &stray{path: name, foreign: !strings.HasPrefix(name, r.site.Content+"/") || translation.MatchString(name)}
	s.read(m)
	return s
}

var (
	translation = regexp.MustCompile(`\.[a-z]{2}(-[A-Za-z]+)?\.(md|markdown)$`)
	dated       = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)
)

// read takes from front matter what says whose page it is.
func (s *stray) read(m frontmatter.Matter) {
	var others []string
	for key, text := range texts(m) {
		names := namesIn(key, text)
		if telling(key) {
			s.names = append(s.names, names...)
			continue
		}
		others = append(others, names...)
	}
	s.telling = len(s.names)
	s.names = append(s.names, others...)
	s.paths = paths(m)
	title, _ := m.Get("title")
	if t, ok := title.(string); ok {
		s.title = plain(t)
	}
	date, _ := m.Get("date")
	// The file's name may carry the date, as Jekyll's do.
	s.day = cmp.Or(day(date), dated.FindString(path.Base(s.path)), dated.FindString(path.Base(path.Dir(s.path))))
}

// telling tells whether a key says which post a page is, in replant's own pages or those
// of other tools: not one that it only mentions.
func telling(key string) bool {
	switch strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key)) {
	case "source", "sourceurl", "guid", "url", "link", "via", "permalink", "canonical", "canonicalurl",
		"original", "originalurl", "externalurl", "alias", "aliases", "redirectfrom":
		return true
	}
	return false
}

// texts gives every text in front matter with its key, those of lists and of nested
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

// namesIn gives the names of a post that a text below a key is.
func namesIn(key, text string) (names []string) {
	if text != "" && text[0] != '/' && (worldwide(text) || strings.EqualFold(key, "guid")) {
		names = append(names, string(source.NamedByGUID(text)))
	}
	if n := source.Named(text); n != "" {
		names = append(names, string(n))
	}
	return names
}

// paths gives the paths that a page is published at, or forwards from.
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

// day gives the day of a date as it stands in front matter.
func day(v any) string {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case string:
		return dated.FindString(v)
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

// exists tells whether anything lies at a path of the site.
func (r *run) exists(name string) bool {
	_, err := r.Site.Stat(name)
	return err == nil
}

// isLink tells whether a symbolic link lies at a path of the site.
func (r *run) isLink(name string) bool {
	l, ok := r.Site.(afero.Lstater)
	if !ok {
		return false
	}
	info, _, err := l.LstatIfPossible(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}
