package proof

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// Conserve says what of a source is neither in the neutral DOM that was made of it nor
// among what was removed from it for a reason: words, addresses, embeds and languages of
// code. It says too which embeds the DOM has beside the link that they were made of. It
// takes time in step with the source's length.
func Conserve(source blog.Source, body *html.Node, removed []blog.Removal) Report {
	has := newHoldings(nil)
	has.readTree(body)
	for _, r := range removed {
		has.spent = spent[r.Reason]
		has.readTree(r.Node)
	}
	had := newHoldings(has)
	had.readSource(source)
	var f findings
	lostWords(&f, &had.words, &has.words)
	lostAddresses(&f, &had.addresses, has, body)
	lostEmbeds(&f, had, has)
	for _, name := range had.languages.lost(&has.languages) {
		f.find(Lost, Languages, name)
	}
	return f.report()
}

// spent are the reasons for which the markup of an embed is removed. It shows only where
// the embed stays.
var spent = map[string]bool{"the markup of an embed that stays": true, "never shown": true}

// lostWords finds the words that are gone. Words stand in the same order nearly always;
// behind the first difference they are counted.
func lostWords(f *findings, had, has *words) {
	if len(had.spans) == 0 {
		return
	}
	has.readAll()
	seed := maphash.MakeSeed()
	left := make(map[uint64]int, len(has.spans))
	for i := range has.spans {
		left[maphash.Bytes(seed, has.word(i))]++
	}
	var gone []int
	for i := range had.spans {
		if h := maphash.Bytes(seed, had.word(i)); left[h] > 0 {
			left[h]--
		} else {
			gone = append(gone, i)
		}
	}
	if len(gone) == 0 {
		return
	}
	var spare []byte // words that only the DOM has
	for i := range has.spans {
		if h := maphash.Bytes(seed, has.word(i)); left[h] > 0 {
			left[h]--
			spare = append(spare, has.word(i)...)
		}
	}
	last := -1
	for _, i := range gone {
		if spelled, rest := within(spare, had.word(i)); spelled {
			spare = rest
			continue
		}
		if i != last+1 {
			f.stop()
		}
		f.goOn(Lost, Words, string(had.word(i)))
		last = i
	}
}

// within reports whether a word that is not among the DOM's own is a part of them, or made
// of some: where tags between letters go, words part or join. It looks near the place
// where the last one was, and returns what is behind the word.
func within(spare, word []byte) (bool, []byte) {
	const near = 1 << 10
	i := bytes.Index(spare[:min(len(spare), near+len(word))], word)
	if i < 0 {
		return false, spare
	}
	return true, spare[i+len(word):]
}

// lostAddresses finds the addresses that are gone. One in a shortcode that is left as text is not.
func lostAddresses(f *findings, had *addresses, has *holdings, body *html.Node) {
	if len(had.order) == 0 {
		return
	}
	kept := make(map[string]bool, len(has.addresses.known))
	for a := range has.addresses.known {
		kept[keyOf(a)] = true
	}
	links := map[string]bool{}
	for _, a := range had.order {
		links[keyOf(a.spelled)] = links[keyOf(a.spelled)] || a.link
	}
	said := sync.OnceValue(func() map[string]bool { return addressesIn(body) })
	for _, a := range had.order {
		key, kind := keyOf(a.spelled), Addresses
		if links[key] {
			kind = Links
		}
		if !kept[key] && leads(a.spelled) && (!a.marked || !said()[keyOf(a.spelled)]) && !has.embeds.has(embedding{names: []string{strings.TrimSpace(a.spelled)}}) {
			f.find(Lost, kind, strings.TrimSpace(a.spelled))
		}
		kept[key] = true
	}
}

// addressesIn returns the addresses that the text of a tree shows, by key.
func addressesIn(body *html.Node) map[string]bool {
	said := map[string]bool{}
	if body == nil {
		return said
	}
	for _, addr := range addressIn.FindAllString(dom.Text(body), -1) {
		said[keyOf(addr)] = true
	}
	return said
}

