package page

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/site"
	"replant/migrate/template"
)

// Keys make the front matter of pages what its author asks for: see [ledger.Keys]. Nil leaves
// it as it is.
type Keys struct {
	site    *site.Site
	renamed []frontmatter.Renaming
	dropped [][]string
	added   []addition

	archetypes *archetypes // nil where pages do without
}

// archetypes are the defaults that archetypes give pages, by section. They may be used from any
// goroutine.
type archetypes struct {
	site *site.Site
	tree fs.FS
	mu   sync.Mutex
	of   map[string]frontmatter.Matter
}

func (a *archetypes) defaults(section string) frontmatter.Matter {
	a.mu.Lock()
	defer a.mu.Unlock()
	m, known := a.of[section]
	if !known {
		m, _ = a.site.Archetype(a.tree, section) // why there are none has been told
		a.of[section] = m
	}
	return m
}

// KeysOf returns what is asked for of the keys of a site's pages, and says what the site cannot
// have. Tree is the site's folder.
func KeysOf(k ledger.Keys, s *site.Site, tree fs.FS) (*Keys, error) {
	keys, err := ParseKeys(k)
	if err != nil {
		return nil, err
	}
	keys.site = s
	if k.Archetype == ledger.FromArchetypes {
		keys.archetypes = &archetypes{site: s, tree: tree, of: map[string]frontmatter.Matter{}}
	}
	return keys, keys.check()
}

// ParseKeys reads what is asked for of keys, and says what no site can have. They are of no site
// yet.
func ParseKeys(k ledger.Keys) (*Keys, error) {
	keys := &Keys{}
	for _, from := range slices.Sorted(maps.Keys(k.Rename)) {
		if err := keys.rename(from, k.Rename[from]); err != nil {
			return nil, fmt.Errorf("rename: %w", err)
		}
	}
	for _, key := range k.Drop {
		if err := keys.drop(key); err != nil {
			return nil, fmt.Errorf("drop: %w", err)
		}
	}
	if err := keys.addAll(k.Add); err != nil {
		return nil, fmt.Errorf("add: %w", err)
	}
	return keys, keys.clash()
}

func pathOf(key string) ([]string, error) {
	path := strings.Split(key, ".")
	if slices.Contains(path, "") {
		return nil, fmt.Errorf("%q: not a key; a dot parts it from its table", key)
	}
	return path, nil
}

func samePlace(a, b []string) bool { return slices.EqualFunc(a, b, strings.EqualFold) }

// errDraft says why drafts stay marked.
var errDraft = errors.New("draft: without it, drafts would be published")

func isDraft(path []string) bool { return samePlace(path, []string{"draft"}) }

func (k *Keys) drop(key string) error {
	path, err := pathOf(key)
	if err == nil && isDraft(path) {
		err = errDraft
	}
	k.dropped = append(k.dropped, path)
	return err
}

func (k *Keys) rename(from, to string) error {
	if to == "" {
		return k.drop(from)
	}
	old, err := pathOf(from)
	if err != nil {
		return err
	}
	fresh, err := pathOf(to)
	if err != nil {
		return err
	}
	if isDraft(old) {
		return errDraft
	}
	if isDraft(fresh) {
		return fmt.Errorf("%s: becomes draft, by which generators hide pages", from)
	}
	k.renamed = append(k.renamed, frontmatter.Renaming{From: old, To: fresh})
	return nil
}

// clash says which two of the keys cannot be had together.
func (k *Keys) clash() error {
	for i, r := range k.renamed {
		name := strings.Join(r.From, ".")
		if slices.ContainsFunc(k.dropped, func(d []string) bool { return samePlace(d, r.From) }) {
			return fmt.Errorf("%s: renamed and dropped", name)
		}
		for _, other := range k.renamed[i+1:] {
			if n := min(len(r.To), len(other.To)); samePlace(r.To[:n], other.To[:n]) {
				return fmt.Errorf("rename: %s and %s: both become %s", name, strings.Join(other.From, "."), strings.Join(r.To[:n], "."))
			}
		}
	}
	return nil
}

// addAll reads fields in YAML.
func (k *Keys) addAll(text string) error {
	m, _, err := frontmatter.Parse([]byte("---\n" + strings.TrimRight(text, "\n") + "\n---\n"))
	if err != nil {
		return err
	}
	for _, f := range m {
		path, err := pathOf(f.Key)
		if err != nil {
			return err
		}
		if err := k.add(path, f.Value); err != nil {
			return err
		}
	}
	return nil
}

