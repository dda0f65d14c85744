package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/template"
)

// addition is a key that pages get.
type addition struct {
	path  []string
	tells bool                          // it is the post's address
	value func(*blog.Post) (any, error) // nil for a post that has nothing of it
}

// addresses are the keys that say where a page is published.
var addresses = []string{"slug", "url", "path", "aliases"}

// check says why pages cannot have a key.
func (a addition) check() error {
	one, other := template.Examples()
	v, err := a.value(one)
	if err != nil {
		return err
	}
	if len(a.path) == 1 && slices.Contains(addresses, strings.ToLower(a.path[0])) {
		if w, _ := a.value(other); fmt.Sprint(v) == fmt.Sprint(w) {
			return errors.New("two pages would have one address: name a field of the post in it, such as {{ .Slug }}")
		}
	}
	if _, isBool := v.(bool); isDraft(a.path) && !isBool {
		return errors.New("must be true or false")
	}
	if v == nil {
		return nil
	}
	_, err = frontmatter.Matter{{Key: "value", Value: v}}.YAML()
	return errors.Unwrap(err) // without a name for it
}

// valueOf returns what makes the value of a key: texts are templates, also those in a list.
func valueOf(value any) (func(*blog.Post) (any, error), error) {
	switch v := value.(type) {
	case nil:
		return nil, errors.New("has no value; drop: takes a key away")
	case string:
		t, err := template.Parse(v)
		if err != nil {
			return nil, err
		}
		return t.Value, nil
	case []string:
		return listOf(v)
	case []any:
		return listOf(v)
	}
	return func(*blog.Post) (any, error) { return value, nil }, nil
}

// listOf returns what makes a list: a field of a post that is a list itself is spread in it.
func listOf[T any](items []T) (func(*blog.Post) (any, error), error) {
	var values []func(*blog.Post) (any, error)
	for _, item := range items {
		value, err := valueOf(item)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return func(p *blog.Post) (any, error) {
		var all []any
		for _, value := range values {
			v, err := value(p)
			if err != nil {
				return nil, err
			}
			if list, ok := v.([]string); ok {
				for _, s := range list {
					all = append(all, s)
				}
			} else if v != nil {
				all = append(all, v)
			}
		}
		return each(all), nil
	}, nil
}

// each returns the items of a list, each once: a list of texts where all are texts, nil for none.
func each(all []any) any {
	var texts []string
	var kept []any
	seen := map[string]bool{} // a feed may give one post 100,000 tags
	for _, v := range all {
		text, isText := v.(string)
		if seen[text] && isText {
			continue
		}
		if isText {
			seen[text] = true
			texts = append(texts, text)
		}
		kept = append(kept, v)
	}
	switch len(kept) {
	case 0:
		return nil
	case len(texts):
		return texts
	}
	return kept
}

// inside returns an address that pages have by what their posts say, which leads nowhere out of
// the site: Zola writes the alias /../../x outside of its folder.
func inside(key string, v any) any {
	switch v := v.(type) {
	case string:
		v = strings.ReplaceAll(v, `\`, "/")
		if key == "slug" {
			return strings.Trim(strings.ReplaceAll(v, "/", "-"), ".")
		}
		parts := slices.DeleteFunc(strings.Split(v, "/"), func(part string) bool {
			return part != "" && strings.Trim(part, ".") == ""
		})
		return strings.Join(parts, "/")
	case []string:
		all := make([]string, 0, len(v))
		for _, address := range v {
			all = append(all, inside(key, address).(string))
		}
		return all
	}
	return v
}