// lostEmbeds finds the embeds that are gone, and those that stand beside the quote which
// they were made of, with its link.
func lostEmbeds(f *findings, had, has *holdings) {
	for _, e := range had.embeds.list {
		if len(e.names) > 0 && !has.embeds.has(e) {
			f.find(Lost, Embeds, e.names[0])
		}
	}
	if !has.embeds.quoted {
		return
	}
	were, are := had.addresses.pages(), has.addresses.pages()
	for _, page := range has.embeds.made {
		if key := bare(page); were[key] > 0 && are[key] >= were[key] {
			f.find(Added, Embeds, page)
		}
	}
}

// has reports whether an embed of a source is there: by its address, or by an id that is
// part of its address. No browser plays Flash any more, so that a link to it shows
// nothing.
func (m *embeds) has(e embedding) bool {
	if slices.ContainsFunc(e.plays, func(at string) bool { return m.shown[keyOf(at)] }) {
		return true // what a player played stays, in one of today
	}
	for _, name := range e.names {
		if key := keyOf(name); m.shown[key] && !e.flash || m.played[key] {
			return true
		}
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return !blog.IsAlphanumeric(r) && r != '-' && r != '_' }) {
			if m.ids[part] {
				return true
			}
		}
	}
	return false
}

// words are those of texts, one behind the other, that were not met yet. Those of a tree
// are read as they are wanted.
type words struct {
	text  []byte
	spans []span
	rest  []string // the texts that were not read
	apart bool     // words differ from here on
}

func (w *words) word(i int) []byte { return w.text[w.spans[i].from:w.spans[i].to] }

// keep adds a text to those of a tree.
func (w *words) keep(s string) {
	if strings.TrimSpace(s) != "" {
		w.rest = append(w.rest, s)
	}
}

// readAll reads the texts that are left.
func (w *words) readAll() {
	for ; len(w.rest) > 0; w.rest = w.rest[1:] {
		addWords(w, w.rest[0])
	}
}

// meet adds a text of a source and takes away, on both sides, the words that it has in
// common with its tree: most often all, in the same text.
func (w *words) meet(s string, tree *words) {
	if w.apart {
		addWords(w, s)
		return
	}
	if len(tree.rest) > 0 && len(w.spans) == 0 && len(tree.spans) == 0 && s == tree.rest[0] {
		tree.rest = tree.rest[1:]
		return
	}
	addWords(w, s)
	for {
		n := 0
		for n < len(w.spans) && n < len(tree.spans) && bytes.Equal(w.word(n), tree.word(n)) {
			n++
		}
		w.drop(n)
		tree.drop(n)
		if len(w.spans) == 0 || len(tree.spans) > 0 || len(tree.rest) == 0 {
			break
		}
		addWords(tree, tree.rest[0])
		tree.rest = tree.rest[1:]
	}
	w.apart = len(w.spans) > 0
}

// drop forgets the first words.
func (w *words) drop(n int) {
	if n == len(w.spans) {
		w.spans, w.text = w.spans[:0], w.text[:0]
		return
	}
	w.spans = w.spans[n:]
}

// end ends the word whose text was added last.
func (w *words) end(from int) {
	if to := len(w.text); to > from {
		w.spans = append(w.spans, span{int32(from), int32(to)})
	}
}

// addWords adds the words of a text: runs of letters and digits.
func addWords(w *words, s string) {
	from := len(w.text)
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && alnum[s[i]] {
			i++
		}
		if i > start {
			w.text = append(w.text, s[start:i]...)
			continue
		}
		if s[i] < utf8.RuneSelf {
			w.end(from)
			from = len(w.text)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case blog.IsAlphanumeric(r), unicode.IsMark(r) && !unseen(r):
			w.text = append(w.text, s[i:i+n]...)
		case !unseen(r):
			w.end(from)
			from = len(w.text)
		}
		i += n
	}
	w.end(from)
}

// alnum are the letters and digits of ASCII.
var alnum = func() (is [256]bool) {
	for c := range utf8.RuneSelf {
		is[c] = blog.IsAlphanumeric(rune(c))
	}
	return is
}()

// languages are those that the code of a source, or of a tree, is declared to be in.
type languages struct {
	blocks  []string        // of a source: the names that may stand for a block of code, parted by spaces
	spoken  map[string]bool // of a tree
	boxed   []string        // names on the elements that begin right before the next tag
	inBlock bool            // a pre begins right before the next tag: its code names the language too
}

