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
	has.words.rest = make([]string, 0, 128)
	has.readTree(body)
	for _, r := range removed {
		has.spent = r.Reason == blog.EmbedMarkup || r.Reason == blog.NeverShown
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
	for _, addr := range addressIn().FindAllString(dom.Text(body), -1) {
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
	if s = strings.TrimSpace(s); s != "" {
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
// common with its tree: most often all, in the same text or, where breaks became
// paragraphs, in several.
func (w *words) meet(s string, tree *words) {
	if w.apart {
		addWords(w, s)
		return
	}
	if len(w.spans) == 0 && len(tree.spans) == 0 {
		if s = tree.without(s); s == "" {
			return
		}
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

// without takes away the next texts of a tree from a text that begins with them, as they are
// spelled, and returns what is left of that.
func (w *words) without(s string) string {
	for s = strings.TrimSpace(s); len(w.rest) > 0; w.rest = w.rest[1:] {
		left, ok := strings.CutPrefix(s, w.rest[0])
		if !ok || left != "" && (alnum[left[0]] || left[0] >= utf8.RuneSelf) {
			break // or its last word goes on
		}
		if s = strings.TrimSpace(left); s == "" {
			w.rest = w.rest[1:]
			break
		}
	}
	return s
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
