// Package template fills in texts of the author's that name fields of a post, such as
// {{ .Date.Year }}/{{ .Slug }}. They are written as Hugo's users write them, in the part of Go's
// templates that front matter and paths want: fields, pipes, functions, if and else. Start at
// [Parse].
//
// It stands in for text/template, which by its calls of methods by name has the linker keep
// every exported method of a program.
package template

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"replant/migrate/blog"
)

// Template is a text with the fields of a post in it.
type Template struct{ parts []part }

// part is a piece of a template: it adds what it makes of a post.
type part interface {
	add(b *strings.Builder, p *blog.Post) error
}

type (
	// words stand as they are.
	words string
	// action stands for a value.
	action struct{ value expr }
	// choice is one template or another.
	choice struct {
		when    expr
		yes, no []part
	}
)

// Parse reads a template. What it cannot make of any post is an error, such as the name of a
// field that there is none of.
func Parse(text string) (*Template, error) {
	r := &reader{rest: text}
	parts, end, err := r.parts()
	switch {
	case err != nil:
		return nil, err
	case end != "":
		return nil, fmt.Errorf("{{ %s }}: without an if before it", end)
	}
	t := &Template{parts}
	for _, p := range []*blog.Post{example(), {}} {
		if _, err := t.Value(p); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Value returns what a template makes of a post: for one that is a single action the value
// itself, a text, truth value, whole number, time or list of texts; for any other a text. It is
// nil where the post has nothing of it.
func (t *Template) Value(p *blog.Post) (any, error) {
	if len(t.parts) == 1 {
		if a, ok := t.parts[0].(action); ok {
			v, err := a.value(p)
			return plain(v), err
		}
	}
	text, err := t.Text(p)
	if text = strings.TrimSpace(text); text == "" {
		return nil, err
	}
	return text, err
}

// Text returns what a template makes of a post as a text.
func (t *Template) Text(p *blog.Post) (string, error) {
	var b strings.Builder
	err := addAll(&b, p, t.parts)
	return b.String(), err
}

func addAll(b *strings.Builder, p *blog.Post, parts []part) error {
	for _, each := range parts {
		if err := each.add(b, p); err != nil {
			return err
		}
	}
	return nil
}

func (w words) add(b *strings.Builder, _ *blog.Post) error {
	b.WriteString(string(w))
	return nil
}

func (a action) add(b *strings.Builder, p *blog.Post) error {
	v, err := a.value(p)
	b.WriteString(text(v))
	return err
}

func (c choice) add(b *strings.Builder, p *blog.Post) error {
	v, err := c.when(p)
	switch {
	case err != nil:
		return err
	case truth(v):
		return addAll(b, p, c.yes)
	}
	return addAll(b, p, c.no)
}

// reader reads a template from its beginning.
type reader struct{ rest string }

var errOpen = errors.New("{{ without }}")

// parts reads up to the end of the template, or to an else or an end, which it returns.
func (r *reader) parts() (parts []part, end string, err error) {
	for {
		before, rest, found := strings.Cut(r.rest, "{{")
		if found && strings.HasPrefix(rest, "- ") {
			before, rest = strings.TrimRight(before, blanks), rest[2:]
		}
		if before != "" {
			parts = append(parts, words(before))
		}
		if r.rest = rest; !found {
			return parts, "", nil
		}
		inside, err := r.inside()
		if err != nil {
			return nil, "", err
		}
		switch word, after, _ := strings.Cut(inside, " "); {
		case strings.HasPrefix(inside, "/*") && strings.HasSuffix(inside, "*/"):
			continue
		case word == "end", word == "else":
			return parts, inside, nil
		case word == "if":
			c, err := r.choice(after)
			if err != nil {
				return nil, "", err
			}
			parts = append(parts, c)
		default:
			value, err := parseExpr(inside)
			if err != nil {
				return nil, "", err
			}
			parts = append(parts, action{value})
		}
	}
}

const blanks = " \t\r\n"

// inside returns what stands up to the next }} that is in no text, and goes on behind it.
func (r *reader) inside() (string, error) {
	quote := byte(0)
	for i := 0; i < len(r.rest); i++ {
		switch c := r.rest[i]; {
		case quote == 0 && strings.HasPrefix(r.rest[i:], "}}"):
			inside := r.rest[:i]
			r.rest = r.rest[i+2:]
			if cut, ok := strings.CutSuffix(inside, " -"); ok {
				inside, r.rest = cut, strings.TrimLeft(r.rest, blanks)
			}
			return strings.Trim(inside, blanks), nil
		case quote == 0 && (c == '"' || c == '`'):
			quote = c
		case quote == '"' && c == '\\':
			i++
		case c == quote:
			quote = 0
		}
	}
	return "", errOpen
}

// choice reads what follows an if, up to its end.
func (r *reader) choice(when string) (c choice, err error) {
	if c.when, err = parseExpr(when); err != nil {
		return c, err
	}
	var end string
	c.yes, end, err = r.parts()
	for hasElse := false; err == nil; hasElse = true {
		switch rest, elseIf := strings.CutPrefix(end, "else if "); {
		case end == "end":
			return c, nil
		case end == "":
			return c, errors.New("{{ if }} without {{ end }}")
		case elseIf && !hasElse:
			next, err := r.choice(rest) // which takes the end
			c.no = []part{next}
			return c, err
		case end != "else" || hasElse:
			return c, fmt.Errorf("{{ %s }}: not expected here", end)
		}
		c.no, end, err = r.parts()
	}
	return c, err
}

// plain returns a value as front matter has it; nil for nothing.
func plain(v any) any {
	switch v := v.(type) {
	case bool, int:
		return v
	case time.Time:
		return v
	case []string:
		if len(v) > 0 {
			return v
		}
		return nil
	}
	if s := text(v); s != "" {
		return s
	}
	return nil
}
