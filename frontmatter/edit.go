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
// so does the body. It gives ErrForm where that cannot be done, as in JSON, in a table on
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

// with gives fields with one of them changed, added or removed.
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
	// field gives the place of a field; ok is false where there is none.
	field(path []string) (p place, ok bool, err error)
	// gap says where a new field goes and gives its text.
	gap(e Edit) (at int, text []byte, err error)
	// value gives the text of a new value of a field.
	value(path []string, v any) ([]byte, error)
	// items gives the places of the elements of a list.
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

// ending gives a text the line endings that a block has.
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

// inside gives the path of a key in a table.
func inside(table []string, key string) []string { return append(slices.Clone(table), key) }
