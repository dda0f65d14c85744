package migrate

import (
	"path"
	"strings"
	"sync"

	"replant/migrate/ledger"
)

// labels names the pages of a site as a person does: by the slug alone in the folder where
// most posts lie, with its folder elsewhere, and by the path where that is not enough.
type labels struct {
	ledger *ledger.Ledger
	home   func() string // with a slash at its end; "" for a site without posts
}

func newLabels(l *ledger.Ledger) *labels {
	return &labels{ledger: l, home: sync.OnceValue(func() string { return homeOf(l) })}
}

// homeOf returns the folder that most posts lie in or below, two of three at least, and as
// few others as can be.
func homeOf(l *ledger.Ledger) (home string) {
	counts := map[string]int{}
	for _, e := range l.Posts {
		for dir := path.Dir(nameOf(e.Path)); dir != "."; dir = path.Dir(dir) {
			counts[dir+"/"]++
		}
	}
	for dir, n := range counts {
		if 3*n >= 2*len(l.Posts) && len(dir) > len(home) {
			home = dir
		}
	}
	return home
}

// nameOf returns the path of a page without what every page ends with.
func nameOf(page string) string {
	name := strings.TrimSuffix(page, ".md")
	return strings.TrimSuffix(strings.TrimSuffix(name, "/index"), "/_index")
}

// of returns the label of a page.
func (l *labels) of(page string) string {
	for _, dir := range l.dirs() {
		label, below := strings.CutPrefix(nameOf(page), dir)
		if below && label != "" {
			if l.ambiguous(label, page) {
				return page
			}
			return label
		}
	}
	return page
}

// dirs returns the folders that labels leave out: that of most posts, and the one around it.
func (l *labels) dirs() []string {
	home := l.home()
	around := path.Dir(strings.TrimSuffix(home, "/")) + "/"
	switch {
	case home == "":
		return nil
	case around == "./":
		return []string{home}
	}
	return []string{home, around}
}

// ambiguous reports whether a label is that of another page too.
func (l *labels) ambiguous(label, page string) bool {
	for _, dir := range l.dirs() {
		for _, end := range []string{".md", "/index.md", "/_index.md"} {
			if name := dir + label + end; name != page && l.ledger.At(name) != nil {
				return true
			}
		}
	}
	return false
}
