package plan

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/migrate/ledger"
)

// figures are what the line of a post says of its text.
type figures struct {
	words, more, less int32
	matter            bool // of a page that changes, nothing but the front matter does
}

// Measure counts the words of the pages that the plan writes, unless that was done. It has
// to be called before the plan is applied: then what lay there is not there any more.
func (p *Plan) Measure() {
	if p.figures != nil || p.n == 0 {
		return
	}
	p.figures = make([]figures, p.last().group+1)
	for c := range p.Shown() {
		if c.Path != p.pageOf(c.Group) || !c.Writes() || !c.After.Exists() {
			continue
		}
		before, after, ok, err := lines(c)
		if err != nil || !ok {
			continue // applying the plan says what is the matter with the file
		}
		p.figures[c.Group] = measure(before, after)
	}
}

func measure(before, after []byte) (f figures) {
	isNew := len(before) == 0
	before, after = below(before), below(after)
	f.matter = bytes.Equal(before, after)
	if isNew {
		f.words = countWords(after)
		return f
	}
	counts := map[string]int32{}
	for word := range words(after) {
		counts[word]++
	}
	for word := range words(before) {
		counts[word]--
	}
	for _, n := range counts {
		f.more += max(0, n)
		f.less += max(0, -n)
	}
	return f
}

// below returns what stands below the front matter of a page.
func below(page []byte) []byte {
	for _, fence := range []string{"---\n", "+++\n"} {
		if rest, ok := bytes.CutPrefix(page, []byte(fence)); ok {
			if _, body, ok := bytes.Cut(rest, []byte("\n"+fence)); ok {
				return body
			}
		}
	}
	return page
}

// words yields the words of a text, without the marks around them. Where a script has no spaces between them, each of its
// characters counts as one. Pictures are counted elsewhere.
func words(text []byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for field := range strings.FieldsSeq(string(text)) {
			if strings.HasPrefix(field, "![") {
				continue
			}
			start, end := -1, 0
			for i, r := range field {
				switch {
				case unspaced(r):
					if start >= 0 && !yield(field[start:end]) || !yield(string(r)) {
						return
					}
					start = -1
				case !unicode.IsLetter(r) && !unicode.IsNumber(r):
				case start < 0:
					start, end = i, i+utf8.RuneLen(r)
				default:
					end = i + utf8.RuneLen(r)
				}
			}
			if start >= 0 && !yield(field[start:end]) {
				return
			}
		}
	}
}

// unspaced reports whether a character is of a script that has no spaces between words.
func unspaced(r rune) bool {
	const first = '\u2e80' // of them all
	return r >= first && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// countWords counts what [words] yields.
func countWords(text []byte) (n int32) {
	const (
		between = iota // two fields
		inField
		inWord
		skipped // a picture
	)
	state := between
	for i := 0; i < len(text); {
		kind, size := byteKinds[text[i]], 1
		if kind == wide {
			var r rune
			r, size = utf8.DecodeRune(text[i:])
			kind = characterOf(r)
		}
		switch {
		case kind == blank:
			state = between
		case state == between && bytes.HasPrefix(text[i:], []byte("![")):
			state = skipped
		case state == skipped:
		case kind == unspacedLetter:
			n, state = n+1, inField
		case kind == letter && state != inWord:
			n, state = n+1, inWord
		case state == between:
			state = inField
		}
		i += size
	}
	return n
}

// character is what one is for the counting of words.
type character uint8

const (
	sign character = iota
	blank
	letter         // or a digit
	unspacedLetter // see [unspaced]
	wide           // a byte of several that are a character
)

func characterOf(r rune) character {
	switch {
	case unicode.IsSpace(r):
		return blank
	case unspaced(r):
		return unspacedLetter
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return letter
	}
	return sign
}

var byteKinds = func() (all [256]character) {
	for c := range all {
		if all[c] = wide; c < utf8.RuneSelf {
			all[c] = characterOf(rune(c))
		}
	}
	return all
}()

// text says what there is to say of a post: why it changes, its pictures and its words.
func (p *Plan) text(one post, s Show) string {
	var why, more []string
	v := one.verdict()
	for _, c := range one.changes {
		if one.isPage(c) {
			why = append(why, c.Why)
		}
	}
	if one.page != "" {
		pictures, words := beside(one, v == ledger.Create), p.wordsOf(one, v)
		if more = slices.Concat(words, pictures); v == ledger.Create {
			more = slices.Concat(pictures, words)
		}
	}
	if s.Stat {
		more = append(more, totalSizes(one.changes))
	}
	if one.page != "" && len(more) > 0 {
		why = slices.DeleteFunc(why, func(text string) bool { return text == NewPost })
	}
	return strings.Join(append(why, more...), ", ")
}

// wordsOf says how many words a post has, or how many come and go.
func (p *Plan) wordsOf(one post, v ledger.Verdict) []string {
	if p.figures == nil {
		return nil
	}
	f := p.figures[one.changes[0].Group]
	switch {
	case v == ledger.Create && f.words > 0:
		return []string{thousands(int(f.words), "word")}
	case v == ledger.Create:
	case f.matter:
		return []string{"front matter only"}
	case f.more > 0 && f.less > 0:
		return []string{fmt.Sprintf("+%d -%d words", f.more, f.less)}
	case f.more > 0:
		return []string{"+" + plural(int(f.more), "word")}
	case f.less > 0:
		return []string{"-" + plural(int(f.less), "word")}
	}
	return nil
}

// thousands counts things as a person reads it, such as "1.2k words".
func thousands(n int, what string) string {
	switch {
	case n < 1000:
		return plural(n, what)
	case n < 9950:
		return fmt.Sprintf("%.1fk %ss", float64(n)/1e3, what)
	}
	return fmt.Sprintf("%.0fk %ss", float64(n)/1e3, what)
}

// beside counts the files of a post that change beside its page. Those of a new post are all
// new.
func beside(one post, isNew bool) (all []string) {
	counts := map[kindOfFile]map[ledger.Verdict]int{}
	for _, c := range one.changes {
		if one.isPage(c) {
			continue
		}
		k := kindOf(c.Path)
		if counts[k] == nil {
			counts[k] = map[ledger.Verdict]int{}
		}
		counts[k][c.Verdict]++
	}
	for _, k := range []kindOfFile{picture, recording, aside} {
		n := counts[k]
		if m := n[ledger.Create]; m > 0 && (isNew || k == aside) {
			all = append(all, k.count(m, ""))
		} else if m > 0 {
			all = append(all, k.count(m, "new "))
		}
		if m := n[ledger.Update]; m > 0 {
			all = append(all, k.count(m, "changed "))
		}
		switch m := n[ledger.Delete]; {
		case m == 1:
			all = append(all, k.count(m, "")+" goes")
		case m > 1:
			all = append(all, k.count(m, "")+" go")
		}
	}
	return all
}

// kindOfFile is what a file beside a page is, in the singular.
type kindOfFile string

const (
	picture   kindOfFile = "picture"
	recording kindOfFile = "recording" // or a film
	aside     kindOfFile = "comments"  // a file of them
)

// kindOf tells what a file beside a page is by its name.
func kindOf(name string) kindOfFile {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".toml", ".json":
		return aside
	case ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mp4", ".m4v", ".webm", ".mov", ".ogv":
		return recording
	}
	return picture
}

