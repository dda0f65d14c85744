package frontmatter

import (
	"slices"
	"strings"
	"time"
)

// leaf is a field that is no table.
type leaf struct {
	path  []string
	value any
}

func leaves(path []string, m Matter) (all []leaf) {
	for _, f := range m {
		if below, ok := f.Value.(Matter); ok {
			all = append(all, leaves(inside(path, f.Key), below)...)
		} else {
			all = append(all, leaf{inside(path, f.Key), f.Value})
		}
	}
	return all
}

// lacking returns the leaves of fields whose paths other fields have not, with values that tell
// a field from others: no truth values and numbers.
func lacking(m, other Matter) (all []leaf) {
	for _, l := range leaves(nil, m) {
		switch l.value.(type) {
		case string, []string, time.Time:
			if _, has := other.get(l.path); !has {
				all = append(all, l)
			}
		}
	}
	return all
}

// get returns the value of a field in the tables that its path names.
func (m Matter) get(path []string) (value any, ok bool) {
	value, ok = m.Get(path[0])
	if len(path) == 1 || !ok {
		return value, ok
	}
	return asMatter(value).get(path[1:])
}

// follow lets the edits of fields that have another name at the source go with it: a value that
// mine changed, where source has the same value as base under one new key and no more under the
// old one.
func (m *merger) follow(base, mine, source Matter) {
	left, came := lacking(base, source), lacking(source, base)
	for _, old := range left {
		mineValue, has := mine.get(old.path)
		if !has || same(mineValue, old.value) || asMatter(mineValue) != nil {
			continue
		}
		alike := func(l leaf) bool { return same(l.value, old.value) }
		i := slices.IndexFunc(came, alike)
		if i < 0 || slices.ContainsFunc(came[i+1:], alike) || count(left, alike) > 1 {
			continue
		}
		if m.give(came[i].path, mineValue) {
			name := strings.Join(old.path, ".")
			m.clashes = slices.DeleteFunc(m.clashes, func(c string) bool { return c == name })
			m.edits = slices.DeleteFunc(m.edits, func(e Edit) bool { return slices.Equal(e.Path, old.path) })
			m.edits = append(m.edits, Edit{Path: old.path})
		}
	}
}

func count(all []leaf, is func(leaf) bool) (n int) {
	for _, l := range all {
		if is(l) {
			n++
		}
	}
	return n
}

// give gives a field that an edit adds another value; false where none adds it.
func (m *merger) give(path []string, value any) bool {
	for i, e := range m.edits {
		n := len(e.Path)
		if n > len(path) || !slices.Equal(e.Path, path[:n]) || e.Value == nil {
			continue
		}
		if n == len(path) {
			m.edits[i].Value, m.edits[i].Gone, m.edits[i].Come = value, nil, nil
			return true
		}
		if table, ok := e.Value.(Matter); ok {
			m.edits[i].Value = table.with(path[n:], value)
			return true
		}
	}
	return false
}
