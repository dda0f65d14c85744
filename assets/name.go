package assets

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/gosimple/unidecode"

	"replant/migrate/regex"
)

// nameMost is the most bytes a file's name has.
const nameMost = 80

// unnamed is what a picture is called whose address says nothing.
const unnamed = "image"

// called returns what a file is called by its address, the ending that this gives it, and
// whether the name tells a person anything: by the original behind it where there is one, so
// that the name does not hang on which was in reach.
func (s *store) called(a address) (name, ext string, tells bool) {
	if a.url == nil {
		return unnamed, "", false
	}
	best := s.candidates(a.url)[0]
	switch ext = strings.ToLower(path.Ext(lastSegment(best))); {
	case ext == ".jpeg":
		ext = ".jpg"
	case !ending(ext):
		ext = ""
	}
	return stem(best), ext, telling(lastSegment(best))
}

// stem makes a readable name of the last part of an address's path: small letters,
// digits, dash and underscore; text in other scripts is transliterated. It is never
// empty, no name that generators or Windows give a meaning of its own.
func stem(u *url.URL) string {
	last := lastSegment(u)
	if ext := path.Ext(last); ending(ext) {
		last = strings.TrimSuffix(last, ext)
	}
	if len(last) > 4*nameMost {
		last = last[:4*nameMost]
	}
	name := strings.ToLower(unidecode.Unidecode(last))
	name = strings.Trim(unnameable().ReplaceAllString(name, "-"), "-_")
	if name == "" || special().MatchString(name) {
		name = strings.TrimSuffix(unnamed+"-"+name, "-")
	}
	return name
}

var (
	unnameable = regex.Lazy(`[^a-z0-9_]+`)
	// special are the names of pages and of devices.
	special = regex.Lazy(`^(index|con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
)

// lastSegment returns what stands behind the last slash of a path, decoded or not: CDNs
// put whole addresses into one segment.
func lastSegment(u *url.URL) string {
	p := u.Path
	if again, err := url.PathUnescape(p); err == nil {
		p = again
	}
	if i := strings.IndexAny(p, "?#"); i >= 0 {
		p = p[:i]
	}
	p = strings.TrimRight(p, "/")
	return p[strings.LastIndexByte(p, '/')+1:]
}

// names hands out file names, none twice in a folder. It goes by content and by order
// alone, so that a page has the same names on every machine.
type names struct {
	used   map[string]bool   // in small letters: some file systems know no others
	of     map[string]string // a content's hash to its name
	taken  map[string]bool   // names of others
	hashOf func(name string) string
}

func newNames(o Options) *names {
	n := &names{used: map[string]bool{}, of: map[string]string{}, taken: map[string]bool{}, hashOf: o.HashOf}
	for _, name := range o.Taken {
		n.used[strings.ToLower(name)], n.taken[name] = true, true
	}
	return n
}

// keep notes a name that a content has already.
func (n *names) keep(name, hash string) {
	n.used[strings.ToLower(name)] = true
	if n.of[hash] == "" {
		n.of[hash] = name
	}
}

// give names a content: as its stem says, and by its hash too where another content
// has that name. What lies there under the name that its former stem gives it keeps that.
func (n *names) give(stem, former, ext, hash string) string {
	if name := n.of[hash]; name != "" {
		return name
	}
	if name := fit(former, "", ext); former != stem && n.same(name, hash) {
		n.keep(name, hash)
		return name
	}
	name := fit(stem, "", ext)
	for i := 1; n.used[name] && !n.same(name, hash); i++ {
		suffix := "-" + hash[:8]
		if i > 1 {
			suffix += "-" + strconv.Itoa(i)
		}
		name = fit(stem, suffix, ext)
	}
	n.keep(name, hash)
	return name
}

// reserve keeps a name free for a content that has not come.
func (n *names) reserve(stem, ext string) {
	if ext != "" {
		n.used[strings.ToLower(fit(stem, "", ext))] = true
	}
}

// same reports whether a taken name is that of the very content: it was brought before, and
// forgotten.
func (n *names) same(name, hash string) bool {
	return n.taken[name] && n.hashOf != nil && n.hashOf(name) == hash
}

// fit joins the parts of a name and cuts the stem where it would be too long.
func fit(stem, suffix, ext string) string {
	if room := nameMost - len(suffix) - len(ext); len(stem) > room {
		stem = strings.TrimRight(stem[:room], "-_")
	}
	return stem + suffix + ext
}
