package proof

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/util"
)

// show reads text as it stands in the page, shortcodes included.
func (r *page) show(text string) {
	for len(r.calls) > 0 {
		before, rest, ok := strings.Cut(text, callMark)
		if !ok {
			break
		}
		number, after, _ := strings.Cut(rest, callEnd)
		r.words(plain(before))
		if i, err := strconv.Atoi(number); err == nil && i < len(r.calls) {
			r.call(r.calls[i])
		}
		text = after
	}
	r.words(plain(text))
}

// call reads what a shortcode shows.
func (r *page) call(call string) {
	given, ok := strings.CutPrefix(call, "figure ")
	if !ok || r.style.Generator != Hugo {
		r.alone(embed, r.called(call))
		return
	}
	f := parameters(given)
	r.part(newBlock)
	if f["link"] != "" {
		defer r.leads(f["link"])()
	}
	alt := r.note(oneLine(f["alt"]))
	r.put(picture, address(f["src"])).extra = alt
	r.part(newBlock)
}

// called gives the embed that a shortcode shows: that of the source which it names,
// else itself.
func (r *page) called(call string) string {
	words := strings.FieldsFunc(call, func(c rune) bool { return strings.ContainsRune(" \t\n\"'`=(),<>{}%", c) })
	for _, w := range words[min(1, len(words)):] {
		for _, name := range []string{words[0] + " " + w, address(w)} {
			if key, ok := r.embeds[name]; ok {
				return key
			}
		}
	}
	return call
}

// plain gives text as it shows: without the backslashes of escapes, and with the
// characters that references stand for (CommonMark 0.31, 2.4 and 2.5).
func plain(s string) string {
	if strings.IndexByte(s, '\\') < 0 && strings.IndexByte(s, '&') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			ref := s[i : i+reference(s[i:])]
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(ref))))
			i += len(ref) - 1
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// reference gives the length of the character reference that s begins with; 1 for the
// & alone.
func reference(s string) int {
	const longest = 40
	if end := strings.IndexByte(s[:min(len(s), longest)], ';'); end > 0 {
		return end + 1
	}
	return 1
}
