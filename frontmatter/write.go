package frontmatter

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// fence is the line before and after the fields.
const fence = "---\n"

// YAML returns the block that stands at the head of a page, its --- lines included.
//
// Every value stands on one line: strings in double quotes with JSON's escapes, lists
// in brackets, times bare in RFC 3339 to the second, a nested Matter as indented lines
// below its key. Zola ends the block at any line whose last characters are ---, Hugo
// at a line that is ---; no line between the outer two is either.
//
// A value of another type, a time outside the years 0 to 9999 and a key that stands
// twice are errors.
func (m Matter) YAML() ([]byte, error) {
	b, err := appendFields([]byte(fence), m, "")
	if err != nil {
		return nil, err
	}
	return append(b, fence...), nil
}

func appendFields(b []byte, m Matter, indent string) ([]byte, error) {
	seen := make(map[string]bool, len(m))
	for _, f := range m {
		if seen[f.Key] {
			return nil, fmt.Errorf("field %q: stands twice", f.Key)
		}
		seen[f.Key] = true
		b = append(b, indent...)
		b = appendKey(b, f.Key)
		b = append(b, ':')
		var err error
		if b, err = appendValue(b, f.Value, indent); err != nil {
			return nil, fmt.Errorf("field %q: %w", f.Key, err)
		}
	}
	return b, nil
}

// appendValue writes what follows a key's colon, to the end of the line.
func appendValue(b []byte, value any, indent string) ([]byte, error) {
	if nested, ok := value.(Matter); ok && len(nested) > 0 {
		return appendFields(append(b, '\n'), nested, indent+"  ")
	}
	b, err := appendScalar(append(b, ' '), value)
	return append(b, '\n'), err
}

func appendScalar(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case string:
		return appendQuoted(b, v), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case time.Time:
		return appendTime(b, v)
	case float64:
		return appendFloat(b, v)
	case []string:
		return appendList(b, v), nil
	case []any:
		return appendMixed(b, v)
	case Matter: // an empty one: a bare key would read as null
		return append(b, "{}"...), nil
	}
	return nil, fmt.Errorf("cannot write a %T", value)
}

// appendTime writes a time as both targets read it. It borrows the strictness of
// MarshalText, which refuses years and zones that RFC 3339 cannot say.
func appendTime(b []byte, t time.Time) ([]byte, error) {
	text, err := t.Truncate(time.Second).MarshalText()
	if err != nil {
		return nil, err
	}
	return append(b, text...), nil
}

func appendList(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendQuoted(b, s)
	}
	return append(b, ']')
}

// appendFloat writes a number with a point in it, so that it is read as none without.
func appendFloat(b []byte, f float64) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, fmt.Errorf("cannot write %v", f)
	}
	number := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(number, ".") {
		number += ".0"
	}
	return append(b, number...), nil
}

// appendMixed writes a list of values that are not all strings, on one line.
func appendMixed(b []byte, list []any) (_ []byte, err error) {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ", "...)
		}
		if _, isTable := v.(Matter); isTable {
			return nil, errors.New("cannot write a list of tables")
		}
		if b, err = appendScalar(b, v); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendKey(b []byte, key string) []byte {
	if bare(key) {
		return append(b, key...)
	}
	return appendQuoted(b, key)
}

// bare reports whether a key means itself without quotes. YAML 1.1 reads some words as
// truth values or as nothing.
func bare(key string) bool {
	switch strings.ToLower(key) {
	case "", "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	for i, c := range []byte(key) {
		letter := c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z'
		inner := i > 0 && (c == '-' || '0' <= c && c <= '9')
		if !letter && !inner {
			return false
		}
	}
	return true
}

// plusFence is the line before and after the fields in TOML.
const plusFence = "+++\n"

// TOML returns the block that stands at the head of a page, its +++ lines included. It
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

// appendQuoted writes a string as a double-quoted scalar on one line, in the part of
// JSON's spelling that YAML readers agree on: emoji stand as they are, since Zola
// refuses surrogate pairs. Invalid UTF-8 becomes U+FFFD.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case !delicate(r):
			b = utf8.AppendRune(b, r)
		case r > 0xFFFF:
			b = fmt.Appendf(b, `\U%08X`, r)
		default:
			b = fmt.Appendf(b, `\u%04X`, r)
		}
	}
	return append(b, '"')
}

// delicate reports whether a character must be escaped: controls, which Zola refuses
// (and U+0085 is a line break to it), the other line breaks of YAML 1.1, the byte
// order mark, and the noncharacters of Unicode.
func delicate(r rune) bool {
	switch {
	case r < 0x20, 0x7F <= r && r <= 0x9F:
		return true
	case r == 0x2028, r == 0x2029, r == 0xFEFF:
		return true
	case 0xFDD0 <= r && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return true
	}
	return false
}
