package site

import (
	"path"
	"strings"
	"time"

	"replant/frontmatter"
	"replant/migrate/regex"
)

// Linked is a page that links lead from or to.
type Linked struct {
	File string // the page's file, from the site's root
	// Slug is the last part of the page's address where its front matter says it; else empty.
	Slug string
	// Elsewhere says that its front matter names the whole address.
	Elsewhere bool
	Date      time.Time // zero where its front matter says none
}

// LinkedAt returns a page with what its front matter says of its address.
func LinkedAt(file string, m frontmatter.Matter) Linked {
	l := Linked{File: file, Date: dateOf(m)}
	if slug, ok := m.Get("slug"); ok {
		l.Slug, ok = slug.(string)
		l.Elsewhere = !ok
	}
	for _, key := range []string{"url", "path"} {
		if _, ok := m.Get(key); ok {
			l.Elsewhere = true
		}
	}
	return l
}

// Addresses knows where the pages of a site are published, as far as its configuration and the
// pages themselves say.
type Addresses struct{ site *Site }

// Addresses returns where the pages of the site are published.
func (s *Site) Addresses() Addresses { return Addresses{s} }

// Link returns how a link from one page to another is written: a path from where the one is
// published to where the other is, else by what the generator finds the page by. It is that
// always where ref is asked for, and where the site's configuration publishes pages elsewhere
// than their files lie. It is empty where there is none: between the pages of two languages,
// and for names that cannot stand in a page.
func (a Addresses) Link(from, to Linked, ref bool) string {
	here, okFrom := a.logical(from.File)
	there, okTo := a.logical(to.File)
	if !okFrom || !okTo {
		return ""
	}
	if !ref && a.isPublishedAt(from, here) && a.isPublishedAt(to, there) {
		return relative(withSlug(here, from.Slug), withSlug(there, to.Slug))
	}
	if strings.ContainsAny(to.File, " \"<>()[]`\\\n") {
		return ""
	}
	return a.site.Target.ref(there, strings.TrimPrefix(to.File, a.site.Content+"/"))
}

// Files returns the files of which one is the page that a link leads to, where the link is as
// [Addresses.Link] writes it; none for an address of the web. From is the page as it lay when
// the link was written.
func (a Addresses) Files(from Linked, address string) []string {
	address, _, _ = strings.Cut(address, "#")
	if file, ok := strings.CutPrefix(address, "@/"); ok {
		return []string{path.Join(a.site.Content, file)}
	}
	logical, ok := a.logical(from.File)
	if call, isRef := strings.CutPrefix(address, Relref); isRef {
		logical, _, _ = strings.Cut(strings.TrimPrefix(call, "/"), `"`)
	} else if ok = ok && strings.HasSuffix(address, "/") && !strings.HasPrefix(address, "/") && !strings.Contains(address, ":"); ok {
		logical = path.Join(withSlug(logical, from.Slug), address)
	}
	if !ok || logical == "" || strings.HasPrefix(logical, "..") {
		return nil
	}
	stem := path.Join(a.site.Content, logical)
	return []string{path.Join(stem, index), stem + ".md", path.Join(stem, branchIndex)}
}

// logical returns the path of a page without its file's name and ending, below the content
// folder. It is not ok for pages of other folders, and of other languages.
func (a Addresses) logical(file string) (string, bool) {
	rel, inside := strings.CutPrefix(file, a.site.Content+"/")
	dir, name := path.Split(rel)
	stem := strings.TrimSuffix(name, path.Ext(name))
	switch {
	case !inside || strings.Contains(stem, "."):
		return "", false
	case bundled().MatchString(name):
		return strings.TrimSuffix(dir, "/"), true
	}
	return dir + stem, true
}

// Name returns what a page is called by its path; empty where it has no name of its own.
func (a Addresses) Name(file string) string {
	logical, ok := a.logical(file)
	if !ok || logical == "" {
		return ""
	}
	return path.Base(logical)
}

// Section returns the section at the top in which a page lies; empty for one of none.
func (a Addresses) Section(file string) string {
	rel, inside := strings.CutPrefix(file, a.site.Content+"/")
	section, _, below := strings.Cut(rel, "/")
	if !inside || !below || bundled().MatchString(path.Base(file)) && strings.Count(rel, "/") == 1 {
		return "" // a bundle at the top is no section
	}
	return section
}

// plainPath is a path that both generators publish unchanged.
var plainPath = regex.Lazy(`^[a-z0-9]+(?:[-/][a-z0-9]+)*$`)

// isPublishedAt reports whether a page is published at its logical path.
func (a Addresses) isPublishedAt(l Linked, logical string) bool {
	section, _, _ := strings.Cut(logical, "/")
	return !l.Elsewhere && !a.site.lists.ugly && a.site.lists.permalinks[section] == "" && plainPath().MatchString(logical) &&
		(l.Slug == "" || plainPath().MatchString(l.Slug))
}

// IsAt reports whether a page is published at a path, as far as that is known by where its
// file lies.
func (a Addresses) IsAt(file, at string) bool {
	logical, ok := a.logical(file)
	return ok && strings.EqualFold(logical, at)
}

// Claims returns the files and folders that would be published at a path, or below it.
func (a Addresses) Claims(at string) []string {
	stem := path.Join(a.site.Content, at)
	return []string{stem, stem + ".md", path.Join(stem, index), path.Join(stem, branchIndex), path.Join(a.site.Static, at)}
}

// Published returns the path at which a page is published, with a slash at both ends, the
// site's base path in front: where its file lies, or where the configuration's pattern puts it;
// false where that, or the page itself, says more than is known here.
func (a Addresses) Published(l Linked) (string, bool) {
	logical, ok := a.logical(l.File)
	at := withSlug(logical, l.Slug)
	if ok && !a.isPublishedAt(l, logical) {
		at, ok = a.permalink(l, logical)
	}
	if !ok {
		return "", false
	}
	return a.site.Base + at + "/", true
}

// Slug returns what a page has to say as its slug so that the site's own pattern of addresses
// keeps that of its file; empty where it does by itself.
func (a Addresses) Slug(file string) string {
	logical, ok := a.logical(file)
	section, _, _ := strings.Cut(logical, "/")
	if pattern := a.site.lists.permalinks[section]; !ok || !strings.Contains(pattern, ":slug") || strings.Contains(pattern, ":slugor") {
		return ""
	}
	return path.Base(logical)
}

func withSlug(logical, slug string) string {
	if slug == "" {
		return logical
	}
	return path.Join(path.Dir(logical), slug)
}

// relative returns the path from one published page to another; both are folders.
func relative(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	up := strings.Repeat("../", len(a)-same)
	rest := strings.Join(b[same:], "/")
	if rest == "" {
		return up
	}
	return up + rest + "/"
}

// hugoRef calls Hugo's own shortcode, which fails a build that does not find the page.
func hugoRef(logical, _ string) string { return Relref + "/" + logical + `" >}}` }

// Relref is how a call of that shortcode begins, before the page in quotes.
const Relref = `{{< relref "`

// zolaRef names the file, which Zola looks up; a build fails that does not find it.
func zolaRef(_, file string) string { return "@/" + file }
