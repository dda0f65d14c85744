package migrate_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// sound checks what holds after any run that was not killed.
func (h *history) sound() {
	h.Helper()
	all := files(h, h.site)
	h.authorsFiles()
	h.onePageAPost(all)
	h.ledgerIsRight(all)
	h.noneSwallowed()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		root, _, _ := strings.Cut(name, "/")
		switch {
		case root != "content" && root != "static" && root != ledger.Dir && root != configuration:
			h.Errorf("%s is outside", name)
		case strings.HasPrefix(name, plan.TempDir) && !h.litter, name == ledger.JournalName:
			h.Errorf("%s was left", name)
		}
	}
}

// authorsFiles checks that all is as the author left it: each line that the author wrote
// is in the site, in one file, and what is not merged is what it was.
func (h *history) authorsFiles() {
	h.Helper()
	all := files(h, h.site)
	for name, want := range h.author {
		if got := all[name]; got != want {
			h.Errorf("the author left %s as %q, it became %q", name, want, got)
		}
	}
	found := map[string]int{}
	for name, text := range all {
		if root, _, _ := strings.Cut(name, "/"); root == "content" || root == "static" {
			for _, own := range ownLine.FindAllString(text, -1) {
				found[own]++
			}
		}
	}
	for own := range h.own {
		if found[own] != 1 {
			h.Errorf("the author wrote %q, and it is there %d times", own, found[own])
		}
	}
}

// touched tells whether the author had a hand in a file.
func (h *history) touched(name string) bool {
	_, wrote := h.author[name]
	return wrote || h.spared[name] || h.edited[name]
}

var marker = regexp.MustCompile(`m(\d+)m`)

// onePageAPost checks that no post has two pages and no page two posts.
func (h *history) onePageAPost(all map[string]string) {
	h.Helper()
	pageOf, memory := map[string]string{}, h.memory()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !strings.HasPrefix(name, "content/") || !strings.HasSuffix(name, ".md") {
			continue
		}
		posts := marker.FindAllString(all[name], -1)
		if len(posts) > 1 || len(posts) == 0 && h.author[name] == "" && !bare(all[name]) {
			h.Errorf("%s is of the posts %v", name, posts)
		}
		if e := memory.At(name); h.messy[name] && (e == nil || e.Page == "") {
			continue // a run that died left it, and then the author made it his own
		}
		for _, p := range posts {
			if other := pageOf[p]; other != "" {
				h.Errorf("post %s has two pages, %s and %s", p, other, name)
			}
			pageOf[p] = name
		}
	}
}

// ledgerIsRight checks every hash of the ledger against what lies in the site, and that
// it knows all that lies there.
func (h *history) ledgerIsRight(all map[string]string) {
	h.Helper()
	h.known = map[string]bool{ledger.Name: true}
	for _, e := range h.memory().Posts {
		h.known[e.Path] = true
		if e.Page == "" && e.Trouble != "" {
			continue // it has been left out
		}
		if took := e.Conflict != "" && sumOf(all, h.where(e.Path)) == e.Conflict; !took {
			h.same(all, e.Path, e.Page)
		}
		h.same(all, ".replant/conflict/"+e.Path, e.Conflict)
		h.known[".replant/base/"+e.Path] = true
		if _, there := all[h.where(e.Path)]; there { // else its author has deleted it
			h.same(all, ".replant/base/"+e.Path, e.Page)
		}
		for _, a := range e.Assets {
			h.same(all, a.File, a.Hash)
		}
	}
	for name := range all {
		if !h.known[name] && !strings.HasPrefix(name, plan.TempDir) && !h.touched(name) && !h.moved[name] {
			h.Errorf("%s is nobody's", name)
		}
	}
}

// noneSwallowed checks that no page of a post lies in the folder of another: generators would take
// it for a part of that.
func (h *history) noneSwallowed() {
	h.Helper()
	posts := h.memory().Posts
	for _, e := range posts {
		folder, isBundle := strings.CutSuffix(e.Path, "index.md")
		for _, other := range posts {
			if isBundle && other != e && strings.HasPrefix(other.Path, folder) {
				h.Errorf("%s lies in the folder of %s", other.Path, e.Path)
			}
		}
	}
}

// same checks that a file is the one that the ledger knows.
func (h *history) same(all map[string]string, name, hash string) {
	h.Helper()
	h.known[name] = true
	name = h.where(name)
	if !h.touched(name) && sumOf(all, name) != hash {
		h.Errorf("%s has the hash %.8q, the ledger %.8q", name, sumOf(all, name), hash)
	}
}

// sumOf gives a file's hash; empty where there is no file.
func sumOf(all map[string]string, name string) string {
	text, ok := all[name]
	if !ok {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

var (
	awayLink = regexp.MustCompile(`\]\((https://[^)]+)\)`)
	pageLink = regexp.MustCompile(`\]\((\.\./[^)]+)\)`)
)

// linked checks that links which lead to the old address of a post do so since its page is
// not there, and that others lead to a page where the ledger knows one.
func (h *history) linked() {
	h.Helper()
	memory := h.memory()
	for _, e := range memory.Posts {
		page := h.where(e.Path)
		if e.Conflict != "" || e.Page == "" || page != e.Path || h.touched(e.Path) {
			continue // or its author has moved it and no run has seen that
		}
		for _, link := range pageLink.FindAllStringSubmatch(h.read(page), -1) {
			to := path.Join(strings.TrimSuffix(strings.TrimSuffix(page, "/index.md"), ".md"), link[1])
			if memory.At(to+"/index.md") == nil && memory.At(to+".md") == nil {
				h.Errorf("%s links to %s, where no page is", page, to)
			}
		}
		for _, link := range awayLink.FindAllStringSubmatch(h.read(page), -1) {
			for _, to := range memory.Find([]string{"url:" + strings.TrimPrefix(link[1], "https://")}) {
				if there := to.Path; to != e && to.Page != "" && sumOf(files(h, h.site), there) != "" {
					h.Errorf("%s links to %s, which is %s", page, link[1], there)
				}
			}
		}
	}
}

// upToDate checks that every post that its feed shows first has a page of its latest
// version, unless the author has had a hand in it.
func (h *history) upToDate() {
	h.Helper()
	memory := h.memory()
	for _, b := range h.blogs {
		if b.mood != "" {
			continue
		}
		for _, p := range b.posts[:min(b.size, len(b.posts))] {
			name := "url:" + strings.TrimPrefix(p.link, "https://")
			found := memory.Find([]string{name})
			if len(found) != 1 {
				h.Errorf("post %d has %d entries", h.number(p), len(found))
				continue
			}
			page := h.where(found[0].Path)
			if h.touched(page) || h.touched(found[0].Path) {
				continue
			}
			text, _, _ := strings.Cut(strings.TrimPrefix(p.body, "<p>"), "</p>")
			// A page that a move to another host would change by its address alone keeps the old one.
			address := func(n string) bool {
				return strings.HasPrefix(n, "url:") && strings.Contains(h.read(page), "https://"+n[len("url:"):])
			}
			if !slices.ContainsFunc(found[0].Names, address) {
				h.Errorf("post %d has no address:\n%s", h.number(p), h.read(page))
			}
			for _, want := range []string{text, fmt.Sprintf("title: %q", p.title)} {
				if got := h.read(page); !strings.Contains(got, want) {
					h.Errorf("post %d lacks %q:\n%s", h.number(p), want, got)
				}
			}
		}
	}
}
