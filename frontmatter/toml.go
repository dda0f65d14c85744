package frontmatter

import (
	"cmp"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"
)

func readTOML(raw []byte) (Matter, error) {
	var table map[string]any
	meta, err := toml.Decode(string(openingLine)+string(raw), &table)
	if err != nil {
		return nil, err
	}
	r := tomlReader{order: map[string]int{}}
	for i, key := range meta.Keys() {
		for n := range key { // [a.b] names a too
			if part := key[:n+1].String(); r.order[part] == 0 {
				r.order[part] = i + 1
			}
		}
	}
	return r.matter(nil, table), nil
}

// tomlReader makes ordered fields of the maps that a decoder hands over.
type tomlReader struct {
	order map[string]int // where a whole key first stands in the text, from 1
}

func (r *tomlReader) matter(path toml.Key, table map[string]any) Matter {
	at := func(key string) int { return r.order[below(path, key).String()] }
	keys := slices.SortedFunc(maps.Keys(table), func(a, b string) int { return cmp.Compare(at(a), at(b)) })
	m := make(Matter, 0, len(table))
	for _, key := range keys {
		m = append(m, Field{key, r.value(below(path, key), table[key])})
	}
	return m
}

func (r *tomlReader) value(path toml.Key, v any) any {
	switch v := v.(type) {
	case int64:
		return int(v)
	case map[string]any:
		return r.matter(path, v)
	case []map[string]any:
		return listOf(v, func(t map[string]any) any { return r.matter(path, t) })
	case []any:
		return listOf(v, func(e any) any { return r.value(path, e) })
	}
	return v
}

func listOf[E any](in []E, value func(E) any) any {
	list := make([]any, 0, len(in))
	for _, e := range in {
		list = append(list, value(e))
	}
	return narrow(list)
}

func below(path toml.Key, key string) toml.Key { return append(slices.Clone(path), key) }
