package migrate_test

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"replant/migrate"
	"replant/migrate/ledger"
)

// ownLine is what the author adds to a file, each a line of its own.
var ownLine = regexp.MustCompile(`My own line \d+\.`)

// authorEdits changes a page, in its text or its front matter, or a picture.
func (h *history) authorEdits() {
	name, ok := pick(h, h.ours())
	if !ok {
		return
	}
	text, own := h.read(name), fmt.Sprintf("My own line %d.", len(h.story))
	head, body, matter := strings.Cut(text, "\n---\n")
	switch matter = matter && strings.HasSuffix(name, ".md"); {
	case matter && h.IntN(4) == 0:
		text = strings.Replace(text, "---\n", fmt.Sprintf("---\nmine%d: %q # and a note\n", len(h.story), own), 1)
	case matter && h.IntN(4) == 0 && strings.Contains(head, "\ntags: ["):
		text = strings.Replace(text, "\ntags: [", fmt.Sprintf("\ntags: [%q, ", own), 1)
	case matter && h.IntN(2) == 0:
		lines := strings.SplitAfter(body, "\n")
		lines = slices.Insert(lines, h.IntN(len(lines)), own+"\n")
		text = head + "\n---\n" + strings.Join(lines, "")
	default:
		text += "\n" + own + "\n"
	}
	h.authorWrites(name, text)
}

// authorWrites is the author writing a file: a page may be merged from now on, any other
// stays as it is.
func (h *history) authorWrites(name, text string) {
	h.write(name, text)
	if strings.Contains(h.read(ledger.JournalName), name) {
		h.messy[name] = true
	}
	h.edited[name] = true
	for _, own := range ownLine.FindAllString(text, -1) {
		h.own[own] = true
	}
	if !isPage(name, text) {
		h.author[name] = text
	}
	h.tell("the author writes %s: %q", name, ownLine.FindAllString(text, -1))
}

// isPage tells whether a file is one that replant merges.
func isPage(name, text string) bool {
	return strings.HasSuffix(name, ".md") && (marker.MatchString(text) || sourceLine.MatchString(text))
}

// disown takes back the author's lines of a file that the author gives up.
func (h *history) disown(name string) {
	for _, own := range ownLine.FindAllString(h.read(name), -1) {
		delete(h.own, own)
	}
	delete(h.author, name)
	delete(h.edited, name)
	delete(h.spared, name)
}

// ours lists the pages and pictures in the site.
func (h *history) ours() []string {
	names := slices.Sorted(maps.Keys(files(h, h.site)))
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, ".") || name == configuration })
}

// configuration is the site's own.
const configuration = "hugo.toml"

// authorChangesTheme gives the site another theme, or its first.
func (h *history) authorChangesTheme() {
	theme := []string{"PaperMod", "blowfish", "congo", "nobody-knows"}[h.whims.IntN(4)]
	text := fmt.Sprintf("theme = %q\n", theme)
	h.write(configuration, text)
	h.author[configuration] = text
	h.tell("the author takes the theme %s", theme)
}

// authorChangesKeys has replant.yaml say something else of the keys of front matter.
func (h *history) authorChangesKeys() {
	all := []migrate.Keys{
		{},
		{Rename: map[string]string{"source": "original"}, Add: "weight: 10\n"},
		{Rename: map[string]string{"params.source": "from", "tags": "params.topics"}, Drop: []string{"guid", "aliases"}},
		{Add: "tags: ['{{ .Tags }}', blog]\ndescription: 'On {{ .Title }}'\nparams: {lang: en, when: '{{ .Date }}'}\n"},
		{Drop: []string{"source", "guid"}, Add: "origin: '{{ .URL }}'\ndraft: false\n"},
	}
	keys := all[h.whims.IntN(len(all))]
	for i := range h.feeds {
		h.feeds[i].Keys = keys
	}
	h.tell("the author asks for the keys %+v", keys)
}

// authorDeletes deletes a file that the last whole run knew.
func (h *history) authorDeletes() {
	var known []string
	for _, e := range h.memory().Posts {
		if e.Page != "" {
			known = append(known, e.Path)
		}
		for _, a := range e.Assets {
			known = append(known, a.File)
		}
	}
	journal := h.read(ledger.JournalName)
	known = slices.DeleteFunc(known, func(name string) bool {
		return h.read(h.where(name)) == "" || strings.Contains(journal, name) // a run that died has it in hand
	})
	name, ok := pick(h, known)
	if !ok {
		return
	}
	now := h.where(name)
	h.disown(now)
	h.remove(now)
	h.author[now], h.author[name] = "", ""
	h.tell("the author deletes %s", now)
}

