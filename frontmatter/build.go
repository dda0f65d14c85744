package frontmatter

import "fmt"

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

// matter gives what was gathered; it is never nil.
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