// add adds a key, or those of a table.
func (k *Keys) add(path []string, value any) error {
	name := strings.Join(path, ".")
	if table, ok := value.(frontmatter.Matter); ok {
		for _, f := range table {
			if err := k.add(slices.Concat(path, []string{f.Key}), f.Value); err != nil {
				return err
			}
		}
		return nil
	}
	if slices.ContainsFunc(k.added, func(a addition) bool { return samePlace(a.path, path) }) {
		return fmt.Errorf("%s: here for the second time", name)
	}
	a := addition{path: path}
	var err error
	if a.value, err = valueOf(value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := a.check(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	one, _ := template.Examples()
	v, _ := a.value(one)
	a.tells = v == one.URL.String()
	k.added = append(k.added, a)
	return nil
}

// check says which of the keys the site cannot have.
func (k *Keys) check() error {
	for _, path := range slices.Concat(k.dropped, k.names()) {
		if why := k.site.Keys().Needs(path); why != "" {
			return fmt.Errorf("%s: %s", strings.Join(path, "."), why)
		}
	}
	for _, r := range k.renamed {
		if why := k.site.Keys().Refuses(r.To); why != "" {
			return fmt.Errorf("rename: %s: %s", strings.Join(r.To, "."), why)
		}
	}
	one, _ := template.Examples()
	for _, a := range k.added {
		if why := k.site.Keys().Refuses(a.path); why != "" {
			return fmt.Errorf("add: %s: %s", strings.Join(a.path, "."), why)
		}
		v, err := a.value(one)
		if err != nil || v == nil {
			continue // it has been checked
		}
		if why := k.site.Keys().Misfit(a.path, v); why != "" {
			return fmt.Errorf("add: %s: %s", strings.Join(a.path, "."), why)
		}
	}
	return nil
}

// names returns the keys that get other names.
func (k *Keys) names() (all [][]string) {
	for _, r := range k.renamed {
		all = append(all, r.From)
	}
	return all
}

// apply returns the fields of a page, which lies in a section, as they are asked for.
func (k *Keys) apply(m frontmatter.Matter, p blog.Post, section string) (frontmatter.Matter, error) {
	if k == nil {
		return m, nil
	}
	s := k.site.Keys()
	for _, path := range k.dropped {
		m = m.Without(s.Key(m, path))
	}
	renamed := slices.DeleteFunc(slices.Clone(k.renamed), func(r frontmatter.Renaming) bool { return !s.Takes(r.To, p.Branch) })
	m = m.Renamed(located(s, m, renamed))
	for _, a := range k.added {
		v, err := a.value(&p)
		if err != nil {
			return nil, fmt.Errorf("front matter: %s: %w", strings.Join(a.path, "."), err)
		}
		if isDraft(a.path) {
			if own, _ := m.At(a.path); own == true {
				v = true // no default publishes a draft
			}
		}
		if path := s.Key(m, a.path); v != nil && s.Takes(path, p.Branch) {
			m = m.Put(path, v)
		}
	}
	for _, key := range addresses {
		if v, ok := m.At([]string{key}); ok {
			if v = inside(key, v); v == "" {
				m = m.Without([]string{key})
			} else {
				m = m.Put([]string{key}, v)
			}
		}
	}
	if k.archetypes != nil {
		m = s.WithDefaults(m, k.without(k.archetypes.defaults(section)))
	}
	return m, nil
}

// without returns the defaults of an archetype but for the keys that are dropped.
func (k *Keys) without(m frontmatter.Matter) frontmatter.Matter {
	for _, path := range k.dropped {
		m = m.Without(k.site.Keys().Key(m, path))
	}
	return m
}

// located returns renamings of the fields of a page from where these are. One that is found in
// the table of the theme's keys stays there, if its new name says no table.
func located(s site.Keys, m frontmatter.Matter, all []frontmatter.Renaming) []frontmatter.Renaming {
	all = slices.Clone(all)
	for i, r := range all {
		from := s.Key(m, r.From)
		if len(from) > len(r.From) && len(r.To) == 1 {
			all[i].To = []string{from[0], r.To[0]}
		}
		all[i].From = from
	}
	return all
}

// Original returns the fields of a page by the names that replant gives them, where the page has
// none of that name itself.
func (k *Keys) Original(m frontmatter.Matter) frontmatter.Matter {
	if k == nil {
		return m
	}
	var back []frontmatter.Renaming
	for _, r := range k.renamed {
		if _, there := m.At(k.site.Keys().Key(m, r.From)); !there {
			back = append(back, frontmatter.Renaming{From: r.To, To: r.From})
		}
	}
	return m.Renamed(located(k.site.Keys(), m, back))
}

// Tells reports whether a key was added that says where a post is read.
func (k *Keys) Tells(key string) bool {
	return k != nil && slices.ContainsFunc(k.added, func(a addition) bool {
		return a.tells && strings.EqualFold(a.path[len(a.path)-1], key)
	})
}
