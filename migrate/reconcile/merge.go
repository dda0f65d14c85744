package reconcile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"replant/frontmatter"
	"replant/migrate/merge"
)

// clash says why two versions of a page do not merge.
type clash struct {
	what string // for the author
	mine string // what of the author's page is in the way
}

// mergePages brings to a page that its author edited what the source changed in base:
// front matter key by key, the body line by line. Line endings and the end of the last
// line stay the author's. Where both changed the same, there is a clash and no page.
func mergePages(base, mine, source []byte) ([]byte, *clash) {
	m := merge3(base, mine, source)
	if m.what != "" {
		return nil, &m.clash
	}
	return m.page, nil
}

// merging is a merge of pages on its way.
type merging struct {
	page []byte
	clash
}

func merge3(base, mine, source []byte) (m merging) {
	old, oldBody, err1 := frontmatter.Parse(base)
	fields, body, err2 := frontmatter.Parse(mine)
	fresh, freshBody, err3 := frontmatter.Parse(source)
	if err := errors.Join(err1, err2, err3); err != nil {
		m.clashes(err.Error(), string(mine))
		return m
	}
	edits, keys := frontmatter.Merge(old, fields, fresh)
	for _, key := range keys {
		m.clashes(key, fmt.Sprint(key, at(fields, strings.Split(key, "."))))
	}
	page, err := frontmatter.Rewrite(mine, edits)
	if err != nil {
		m.clashes(err.Error(), string(mine[:len(mine)-len(body)]))
	}
	text, lines := mergeBodies(oldBody, body, freshBody)
	if lines != nil {
		m.clashes("the text", string(bytes.Join(lines, []byte("\x00"))))
	}
	if m.what == "" {
		m.page = slices.Concat(page[:len(page)-len(body)], text)
	}
	return m
}

func (m *merging) clashes(what, mine string) {
	if m.what != "" {
		m.what += ", "
	}
	m.what += what
	m.mine += mine + "\x00"
}

// at returns the value below some keys.
func at(m frontmatter.Matter, path []string) any {
	v, _ := m.Get(path[0])
	if below, ok := v.(frontmatter.Matter); ok && len(path) > 1 {
		return at(below, path[1:])
	}
	return v
}

// mergeBodies merges what stands below front matter.
func mergeBodies(base, mine, source []byte) ([]byte, [][]byte) {
	if n := bytes.Count(mine, []byte("\r\n")); 2*n > bytes.Count(mine, []byte("\n")) {
		base, source = crlf(base), crlf(source)
	}
	if cut := len(mine) > 0 && mine[len(mine)-1] != '\n' && bytes.HasSuffix(base, []byte("\n")); cut {
		text, lines := mergeBodies(base, append(slices.Clip(mine), newline(base)...), source)
		return bytes.TrimSuffix(text, newline(base)), lines
	}
	return merge.Text(base, mine, source)
}

func crlf(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

// newline returns how the last line of a text ends.
func newline(b []byte) []byte {
	if bytes.HasSuffix(b, []byte("\r\n")) {
		return []byte("\r\n")
	}
	return []byte("\n")
}
