package frontmatter

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"
)

// nodesMost bounds what is read of a block: aliases let a few lines stand for
// billions, or for themselves.
const nodesMost = 1 << 16

var (
	errNoMapping = errors.New("not a list of keys and values")
	errTooMuch   = errors.New("too much to read")
)

// openingLine stands for the delimiter before a block, so that errors count lines as
// the author's editor does.
var openingLine = []byte("\n")

func readYAML(raw []byte) (Matter, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(slices.Concat(openingLine, raw), &doc); err != nil {
		return nil, err
	}
	if doc.IsZero() {
		return Matter{}, nil
	}
	r := yamlReader{left: nodesMost}
	v, err := r.value(doc.Content[0])
	if err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case Matter:
		return v, nil
	case nil: // nothing but comments
		return Matter{}, nil
	}
	return nil, errNoMapping
}

// yamlReader makes plain values of nodes, as long as there are not too many.
type yamlReader struct{ left int }

func (r *yamlReader) value(n *yaml.Node) (any, error) {
	if r.left--; r.left < 0 {
		return nil, errTooMuch
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.value(n.Alias)
	case yaml.MappingNode:
		return r.mapping(n)
	case yaml.SequenceNode:
		return r.sequence(n)
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return nil, fmt.Errorf("line %d: %w", n.Line, err)
	}
	return v, nil
}

func (r *yamlReader) mapping(n *yaml.Node) (any, error) {
	var b builder
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		v, err := r.value(n.Content[i+1])
		if err != nil {
			return nil, err
		}
		if err := b.add(key.Value, v); err != nil {
			return nil, fmt.Errorf("line %d: %w", key.Line, err)
		}
	}
	return b.matter(), nil
}

func (r *yamlReader) sequence(n *yaml.Node) (any, error) {
	list := make([]any, 0, len(n.Content))
	for _, c := range n.Content {
		v, err := r.value(c)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return narrow(list), nil
}

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

func readJSON(raw []byte) (Matter, error) {
	// A whole decoding first: it bounds the depth and words the errors.
	var whole map[string]any
	if err := json.Unmarshal(raw, &whole); err != nil {
		return nil, err
	}
	r := jsonReader{json.NewDecoder(bytes.NewReader(raw))}
	r.UseNumber()
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	m, ok := v.(Matter)
	if !ok {
		return nil, errNoMapping
	}
	return m, nil
}

// jsonReader reads valid JSON by its tokens, which come in order.
type jsonReader struct{ *json.Decoder }

func (r jsonReader) value() (any, error) {
	t, err := r.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return r.object()
		}
		return r.array()
	case json.Number:
		if n, err := t.Int64(); err == nil {
			return int(n), nil
		}
		return t.Float64()
	}
	return t, nil
}

func (r jsonReader) object() (any, error) {
	var b builder
	for r.More() {
		key, err := r.value()
		if err != nil {
			return nil, err
		}
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		if err := b.add(key.(string), v); err != nil {
			return nil, err
		}
	}
	_, err := r.Token()
	return b.matter(), err
}

func (r jsonReader) array() (any, error) {
	list := []any{}
	for r.More() {
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := r.Token()
	return narrow(list), err
}
