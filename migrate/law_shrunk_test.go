package migrate_test

import (
	"regexp"
	"strings"

	"replant/frontmatter"
)

// sourceGetsWorse lets a server give less of a blog's posts.
func (h *history) sourceGetsWorse() {
	b, _ := pick(h, h.blogs)
	b.mood, _ = pick(h, []mood{teasers, teasers, hollow, blocked, blocked, barren})
	if h.rehosted && b.mood != blocked && b.mood != barren {
		b.mood = "" // no run has met the posts under their new names, and of these little is left to know them by
		return
	}
	h.tell("%s gives %s", b.address, b.mood)
}

// sourcesAreWhole lets all servers give all of the posts again.
func (h *history) sourcesAreWhole() {
	for _, b := range h.blogs {
		b.mood = ""
	}
	h.tell("the feeds are whole")
}

// version is what the first paragraph of a post says behind its teaser.
var version = regexp.MustCompile(`version v\d+v`)

// texts gives the pages that show the text of a post, by path: for those that the ledger
// does not know the line that says whose they are. What a run that died has left of a post
// that nothing remembers goes.
func (h *history) texts() map[string]string {
	all, memory := map[string]string{}, h.memory()
	for _, name := range h.markdown() {
		text := h.read(name)
		if !version.MatchString(text) {
			continue
		}
		all[name] = "---"
		if memory.At(name) == nil {
			all[name] = sourceLine.FindString(text)
		}
	}
	return all
}

var sourceLine = regexp.MustCompile(`(?m)^(?:  source|  original|from|origin): .*$`)

// keepsTexts checks that no page which had a text lost it in a run: whatever the source had
// of it, only an edit of its author's changes it.
func (h *history) keepsTexts(had map[string]string) {
	h.Helper()
	for name, whose := range had {
		text := h.read(name)
		if lost := !version.MatchString(text); lost && (whose == "---" || strings.Contains(text, whose)) {
			h.Errorf("%s has lost its text:\n%s", name, text)
		}
	}
}

// bare tells whether a page was made of nothing, or of a page for browsers: the first of a
// post that there was. Its author may have written on it.
func bare(page string) bool {
	_, body, err := frontmatter.Parse([]byte(page))
	text := ownLine.ReplaceAllString(string(body), "")
	return err == nil && (strings.TrimSpace(text) == "" || strings.Contains(text, "Just a moment"))
}
