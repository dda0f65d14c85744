package source

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/source/wptext"
)

// builtBy has the body of a post made of Elementor's data. Elementor keeps a plain copy of its
// texts as the post's content, which is what shows where the post is edited without it again:
// sure says that it is not.
func (i *Item) builtBy(data string, sure bool, shelf wptext.Library) {
	content := i.body
	if blog.IsBlank(content) {
		i.body = data
	}
	i.readable = func(string) (string, []string) {
		text, losses, ok := wptext.Elementor(data, shelf)
		switch {
		case !ok && !sure && !blog.IsBlank(content), ok && !sure && !holds(text, content):
			return wptext.Readable(content), nil
		case !ok:
			return wptext.Readable(content), []string{"what Elementor keeps of the post, which cannot be read"}
		}
		return text, losses
	}
}

// apart are the fields in which page builders keep a post that are not read: nearly all keep its
// text as the post's content too.
var apart = []struct{ field, builder string }{
	{"_fl_builder_data", "Beaver Builder"}, {"panels_data", "SiteOrigin"}, {"_bricks_page_content_2", "Bricks"}, {"ct_builder_json", "Oxygen"}, {"ct_builder_shortcodes", "Oxygen"},
	{"brizy", "Brizy"}, {"_breakdance_data", "Breakdance"}, {"tve_updated_post", "Thrive"}, {"vcv-pageContent", "Visual Composer"}, {"_cornerstone_data", "Cornerstone"},
}

// keptApart says which builder keeps the text of a post that has no content.
func keptApart(meta map[string]string) []string {
	for _, a := range apart {
		if meta[a.field] != "" {
			return []string{"the text of the post, which " + a.builder + " keeps in a form of its own"}
		}
	}
	return nil
}

// holds reports whether a text has all the words of another one.
func holds(text, other string) bool {
	words := map[string]int{}
	for w := range strings.FieldsFuncSeq(opening(text, len(text)), isNoLetter) {
		words[w]++
	}
	for w := range strings.FieldsFuncSeq(opening(other, len(other)), isNoLetter) {
		if words[w]--; words[w] < 0 {
			return false
		}
	}
	return true
}

func isNoLetter(r rune) bool { return !blog.IsAlphanumeric(r) }

// cover returns the picture that a post names by its number in the library; nil where there is
// none. One that the export does not hold is a loss of the post.
func (l *library) cover(p *blog.Post, id string, base *url.URL) *url.URL {
	n := number64(id)
	if n <= 0 {
		return p.Cover
	}
	if file, ok := l.file(id); ok {
		if u := blog.Resolve(base, file.URL); u != nil {
			return u
		}
	}
	p.Losses = append(p.Losses, "the cover, which the export does not hold: "+strings.TrimSpace(id))
	return p.Cover
}

// wordpressBuilders removes what page builders do not show: parts that are switched off, and
// pictures that stand for others on smaller screens.
func wordpressBuilders(body *html.Node) {
	for n := range dom.Standing(body, dom.Class(wptext.HiddenClass, wptext.CopyClass)) {
		if dom.HasClass(n, wptext.HiddenClass) {
			clean.Drop(n, clean.Unseen)
		} else {
			clean.Drop(n, clean.Twin)
		}
	}
}
