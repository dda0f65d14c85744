package frontmatter

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlPlaces finds fields by the lines and columns of the parser.
type yamlPlaces struct {
	raw   []byte
	lines []int // the offset of each line, and the end
	root  *yaml.Node
}

func locateYAML(raw []byte) (locator, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(slices.Concat(openingLine, raw), &doc); err != nil {
		return nil, err
	}
	y := &yamlPlaces{raw: raw, root: &yaml.Node{Kind: yaml.MappingNode}}
	if len(doc.Content) > 0 && doc.Content[0].Kind == yaml.MappingNode {
		y.root = doc.Content[0]
	}
	n := 0
	for line := range bytes.Lines(raw) {
		y.lines = append(y.lines, n)
		n += len(line)
	}
	y.lines = append(y.lines, n)
	return y, nil
}

// entry is a field: its key, its value, and the line before which the next field begins.
type entry struct {
	key, value *yaml.Node
	end        int // counted from 0
}

// line returns the number of a node's line in the block, from 0.
func line(n *yaml.Node) int { return n.Line - 2 }

// find walks to a field. It is nil where its table has none of that name.
func (y *yamlPlaces) find(path []string) (*entry, error) {
	at := &entry{value: y.root, end: len(y.lines) - 1}
	for _, key := range path {
		m := at.value
		if m.Kind != yaml.MappingNode || m.Style&yaml.FlowStyle != 0 {
			return nil, ErrForm
		}
		i := slices.IndexFunc(keys(m), func(k *yaml.Node) bool { return k.Value == key })
		if i < 0 {
			return nil, nil
		}
		next := &entry{m.Content[2*i], m.Content[2*i+1], at.end}
		if 2*i+2 < len(m.Content) {
			next.end = line(m.Content[2*i+2])
		}
		at = next
	}
	return at, nil
}

func keys(m *yaml.Node) (all []*yaml.Node) {
	for i := 0; i < len(m.Content); i += 2 {
		all = append(all, m.Content[i])
	}
	return all
}

// offset returns where a node begins. Columns count characters.
func (y *yamlPlaces) offset(n *yaml.Node) int {
	if line(n) < 0 || line(n)+1 >= len(y.lines) {
		return len(y.raw)
	}
	at := y.lines[line(n)]
	rest := string(y.raw[at:y.lines[line(n)+1]])
	for range n.Column - 1 {
		for i := range rest {
			if i > 0 {
				rest, at = rest[i:], at+i
				break
			}
		}
	}
	return at
}

// span returns the lines of a node from one to before another, without the blank lines and
// comments behind it, which go with what follows.
func (y *yamlPlaces) span(n *yaml.Node, from, to int) (span, error) {
	if from < 0 || to >= len(y.lines) || from >= to {
		return span{}, ErrForm
	}
	indent := len(y.raw)
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 { // what looks like a comment is text
		indent = len(indentOf(y.raw[y.lines[from]:]))
	}
	for ; to > from+1; to-- {
		text := y.raw[y.lines[to-1]:y.lines[to]]
		bare := bytes.TrimSpace(text)
		if len(bare) > 0 && (bare[0] != '#' || len(indentOf(text)) > indent) {
			break
		}
	}
	return span{y.lines[from], y.lines[to]}, nil
}

func indentOf(line []byte) []byte { return line[:len(line)-len(bytes.TrimLeft(line, " "))] }

func (y *yamlPlaces) field(path []string) (p place, ok bool, err error) {
	e, err := y.find(path)
	if e == nil {
		return place{}, false, err
	}
	if p.lines, err = y.span(e.value, line(e.key), e.end); err != nil {
		return place{}, false, err
	}
	from := y.offset(e.key)
	if c := y.raw[from]; c == '"' || c == '\'' {
		from = quotedEnd(y.raw, from)
	}
	colon := bytes.IndexByte(y.raw[from:p.lines.to], ':')
	if colon < 0 {
		return place{}, false, ErrForm
	}
	p.value = y.behind(from+colon+1, p.lines)
	return p, true, nil
}

// behind returns the place of a value behind its colon: the rest of its lines, or, where it
// is one line, what stands before a comment.
func (y *yamlPlaces) behind(from int, lines span) span {
	end := from + lineEnd(y.raw[from:])
	if end < lines.to {
		return span{from, from + len(bytes.TrimRight(y.raw[from:lines.to], "\r\n"))}
	}
	start := from + len(indentOf(y.raw[from:end]))
	if start >= end || y.raw[start] == '#' || y.raw[start] == '\r' || y.raw[start] == '\n' {
		return span{from, from}
	}
	return span{from, valueEnd(y.raw, start, "")}
}

func (y *yamlPlaces) gap(e Edit) (at int, text []byte, err error) {
	parent := e.Path[:len(e.Path)-1]
	table, err := y.find(parent)
	if table == nil || err != nil {
		return 0, nil, ErrForm
	}
	m := table.value
	if m.Kind != yaml.MappingNode || m.Style&yaml.FlowStyle != 0 {
		return 0, nil, ErrForm
	}
	indent := ""
	if len(m.Content) > 0 {
		indent = strings.Repeat(" ", m.Content[0].Column-1)
		at = y.lines[line(m.Content[0])]
	}
	for _, key := range slices.Backward(e.After) {
		p, ok, err := y.field(inside(parent, key))
		if err != nil {
			return 0, nil, err
		}
		if ok {
			at = p.lines.to
			break
		}
	}
	text, err = appendFields(nil, Matter{{e.Path[len(e.Path)-1], e.Value}}, indent)
	return at, text, err
}

func (y *yamlPlaces) value(path []string, v any) ([]byte, error) {
	e, err := y.find(path)
	if err != nil {
		return nil, err
	}
	text, err := appendValue(nil, v, strings.Repeat(" ", e.key.Column-1))
	return bytes.TrimSuffix(text, []byte("\n")), err
}

func (y *yamlPlaces) items(path []string) (l listing, err error) {
	e, err := y.find(path)
	if err != nil {
		return listing{}, err
	}
	list := e.value
	switch {
	case list.Kind != yaml.SequenceNode:
		return listing{}, ErrForm
	case list.Style&yaml.FlowStyle != 0:
		return inBrackets(y.raw, y.offset(list))
	}
	for i, n := range list.Content {
		end := e.end
		if i+1 < len(list.Content) {
			end = line(list.Content[i+1])
		}
		lines, err := y.span(n, line(n), end)
		at := y.offset(n)
		if err != nil || at < lines.from || string(bytes.TrimSpace(y.raw[lines.from:at])) != "-" {
			return listing{}, ErrForm
		}
		l.items, l.lines = append(l.items, span{at, lines.to}), append(l.lines, lines)
	}
	return l, nil
}
