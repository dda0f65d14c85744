// Package frontmatter reads and writes the fields in front of a page, in their order.
//
// Writing keeps to the few forms of YAML that Hugo and Zola read alike: start at
// [Matter.YAML]. Reading takes what people have in their sites, YAML, TOML and JSON:
// start at [Parse].
package frontmatter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/adrg/frontmatter"
)

// byteOrderMark may stand before the first line; adrg/frontmatter would not see the
// block behind it.
var byteOrderMark = []byte("\ufeff")

// Parse parts a page into its fields and what follows them. The front matter is YAML
// between --- lines, TOML between +++ lines, or a JSON object.
//
// A page without front matter has nil fields and is all body; one whose front matter
// is empty has fields that are empty but not nil. The body shares page's memory.
func Parse(page []byte) (m Matter, body []byte, err error) {
	b, body, err := split(page)
	if err != nil || b.read == nil {
		return nil, page, err
	}
	m, err = b.read(b.raw)
	if err != nil {
		return nil, page, fmt.Errorf("front matter: %w", err)
	}
	return m, body, nil
}

// block is the front matter of a page as it stands there.
type block struct {
	raw []byte // the lines between the delimiters
	language
}

// language is what front matter is written in.
type language struct {
	read   func([]byte) (Matter, error)  // nil without front matter
	locate func([]byte) (locator, error) // nil where nothing is edited in place
}

// split finds a page's front matter and leaves it unread.
func split(page []byte) (b block, body []byte, err error) {
	text := bytes.TrimPrefix(page, byteOrderMark)
	rest, err := frontmatter.Parse(bytes.NewReader(text), &b,
		frontmatter.NewFormat("---", "---", keep(language{readYAML, locateYAML})),
		frontmatter.NewFormat("+++", "+++", keep(language{readTOML, locateTOML})),
		&frontmatter.Format{Start: "{", End: "}", UnmarshalDelims: true, RequiresNewLine: true, Unmarshal: keep(language{read: readJSON})},
	)
	if err != nil {
		return block{}, nil, fmt.Errorf("front matter: %w", err)
	}
	head := text[:len(text)-len(rest)]
	if b.read != nil && indented(head) {
		return block{}, nil, errIndented
	}
	if b.read == nil && bytes.HasPrefix(text, []byte("{")) {
		b, head = splitObject(text)
	}
	return b, text[len(head):], nil
}

// splitObject finds the JSON object that a page begins with, wherever its last brace stands, as Hugo
// does. adrg/frontmatter wants both braces on lines of their own and an empty line behind them.
func splitObject(text []byte) (b block, head []byte) {
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(new(json.RawMessage)); err != nil {
		return block{}, nil
	}
	end := int(d.InputOffset())
	line, rest, _ := bytes.Cut(text[end:], []byte("\n"))
	if len(bytes.TrimSpace(line)) > 0 {
		return block{}, nil
	}
	if empty, more, ok := bytes.Cut(rest, []byte("\n")); ok && len(bytes.TrimSpace(empty)) == 0 {
		rest = more
	}
	return block{bytes.Clone(text[:end]), language{read: readJSON}}, text[:len(text)-len(rest)]
}

// keep makes a format of adrg/frontmatter that hands back the block unread.
func keep(l language) frontmatter.UnmarshalFunc {
	return func(raw []byte, into any) error {
		*into.(*block) = block{bytes.Clone(raw), l}
		return nil
	}
}

var errIndented = errors.New("front matter: an indented line looks like its end")

// indented reports whether the last line of a front matter that is not empty is
// indented. adrg/frontmatter takes such a line for the end, though Hugo does not, and
// it may be text of the author's.
func indented(head []byte) bool {
	head = bytes.TrimRight(head, " \t\r\n")
	line := head[bytes.LastIndexByte(head, '\n')+1:]
	return len(line) > 0 && (line[0] == ' ' || line[0] == '\t')
}

// Field is one key and its value.
//
// A value to be written is a string, bool, int, float64, [time.Time], []string, []any of such
// or [Matter]. One that was read from a page that replant did not write may also be nil, int64
// and uint64, and a Matter in a list.
type Field struct {
	Key   string
	Value any
}

// Matter is the fields of a page, in order. No key stands in it twice.
type Matter []Field

// Get returns the value of a key, and whether the key is there. Letter case counts.
func (m Matter) Get(key string) (value any, ok bool) {
	for _, f := range m {
		if f.Key == key {
			return f.Value, true
		}
	}
	return nil, false
}

// builder gathers fields and refuses a key that comes twice: Hugo and Zola do not
// build such a page, and which of the two the author means nobody knows.
type builder struct {
	fields Matter
	seen   map[string]bool
}

func (b *builder) add(key string, value any) error {
	if b.seen[key] {
		return fmt.Errorf("key %q: stands twice", key)
	}
	if b.seen == nil {
		b.seen = map[string]bool{}
	}
	b.seen[key] = true
	b.fields = append(b.fields, Field{key, value})
	return nil
}

// matter returns what was gathered; it is never nil.
func (b *builder) matter() Matter {
	if b.fields == nil {
		return Matter{}
	}
	return b.fields
}

// narrow makes a list of strings a []string, and leaves any other as it is.
func narrow(list []any) any {
	text := make([]string, 0, len(list))
	for _, v := range list {
		s, ok := v.(string)
		if !ok {
			return list
		}
		text = append(text, s)
	}
	return text
}
