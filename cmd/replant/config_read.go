package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// configReader reads the nodes of a replant.yaml, and says where something is wrong.
type configReader struct {
	name string
	env  func(string) (string, bool)
}

// configKey is a key and how its value is read.
type configKey struct {
	name string
	read func(*yaml.Node) error
}

// at is an error at a place of the file. Nothing has been tried then.
func (r *configReader) at(n *yaml.Node, format string, a ...any) error {
	return usage("", "%s:%d:%d: %w", r.name, n.Line, n.Column, fmt.Errorf(format, a...))
}

// yamlLine is how the parser says where a file is no YAML.
var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)`)

func (r *configReader) syntax(err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return usage("", "%s: %s", r.name, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	line, _ := strconv.Atoi(m[1])
	return usage("", "%s:%d: %s", r.name, line, m[2])
}

// mapping reads a mapping by its keys, each at most once.
func (r *configReader) mapping(n *yaml.Node, keys []configKey) error {
	n = direct(n)
	if n.Kind != yaml.MappingNode {
		return r.at(n, "must be keys with values")
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		k := n.Content[i]
		if seen[k.Value] {
			return r.at(k, "key %q: here for the second time", shown(k.Value))
		}
		seen[k.Value] = true
		if err := r.key(k, n.Content[i+1], keys); err != nil {
			return err
		}
	}
	return nil
}

func (r *configReader) key(k, value *yaml.Node, keys []configKey) error {
	names := make([]string, 0, len(keys))
	for _, known := range keys {
		if known.name == k.Value {
			return known.read(value)
		}
		names = append(names, known.name)
	}
	near := nearest(k.Value, names)
	if near != "" {
		near = parenthesis("did you mean " + near + "?")
	}
	return r.at(k, "unknown key %q%s", shown(k.Value), near)
}

// text reads one word or line.
func (r *configReader) text(n *yaml.Node) (string, error) {
	n = direct(n)
	switch {
	case n.Kind != yaml.ScalarNode:
		return "", r.at(n, "must be one value")
	case n.Tag == "!!null":
		return "", r.at(n, "has no value")
	}
	return r.expand(n)
}

// listInto reads a list of words, or a single one.
func (r *configReader) listInto(list *[]string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		n = direct(n)
		items := n.Content
		if n.Kind != yaml.SequenceNode {
			items = []*yaml.Node{n}
		}
		*list = []string{}
		for _, item := range items {
			word, err := r.text(item)
			if err != nil {
				return err
			}
			*list = append(*list, word)
		}
		return nil
	}
}

// variable is ${NAME}, or $${ for a ${ that is meant.
var variable = regexp.MustCompile(`\$\$\{|\$\{([^}]*)\}?`)

// variableName is what a shell takes for one (POSIX, 3.216).
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// misnamed gives what should be a variable, unless the rest of an address is in it.
func misnamed(found string) string {
	if i := strings.IndexAny(found, "=&?/@:"); i >= 0 {
		return found[:i] + "…"
	}
	return found
}

// expand puts variables of the environment in their places.
func (r *configReader) expand(n *yaml.Node) (_ string, err error) {
	text := variable.ReplaceAllStringFunc(n.Value, func(found string) string {
		if found == "$${" {
			return "${"
		}
		name := strings.TrimSuffix(strings.TrimPrefix(found, "${"), "}")
		value, set := r.env(name)
		switch {
		case err != nil:
		case !variableName.MatchString(name) || !strings.HasSuffix(found, "}"):
			err = r.at(n, "%s: not a variable; $${ stands for ${", misnamed(found))
		case !set:
			err = r.at(n, "${%s}: not set in the environment", name)
		}
		return value
	})
	return text, err
}

// direct follows an alias to what it stands for.
func direct(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func parenthesis(hint string) string {
	if hint == "" {
		return ""
	}
	return " (" + hint + ")"
}
