package frontmatter

import (
	"fmt"
	"strings"
)

// plusFence is the line before and after the fields in TOML.
const plusFence = "+++\n"

// TOML gives the block that stands at the head of a page, its +++ lines included. It
// holds to the same promises as [Matter.YAML]; a nested Matter becomes a table, and
// tables stand behind all else.
func (m Matter) TOML() ([]byte, error) {
	b, err := appendTable([]byte(plusFence), m, "")
	if err != nil {
		return nil, err
	}
	return append(b, plusFence...), nil
}

// appendTable writes the fields of a table, those of the tables in it behind the rest.
func appendTable(b []byte, m Matter, path string) ([]byte, error) {
	seen := make(map[string]bool, len(m))
	var tables Matter
	for _, f := range m {
		if seen[f.Key] {
			return nil, fmt.Errorf("field %q: stands twice", f.Key)
		}
		seen[f.Key] = true
		if _, nested := f.Value.(Matter); nested {
			tables = append(tables, f)
			continue
		}
		var err error
		b = append(appendTOMLKey(b, f.Key), " = "...)
		if b, err = appendScalar(b, f.Value); err != nil {
			return nil, fmt.Errorf("field %q: %w", f.Key, err)
		}
		b = append(b, '\n')
	}
	return appendTables(b, tables, path)
}

func appendTables(b []byte, tables Matter, path string) (_ []byte, err error) {
	for _, t := range tables {
		name := path + string(appendTOMLKey(nil, t.Key))
		b = fmt.Appendf(b, "\n[%s]\n", name)
		if b, err = appendTable(b, t.Value.(Matter), name+"."); err != nil {
			return nil, fmt.Errorf("field %q: %w", t.Key, err)
		}
	}
	return b, nil
}

func appendTOMLKey(b []byte, key string) []byte {
	if key != "" && strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == "" {
		return append(b, key...)
	}
	return appendQuoted(b, key)
}