func (k kindOfFile) count(n int, adjective string) string {
	if k == aside {
		return adjective + string(k)
	}
	return plural(n, adjective+string(k))
}

// totalSizes says how large the files are that change, and how large they were.
func totalSizes(changes []Change) string {
	var before, after int64
	for _, c := range changes {
		before += c.Before.Size()
		after += c.After.Size()
	}
	switch {
	case before == after || before == 0:
		return size(after)
	case after == 0:
		return size(before)
	}
	return size(before) + " -> " + size(after)
}

// Summary counts the posts in one line by what becomes of them, such as "3 to create, 1
// conflict, 2 pictures, 41 posts unchanged".
func (p *Plan) Summary(s Show) string {
	t := p.tally()
	create, update, merge, remove, adopt, keep := "to create", "to update", "to merge", "to delete", "to adopt", "to keep"
	if s.Done {
		create, update, merge, remove, adopt, keep = "created", "updated", "merged", "deleted", "adopted", "kept"
	}
	var parts []string
	add := func(n int, format string, a ...any) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(format, a...))
		}
	}
	n := t.posts
	add(n[ledger.Create], "%d %s", n[ledger.Create], create)
	add(n[ledger.Update], "%d %s", n[ledger.Update], update)
	add(n[ledger.Merge], "%d %s", n[ledger.Merge], merge)
	add(n[ledger.Delete], "%d %s", n[ledger.Delete], remove)
	add(n[ledger.Move], "%d moved", n[ledger.Move])
	add(n[ledger.Adopt], "%d %s", n[ledger.Adopt], adopt)
	add(n[ledger.Keep], "%d %s", n[ledger.Keep], keep)
	add(n[ledger.Conflict], "%s", plural(n[ledger.Conflict], "conflict"))
	add(n[ledger.Shrunk], "%d shrunk", n[ledger.Shrunk])
	add(t.files[picture], "%s", plural(t.files[picture], string(picture)))
	add(t.files[recording], "%s", plural(t.files[recording], string(recording)))
	add(t.others, "%s", plural(t.others, "other file"))
	if s.Stat {
		add(1, "%s", size(t.size))
	}
	add(p.Kept, "%s unchanged", plural(p.Kept, "post"))
	return strings.Join(parts, ", ")
}

// tally counts what a plan changes.
type tally struct {
	posts  map[ledger.Verdict]int
	files  map[kindOfFile]int // that arrive or change
	others int                // files of no post
	size   int64              // of all that is written
}

func (p *Plan) tally() tally {
	t := tally{posts: map[ledger.Verdict]int{}, files: map[kindOfFile]int{}}
	for one := range p.posts(Show{}) {
		if one.page == "" {
			t.others++
		} else {
			t.posts[one.verdict()]++
		}
		for _, c := range one.changes {
			if !c.Writes() {
				continue
			}
			t.size += c.After.Size()
			if !one.isPage(c) && c.After.Exists() {
				t.files[kindOf(c.Path)]++
			}
		}
	}
	return t
}
