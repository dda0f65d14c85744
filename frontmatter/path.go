package frontmatter

import (
	"slices"
	"strings"
)

// Renaming gives a field another name, which may lie in another table.
type Renaming struct{ From, To []string }

// At returns the value of a field in the tables that its path names, and whether it is there.
// Letter case makes no difference, as it makes none to Hugo.
func (m Matter) At(path []string) (value any, ok bool) {
	i := m.index(path[0])
	switch {
	case i < 0:
		return nil, false
	case len(path) == 1:
		return m[i].Value, true
	}
	return asMatter(m[i].Value).At(path[1:])
}

func (m Matter) index(key string) int {
	return slices.IndexFunc(m, func(f Field) bool { return strings.EqualFold(f.Key, key) })
}

// Put returns the fields with one that has another value, in its place, or where it is new
// behind the rest, but for the tables there, in tables that are made for it.
func (m Matter) Put(path []string, value any) Matter {
	m = slices.Clone(m)
	i := m.index(path[0])
	if len(path) > 1 {
		var below Matter
		if i >= 0 {
			below = asMatter(m[i].Value)
		}
		value = below.Put(path[1:], value)
	}
	if i >= 0 {
		m[i] = Field{path[0], value}
		return m
	}
	end := len(m)
	for asMatter(value) == nil && end > 0 && asMatter(m[end-1].Value) != nil {
		end--
	}
	return slices.Insert(m, end, Field{path[0], value})
}

// Without returns the fields but for one, and without tables that had nothing else.
func (m Matter) Without(path []string) Matter {
	i := m.index(path[0])
	if i < 0 {
		return m
	}
	m = slices.Clone(m)
	if len(path) > 1 {
		below := asMatter(m[i].Value)
		if rest := below.Without(path[1:]); len(rest) > 0 || len(below) == 0 {
			if len(rest) > 0 {
				m[i].Value = rest
			}
			return m
		}
	}
	return slices.Delete(m, i, i+1)
}

// Renamed returns the fields with new names, all given at once, so that two may change places. A
// field that stays in its table keeps its place there; one that has the new name goes.
func (m Matter) Renamed(all []Renaming) Matter {
	type mover struct {
		to    []string
		value any
		label string // under which it waits in its table; empty for one that leaves it
	}
	var movers []mover
	for _, r := range all {
		value, ok := m.At(r.From)
		if !ok {
			continue
		}
		v := mover{to: r.To, value: value}
		if last := len(r.From) - 1; last == len(r.To)-1 && slices.EqualFunc(r.From[:last], r.To[:last], strings.EqualFold) {
			v.label = "\x00" + r.To[last]
			m = m.labelled(r.From, v.label)
		} else {
			m = m.Without(r.From)
		}
		movers = append(movers, v)
	}
	for _, v := range movers {
		m = m.Without(v.to)
		if v.label == "" {
			m = m.Put(v.to, v.value)
			continue
		}
		last := len(v.to) - 1
		m = m.labelled(inside(v.to[:last], v.label), v.to[last])
	}
	return m
}

// labelled returns the fields with another key in the place of the last of a path.
func (m Matter) labelled(path []string, key string) Matter {
	i := m.index(path[0])
	if i < 0 || len(path) > 1 && asMatter(m[i].Value) == nil {
		return m // something else has taken its table's place
	}
	m = slices.Clone(m)
	if len(path) == 1 {
		m[i].Key = key
	} else {
		m[i].Value = asMatter(m[i].Value).labelled(path[1:], key)
	}
	return m
}
