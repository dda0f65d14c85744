package frontmatter

import (
	"reflect"
	"slices"
	"strings"
	"time"
)

// Edit is a change of one field: to a value, or to none where Value is nil.
type Edit struct {
	Path  []string // the keys that lead to the field
	Value any
	// After are the keys that a new field would follow, the nearest last.
	After []string
	// Of a list of strings that stays a list: what goes and what comes, behind the rest.
	// Both are empty where the value is written anew.
	Gone, Come []string
	old        []string // the list as it is
}

// Merge returns the edits that bring to mine what source changed in base, key by key:
//
//   - a key that only source changed, added or removed is changed, added or removed;
//   - a list of strings is a set: what source added comes, what it removed goes, and what
//     mine added or removed stays so;
//   - a nested Matter is merged in the same way;
//   - a key that mine removed stays away;
//   - a key that source calls otherwise has what mine made of it.
//
// Keys that both changed differently are not edited, and are listed with dots between
// nested ones. So are keys that base does not have and both others have.
func Merge(base, mine, source Matter) (edits []Edit, clashes []string) {
	var m merger
	m.fields(nil, base, mine, source)
	m.follow(base, mine, source)
	return m.edits, m.clashes
}

type merger struct {
	edits   []Edit
	clashes []string
}

func (m *merger) fields(path []string, base, mine, source Matter) {
	var before []string // keys of source that stand before
	for _, f := range source {
		b, _ := base.Get(f.Key)
		m.field(Edit{Path: inside(path, f.Key), Value: f.Value, After: slices.Clone(before)}, b, valueOf(mine, f.Key))
		before = append(before, f.Key)
	}
	for _, f := range base {
		if _, there := source.Get(f.Key); !there {
			m.field(Edit{Path: inside(path, f.Key)}, f.Value, valueOf(mine, f.Key))
		}
	}
}

func valueOf(m Matter, key string) any {
	v, _ := m.Get(key)
	return v
}

// field merges one field; e is the edit that makes it what it is at the source.
func (m *merger) field(e Edit, base, mine any) {
	if same(base, e.Value) || same(mine, e.Value) {
		return
	}
	if lists(base, mine, e.Value) {
		m.list(e, base, mine)
		return
	}
	switch b, l, s := asMatter(base), asMatter(mine), asMatter(e.Value); {
	case l != nil && s != nil && (b != nil || base == nil):
		m.fields(e.Path, b, l, s)
	case same(mine, base):
		m.edits = append(m.edits, e)
	case mine == nil: // it was removed here
	case l != nil && b != nil && e.Value == nil:
		m.fields(e.Path, b, l, nil)
	default:
		m.clashes = append(m.clashes, strings.Join(e.Path, "."))
	}
}

func asMatter(v any) Matter {
	m, _ := v.(Matter)
	return m
}

// lists reports whether values are lists of strings, or not there.
func lists(all ...any) bool {
	return !slices.ContainsFunc(all, func(v any) bool {
		_, is := v.([]string)
		return !is && v != nil
	})
}

func asList(v any) []string {
	l, _ := v.([]string)
	return l
}

func (m *merger) list(e Edit, base, mine any) {
	b, l, s := asList(base), asList(mine), asList(e.Value)
	e.old = l
	e.Gone = slices.DeleteFunc(without(b, s), func(x string) bool { return !slices.Contains(l, x) })
	e.Come = without(without(s, b), l)
	merged := append(without(l, e.Gone), e.Come...)
	switch {
	case slices.Equal(l, b) && !slices.Equal(merged, s): // in the source's order
		merged, e.Gone, e.Come = s, nil, nil
	case len(e.Gone)+len(e.Come) == 0:
		return
	case len(l) == 0 || len(merged) == 0: // a list that begins or ends
		e.Gone, e.Come = nil, nil
	}
	e.Value = merged
	if len(merged) == 0 {
		e.Value = nil
	}
	m.edits = append(m.edits, e)
}

// without returns what of a list is not in another one, in a list of its own.
func without(all, gone []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(x string) bool { return slices.Contains(gone, x) })
}

// same reports whether two values mean the same, whatever language they were written in. A
// time may stand there as a text.
func same(a, b any) bool {
	x, aTime := asTime(a)
	y, bTime := asTime(b)
	switch {
	case aTime && bTime:
		return x.Equal(y)
	case a == nil && asMatter(b) != nil, b == nil && asMatter(a) != nil:
		return len(asMatter(a))+len(asMatter(b)) == 0
	case asMatter(a) != nil && asMatter(b) != nil:
		return sameFields(asMatter(a), asMatter(b))
	}
	return reflect.DeepEqual(a, b)
}

func asTime(v any) (time.Time, bool) {
	switch v := v.(type) {
	case time.Time:
		return v, true
	case string:
		t, err := time.Parse(time.RFC3339, v)
		return t, err == nil
	}
	return time.Time{}, false
}

// sameFields compares fields in whatever order.
func sameFields(a, b Matter) bool {
	if len(a) != len(b) {
		return false
	}
	for _, f := range a {
		if v, ok := b.Get(f.Key); !ok || !same(f.Value, v) {
			return false
		}
	}
	return true
}
