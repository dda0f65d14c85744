package frontmatter

import (
	"bytes"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// tomlPlaces finds fields by the statements of a block, each of which begins a line. The
// parser does not say where they stand.
type tomlPlaces struct {
	raw        []byte
	statements []statement
}

// statement is a key with its value, or the header of a table.
type statement struct {
	table []string // that it stands in, or that it begins
	key   []string // in the table; nil for a header
	lines span
	value span
}

func (s statement) path() []string { return slices.Concat(s.table, s.key) }

func locateTOML(raw []byte) (locator, error) {
	t := &tomlPlaces{raw: raw}
	var table []string
	for at := 0; at < len(raw); {
		start := at + len(raw[at:]) - len(bytes.TrimLeft(raw[at:], " \t"))
		if start == len(raw) {
			break
		}
		s := statement{lines: span{at, at + lineEnd(raw[at:])}}
		switch raw[start] {
		case '#', '\r', '\n':
			at = s.lines.to
			continue
		case '[':
			table = nil
			if !bytes.HasPrefix(raw[start:], []byte("[[")) {
				table = tomlKey(raw[start+1 : bracketEnd(raw, start)-1])
			}
			if table == nil {
				return nil, ErrForm
			}
		default:
			equals := bytes.IndexByte(raw[start:], '=')
			if equals < 0 {
				return nil, ErrForm
			}
			s.key = tomlKey(raw[start : start+equals])
			from := start + equals + 1
			from += len(raw[from:]) - len(bytes.TrimLeft(raw[from:], " \t"))
			if s.key == nil || from == len(raw) {
				return nil, ErrForm
			}
			s.value = span{from, valueEnd(raw, from, "")}
			s.lines.to = s.value.to + lineEnd(raw[s.value.to:])
		}
		s.table = table
		t.statements = append(t.statements, s)
		at = s.lines.to
	}
	return t, nil
}

// tomlKey takes a dotted key apart, or nil where it is none.
func tomlKey(text []byte) []string {
	var keys map[string]any
	meta, err := toml.Decode(string(text)+" = 0", &keys)
	if err != nil || len(meta.Keys()) == 0 {
		return nil
	}
	all := meta.Keys()
	return all[len(all)-1]
}

func (t *tomlPlaces) find(path []string) *statement {
	for i := range t.statements {
		if slices.Equal(t.statements[i].path(), path) {
			return &t.statements[i]
		}
	}
	return nil
}

func (t *tomlPlaces) field(path []string) (p place, ok bool, err error) {
	s := t.find(path)
	switch {
	case s != nil && s.key != nil:
		return place{s.lines, s.value}, true, nil
	case s != nil:
		return place{lines: span{s.lines.from, t.tableEnd(path)}}, true, nil
	}
	for _, s := range t.statements { // a table on one line, or one that only dotted keys make
		if n := len(s.path()); s.key != nil && n < len(path) && slices.Equal(s.path(), path[:n]) {
			return place{}, false, ErrForm
		}
	}
	return place{}, false, nil
}

// tableEnd returns the end of the last statement of a table; of the block's first for the
// table without a name.
func (t *tomlPlaces) tableEnd(table []string) (end int) {
	for _, s := range t.statements {
		if slices.Equal(s.table, table) {
			end = s.lines.to
		}
	}
	return end
}

func (t *tomlPlaces) gap(e Edit) (at int, text []byte, err error) {
	table, key := e.Path[:len(e.Path)-1], e.Path[len(e.Path)-1]
	if nested, ok := e.Value.(Matter); ok {
		name := string(appendTOMLName(nil, table))
		text, err = appendTables(nil, Matter{{key, nested}}, name)
		return len(t.raw), text, err
	}
	if len(table) > 0 && t.find(table) == nil {
		return 0, nil, ErrForm
	}
	if s := t.find(table); s != nil {
		at = s.lines.to
	}
	for _, before := range slices.Backward(e.After) {
		if s := t.find(inside(table, before)); s != nil && len(s.key) == 1 {
			at = s.lines.to
			break
		}
	}
	text, err = appendTable(nil, Matter{{key, e.Value}}, "")
	return at, text, err
}

// appendTOMLName writes the name of a table and a dot behind each of its keys.
func appendTOMLName(b []byte, table []string) []byte {
	for _, key := range table {
		b = append(appendTOMLKey(b, key), '.')
	}
	return b
}

func (t *tomlPlaces) value(path []string, v any) ([]byte, error) {
	if s := t.find(path); s == nil || s.key == nil {
		return nil, ErrForm
	}
	text, err := appendScalar(nil, v)
	if err != nil || strings.HasPrefix(string(text), "{") {
		return nil, ErrForm
	}
	return text, nil
}

func (t *tomlPlaces) items(path []string) (listing, error) {
	s := t.find(path)
	if s == nil || s.key == nil || t.raw[s.value.from] != '[' {
		return listing{}, ErrForm
	}
	return inBrackets(t.raw, s.value.from)
}
