package frontmatter

import (
	"errors"
	"fmt"
	"slices"

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
