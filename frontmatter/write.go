package frontmatter

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// fence is the line before and after the fields.
const fence = "---\n"

// YAML gives the block that stands at the head of a page, its --- lines included.
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
	case []string:
		return appendList(b, v), nil
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

func appendKey(b []byte, key string) []byte {
	if bare(key) {
		return append(b, key...)
	}
	return appendQuoted(b, key)
}

// bare tells whether a key means itself without quotes. YAML 1.1 reads some words as
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