// openSource reads a tag of a source.
func (l *languages) openSource(tag string, attrs []html.Attribute) {
	switch {
	case slices.Contains(wrappers, tag):
		l.boxed = append(l.boxed, declared(tag, attrs)...)
	case tag == "pre":
		l.blocks = append(l.blocks, strings.Join(append(l.boxed, declared(tag, attrs)...), " "))
		l.endBlock()
		l.inBlock = true
	case tag == "code" && l.inBlock:
		l.blocks[len(l.blocks)-1] += " " + strings.Join(declared(tag, attrs), " ")
		l.endBlock()
	case tag == "code":
		l.blocks = append(l.blocks, strings.Join(declared(tag, attrs), " "))
		l.endBlock()
	default:
		l.endBlock()
	}
}

// wrappers are the elements that highlighters put around code.
var wrappers = []string{"div", "figure", "section", "span", "td", "tr", "tbody", "table"}

// endBlock ends the block of code, so that the next tag begins another.
func (l *languages) endBlock() { l.boxed, l.inBlock = l.boxed[:0], false }

// openTree reads an element of a tree. What stands around code names nothing there: cleaning
// has decided.
func (l *languages) openTree(tag string, attrs []html.Attribute) {
	if tag != "pre" && tag != "code" {
		return
	}
	for _, name := range declared(tag, attrs) {
		l.spoken[name] = true
	}
}

// lost returns the first name for each block of a source whose language the code of a tree is
// not declared to be in, by any of its names or a better one.
func (l *languages) lost(tree *languages) (names []string) {
	for _, block := range l.blocks {
		first := ""
		for _, name := range strings.Fields(block) {
			if noLanguage[name] || !fenced(name) {
				continue
			}
			if tree.spoken[name] || tree.spoken[blog.LanguageAliases[name]] {
				first = ""
				break
			}
			if first == "" {
				first = name
			}
		}
		if first != "" {
			names = append(names, first)
		}
	}
	return names
}

// declared returns the names of languages that stand in an element's classes and data. A
// box around code may have any class: its words count where one of them is about code.
func declared(tag string, attrs []html.Attribute) (names []string) {
	code := tag == "pre" || tag == "code"
	for _, a := range attrs {
		switch name := strings.TrimSpace(a.Val); {
		case strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "lang") || strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "language"):
			names = append(names, spelled(name))
		case a.Key == "lang" && code && blog.Languages[spelled(name)]:
			names = append(names, spelled(name))
		case a.Key == "class":
			low := strings.ToLower(name)
			names = append(names, classNames(low, code || strings.Contains(low, "highlight") || strings.Contains(low, "code"))...)
		}
	}
	return names
}

// classNames returns the names of languages among classes: behind "language-" or "lang-",
// as HTML has it (4.5.15), or known by themselves or as the end of a class.
func classNames(classes string, bare bool) (names []string) {
	for _, c := range strings.FieldsFunc(classes, func(r rune) bool { return strings.ContainsRune(" \t\r\n\f;,:", r) }) {
		c = strings.TrimSuffix(c, "-basic") // GitHub: highlight-text-html-basic
		end := c[strings.LastIndexByte(c, '-')+1:]
		switch name, ok := strings.CutPrefix(strings.TrimPrefix(c, "language-"), "lang-"); {
		case ok, strings.HasPrefix(c, "language-"):
			names = append(names, name)
		case bare && blog.Languages[c]:
			names = append(names, c)
		case len(end) > 1 && len(end) < len(c) && bare && blog.Languages[end]:
			_, rest, _ := strings.Cut(c, "-") // src-emacs-lisp
			names = append(names, end, rest)
		}
	}
	return names
}

func spelled(name string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Trim(name, " \t\n\"'")), "-basic")
}

// fenced reports whether a name can stand behind a fence: Hugo fails on some characters.
func fenced(name string) bool {
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789+#._-") == "" || blog.LanguageAliases[name] != ""
}

// noLanguage are names of no language.
var noLanguage = map[string]bool{"plaintext": true, "plain-text": true, "text": true, "txt": true, "none": true, "nohighlight": true,
	"no-highlight": true, "auto": true, "undefined": true, "null": true, "generic": true, "raw": true}