// where gives where a file of the ledger's lies now that its author has moved it.
func (h *history) where(name string) string {
	for h.read(name) == "" && h.places[name] != "" {
		name = h.places[name]
	}
	return name
}

// authorMoves puts a page in another place: a folder with all that is in it, or a file.
func (h *history) authorMoves() {
	pages := slices.DeleteFunc(h.ours(), func(name string) bool { return !isPage(name, h.read(name)) })
	name, ok := pick(h, pages)
	if !ok {
		return
	}
	section, _ := pick(h, []string{"posts", "notes", "deep/er"})
	to := fmt.Sprintf("content/%s/moved-%d", section, len(h.story))
	if path.Base(name) != "index.md" {
		h.authorMovesFile(name, to+".md")
		return
	}
	dir := path.Dir(name) + "/"
	for _, file := range h.ours() {
		if strings.HasPrefix(file, dir) {
			h.authorMovesFile(file, to+"/"+strings.TrimPrefix(file, dir))
		}
	}
	for file, text := range maps.Clone(h.author) {
		if text == "" && strings.HasPrefix(file, dir) { // deleted is deleted
			h.author[to+"/"+strings.TrimPrefix(file, dir)] = ""
			h.places[file] = to + "/" + strings.TrimPrefix(file, dir)
		}
	}
}

func (h *history) authorMovesFile(from, to string) {
	journal := h.read(ledger.JournalName)
	h.write(to, h.read(from))
	h.remove(from)
	h.places[from], h.moved[to] = to, true
	if text, ok := h.author[from]; ok {
		h.author[to] = text
		delete(h.author, from)
	}
	for _, marks := range []map[string]bool{h.edited, h.spared, h.messy} {
		if marks[from] {
			marks[to] = true
			delete(marks, from)
		}
	}
	if strings.Contains(journal, from) {
		h.messy[to], h.edited[to] = true, true
	}
	h.tell("the author moves %s to %s", from, to)
}

// conflicts gives the posts that wait for their author.
func (h *history) conflicts() []*ledger.Entry {
	all := files(h, h.site)
	return slices.DeleteFunc(h.memory().Posts, func(e *ledger.Entry) bool {
		return e.Conflict == "" || sumOf(all, ".replant/conflict/"+e.Path) != e.Conflict
	})
}

// authorTakesTheSource settles a conflict: the page is the source's again.
func (h *history) authorTakesTheSource() {
	if e, ok := pick(h, h.conflicts()); ok && h.places[e.Path] == "" {
		now := h.where(e.Path)
		h.disown(now)
		h.forgivePictures(now)
		h.write(now, h.read(".replant/conflict/"+e.Path))
		h.tell("the author takes the source's %s", now)
	}
}

// forgivePictures takes back the deletion of pictures of a page that its author gives up: if
// the source's version does not show them, nobody remembers it.
func (h *history) forgivePictures(page string) {
	h.forgive(func(name string) bool { return path.Dir(name) == path.Dir(page) && !strings.HasSuffix(name, ".md") })
}

// authorSettles settles a conflict by a word.
func (h *history) authorSettles() {
	e, ok := pick(h, h.conflicts())
	if !ok || h.litter || h.where(e.Path) != e.Path {
		return
	}
	choice := "mine"
	if h.IntN(2) == 0 {
		choice = "source"
		h.disown(e.Path)
		h.forgivePictures(e.Path)
	}
	h.choose(choice, e.Path)
	h.edited[e.Path] = h.edited[e.Path] || choice == "mine"
	h.tell("the author settles %s: %s", e.Path, choice)
}

// authorMakesAFile puts a file where a post or a picture may want to be.
func (h *history) authorMakesAFile() {
	word, _ := pick(h, words)
	name := path.Join("content/posts", word, "index.md")
	if h.IntN(2) == 0 {
		name = path.Join("content/posts", word, fmt.Sprintf("pic-%d.png", h.shown+1))
	}
	if h.read(name) == "" {
		h.authorWrites(name, fmt.Sprintf("A file of mine, %d.\n", len(h.story)))
	}
}

// memoryIsLost deletes what replant remembers of the site, when that is up to date: from
// now on every page in it is its author's, and what was deleted comes back.
func (h *history) memoryIsLost() {
	h.ran(h.run(refresh))
	if h.litter || len(h.conflicts()) > 0 {
		return
	}
	if err := h.site.RemoveAll(ledger.Dir); err != nil {
		h.Fatal(err)
	}
	h.forget()
	h.forgive(func(string) bool { return true })
	for _, name := range h.ours() {
		h.edited[name] = true
	}
	h.tell("the memory is lost")
	h.wholeRun()
}
