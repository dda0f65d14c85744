package frontmatter

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrForm says that front matter is written in a form that is not edited in place.
var ErrForm = errors.New("front matter: written in a form that cannot be edited in place")

// Rewrite makes edits in the front matter of a page. Only the lines of the fields in
// question are touched: comments, order, quotes and blank lines stay byte for byte, and
// so does the body. It returns ErrForm where that cannot be done, as in JSON, in a table on
// one line, or in fields that an alias stands for.
func Rewrite(page []byte, edits []Edit) ([]byte, error) {
	if len(edits) == 0 {
		return page, nil
	}
	want, body, err := Parse(page)
	if err != nil {
		return nil, err
	}
	b, _, err := split(page)
	if err != nil {
		return nil, err
	}
	head := page[:len(page)-len(body)]
	from := bytes.Index(head, b.raw)
	if b.locate == nil || from < 0 || len(b.raw) == 0 {
		return nil, ErrForm
	}
	raw, err := b.edit(edits)
	if err != nil {
		return nil, err
	}
	for _, e := range edits {
		want = want.with(e.Path, e.Value)
	}
	fresh := slices.Concat(head[:from], raw, head[from+len(b.raw):], body)
	// The one proof that counts: the fields read as they should, the body is the same.
	if got, rest, err := Parse(fresh); err != nil || !same(got, want) || !bytes.Equal(rest, body) {
		return nil, ErrForm
	}
	return fresh, nil
}

// with returns fields with one of them changed, added or removed.
func (m Matter) with(path []string, value any) Matter {
	key, rest := path[0], path[1:]
	if len(rest) > 0 {
		below, _ := m.Get(key)
		value = asMatter(below).with(rest, value)
	}
	out := slices.Clone(m)
	i := slices.IndexFunc(out, func(f Field) bool { return f.Key == key })
	switch {
	case value == nil && i >= 0:
		return slices.Delete(out, i, i+1)
	case value == nil:
		return out
	case i >= 0:
		out[i].Value = value
		return out
	}
	return append(out, Field{key, value})
}

// locator knows where fields lie in a block, in offsets of its bytes.
type locator interface {
	// field returns the place of a field; ok is false where there is none.
	field(path []string) (p place, ok bool, err error)
	// gap says where a new field goes and returns its text.
	gap(e Edit) (at int, text []byte, err error)
	// value returns the text of a new value of a field.
	value(path []string, v any) ([]byte, error)
	// items returns the places of the elements of a list.
	items(path []string) (listing, error)
}

// place is where a field lies.
type place struct {
	lines span // all that goes with it, as whole lines
	value span // its value, no comment behind it
}

type span struct{ from, to int }

// splice is a replacement of bytes.
type splice struct {
	span
	text []byte
}

// edit makes the edits in the block's lines.
func (b block) edit(edits []Edit) ([]byte, error) {
	at, err := b.locate(b.raw)
	if err != nil {
		return nil, err
	}
	var all []splice
	for _, e := range edits {
		s, err := splices(at, b.raw, e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", strings.Join(e.Path, "."), err)
		}
		all = append(all, s...)
	}
	slices.SortStableFunc(all, func(a, b splice) int { return cmp.Compare(a.from, b.from) })
	var out []byte
	done := 0
	for _, s := range all {
		if s.from < done {
			return nil, ErrForm
		}
		out = append(append(out, b.raw[done:s.from]...), ending(s.text, b.raw)...)
		done = s.to
	}
	return append(out, b.raw[done:]...), nil
}

// ending returns a text the line endings that a block has.
func ending(text, raw []byte) []byte {
	if !bytes.Contains(raw, []byte("\r\n")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
}

// splices says what an edit replaces.
func splices(at locator, raw []byte, e Edit) ([]splice, error) {
	p, there, err := at.field(e.Path)
	switch {
	case err != nil:
		return nil, err
	case !there && e.Value == nil:
		return nil, nil
	case !there:
		from, text, err := at.gap(e)
		return []splice{{span{from, from}, text}}, err
	case e.Value == nil:
		return []splice{{p.lines, nil}}, nil
	case len(e.Gone)+len(e.Come) > 0:
		l, err := at.items(e.Path)
		if err != nil {
			return nil, err
		}
		return l.splices(raw, e)
	}
	text, err := at.value(e.Path, e.Value)
	return []splice{{p.value, text}}, err
}

// inside returns the path of a key in a table.
func inside(table []string, key string) []string { return append(slices.Clone(table), key) }

// listing is where the elements of a list lie: in brackets, or each on a line of its own,
// or both.
type listing struct {
	items    []span
	lines    []span // those that go with each element; nil where a line has several
	brackets bool
}

// splices takes elements out of a list and puts others behind the rest, which keeps its
// bytes.
func (l listing) splices(raw []byte, e Edit) ([]splice, error) {
	if len(l.items) != len(e.old) || len(l.items) == 0 {
		return nil, ErrForm
	}
	last := -1 // element that stays
	for i, x := range e.old {
		if !slices.Contains(e.Gone, x) {
			last = i
		}
	}
	if l.lines != nil {
		return l.onLines(raw, e, max(0, last))
	}
	return l.inBrackets(raw, e, last)
}

// onLines works on whole lines. What comes stands behind the element at last.
func (l listing) onLines(raw []byte, e Edit, last int) (all []splice, err error) {
	at, comma := l.lines[last].to, ""
	if l.brackets {
		comma = ","
		behind := raw[l.items[last].to:at]
		switch open := !bytes.HasPrefix(behind, []byte(",")); {
		case open && bytes.ContainsAny(behind, "#]"):
			return nil, ErrForm
		case open && len(e.Come) > 0:
			all = append(all, splice{span{l.items[last].to, l.items[last].to}, []byte(",")})
		}
	}
	prefix := raw[l.lines[0].from:l.items[0].from]
	for _, x := range e.Come {
		all = append(all, splice{span{at, at}, append(appendQuoted(slices.Clone(prefix), x), comma+"\n"...)})
	}
	for i, x := range e.old {
		if slices.Contains(e.Gone, x) {
			all = append(all, splice{l.lines[i], nil})
		}
	}
	return all, nil
}

func (l listing) inBrackets(raw []byte, e Edit, last int) (all []splice, err error) {
	var fresh []byte
	for _, x := range e.Come {
		fresh = appendQuoted(append(fresh, ", "...), x)
	}
	end := l.items[len(l.items)-1].to
	if last < 0 { // all are new
		return []splice{{span{l.items[0].from, end}, bytes.TrimPrefix(fresh, []byte(", "))}}, nil
	}
	for i := range last {
		if gone := slices.Contains(e.Gone, e.old[i]); gone {
			all = append(all, splice{span{l.items[i].from, l.items[i+1].from}, nil})
		}
	}
	all = append(all, splice{span{l.items[last].to, end}, fresh})
	for _, s := range all {
		if bytes.ContainsAny(raw[s.from:s.to], "#\n") {
			return nil, ErrForm // a comment would go too
		}
	}
	return all, nil
}

// inBrackets finds the elements of a list whose bracket opens at raw[at].
func inBrackets(raw []byte, at int) (listing, error) {
	l := listing{brackets: true}
	for i := at + 1; i < len(raw); {
		switch raw[i] {
		case ']':
			l.lines = ownLines(raw, l.items)
			return l, nil
		case '#':
			i += lineEnd(raw[i:])
		case ',', ' ', '\t', '\r', '\n':
			i++
		default:
			end := valueEnd(raw, i, ",]")
			if end <= i {
				return listing{}, ErrForm
			}
			l.items = append(l.items, span{i, end})
			i = end
		}
	}
	return listing{}, ErrForm
}

// ownLines returns the line of each element; nil unless each begins one.
func ownLines(raw []byte, items []span) (lines []span) {
	for _, it := range items {
		from := bytes.LastIndexByte(raw[:it.from], '\n') + 1
		if len(bytes.TrimSpace(raw[from:it.from])) > 0 {
			return nil
		}
		lines = append(lines, span{from, it.to + lineEnd(raw[it.to:])})
	}
	return lines
}

// valueEnd returns the end of a value that begins at raw[i]: of a quoted text, of what
// stands in brackets, else before a comment, a line's end, or one of the characters that
// stop it.
func valueEnd(raw []byte, i int, stop string) int {
	switch raw[i] {
	case '"', '\'':
		return quotedEnd(raw, i)
	case '[', '{':
		return bracketEnd(raw, i)
	}
	end := i
	for ; end < len(raw) && raw[end] != '\n' && !bytes.ContainsRune([]byte(stop), rune(raw[end])); end++ {
		if raw[end] == '#' && (raw[end-1] == ' ' || raw[end-1] == '\t') {
			break
		}
	}
	return i + len(bytes.TrimRight(raw[i:end], " \t\r"))
}

// quotedEnd returns the end of a quoted text: three quotes end as they begin, a backslash
// counts in double quotes, two single quotes in a row stand for one in YAML and for an
// empty text in TOML, where nothing can follow it directly.
func quotedEnd(raw []byte, i int) int {
	quote := raw[i : i+1]
	if triple := bytes.Repeat(quote, 3); bytes.HasPrefix(raw[i:], triple) {
		quote = triple
	}
	for j := i + len(quote); j < len(raw); j++ {
		switch {
		case raw[j] == '\\' && quote[0] == '"':
			j++
		case len(quote) == 1 && quote[0] == '\'' && bytes.HasPrefix(raw[j:], []byte("''")):
			j++
		case bytes.HasPrefix(raw[j:], quote):
			for len(quote) == 3 && j+3 < len(raw) && raw[j+3] == quote[0] {
				j++ // up to two quotes may end the text itself
			}
			return j + len(quote)
		}
	}
	return len(raw)
}

func bracketEnd(raw []byte, i int) int {
	for depth := 0; i < len(raw); {
		switch raw[i] {
		case '"', '\'':
			i = quotedEnd(raw, i)
			continue
		case '#':
			i += lineEnd(raw[i:])
			continue
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		i++
		if depth == 0 {
			return i
		}
	}
	return len(raw)
}

// lineEnd returns where the first line of a text ends, its newline included.
func lineEnd(raw []byte) int {
	if n := bytes.IndexByte(raw, '\n'); n >= 0 {
		return n + 1
	}
	return len(raw)
}
