package main

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"replant/migrate"
)

// configName is the file at a site's root that says which feeds it has.
const configName = "replant.yaml"

// config is what a replant.yaml says.
type config struct {
	form  migrate.Settings // for every feed that does not say otherwise
	lists bool             // there is a list of feeds; else the ledger's are meant
	feeds []configFeed
}

// configFeed is a feed of the list.
type configFeed struct {
	feed string // an address, or a file, from the site's root
	form migrate.Settings
	node *yaml.Node
	read *configReader
}

// fails is an error about a feed of the list. It never shows the address, which may hold
// a secret from the environment.
func (f *configFeed) fails(format string, a ...any) error { return f.read.at(f.node, format, a...) }

// parseConfig reads a replant.yaml of that name, with variables from env. It is strict:
// an unknown key is an error, with its line and column.
func parseConfig(name string, text []byte, env func(string) (string, bool)) (*config, error) {
	r := &configReader{name, env}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return &config{}, nil // nothing but comments
	case err != nil:
		return nil, r.syntax(err)
	}
	c := &config{}
	keys := append(r.form(&c.form), configKey{"feeds", func(n *yaml.Node) error { return r.feeds(c, n) }})
	if err := r.mapping(doc.Content[0], keys); err != nil {
		return nil, err
	}
	if !errors.Is(dec.Decode(&doc), io.EOF) {
		return nil, r.at(&doc, "more than one document")
	}
	return c, r.oneTarget(c)
}

// form gives the keys of what pages are made by.
func (r *configReader) form(s *migrate.Settings) []configKey {
	var keys []configKey
	for _, set := range settingsIn(s) {
		keys = append(keys, configKey{set.name, func(n *yaml.Node) (err error) {
			if *set.value, err = r.text(n); err != nil {
				return err
			}
			if err := set.check(); err != nil {
				return r.at(n, "%s: %w%s", set.name, err, parenthesis(hintOf(err)))
			}
			return nil
		}})
	}
	return append(keys,
		configKey{"authors", r.listInto(&s.Authors)},
		configKey{"default-authors", r.listInto(&s.DefaultAuthors)},
		configKey{"tags", func(n *yaml.Node) error { return r.tags(&s.Terms, n) }},
	)
}

func (r *configReader) tags(t *migrate.Terms, n *yaml.Node) error {
	return r.mapping(n, []configKey{
		{"add", r.listInto(&t.AddTags)},
		{"drop", r.listInto(&t.DropTags)},
		{"rename", func(n *yaml.Node) error { return r.renames(t, n) }},
	})
}

// renames reads the names that tags are given. Case makes no difference among the old.
func (r *configReader) renames(t *migrate.Terms, n *yaml.Node) error {
	n = direct(n)
	if n.Kind != yaml.MappingNode {
		return r.at(n, "must be old: new, a line for each")
	}
	t.RenameTags = map[string]string{}
	folded := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		old := n.Content[i]
		to, err := r.text(n.Content[i+1])
		switch fold := strings.ToLower(old.Value); {
		case err != nil:
			return err
		case folded[fold]:
			return r.at(old, "%q: renamed twice", old.Value)
		default:
			folded[fold] = true
		}
		t.RenameTags[old.Value] = to
	}
	return nil
}

// feeds reads the list of feeds. One that is nothing but an address needs no keys.
func (r *configReader) feeds(c *config, n *yaml.Node) error {
	n = direct(n)
	if n.Kind != yaml.SequenceNode {
		return r.at(n, "feeds: must be a list")
	}
	c.lists = true
	for _, item := range n.Content {
		f := configFeed{node: item, read: r}
		if item = direct(item); item.Kind == yaml.ScalarNode {
			item = &yaml.Node{Kind: yaml.MappingNode, Line: item.Line, Column: item.Column, Content: []*yaml.Node{
				{Kind: yaml.ScalarNode, Value: "feed", Line: item.Line, Column: item.Column}, item,
			}}
		}
		keys := append(r.form(&f.form), configKey{"feed", func(n *yaml.Node) (err error) {
			f.feed, err = r.text(n)
			return err
		}})
		switch err := r.mapping(item, keys); {
		case err != nil:
			return err
		case f.feed == "":
			return f.fails("a feed without its address: feed: https://…")
		case f.feed == stdin:
			return f.fails("standard input cannot be read again by itself")
		}
		c.feeds = append(c.feeds, f)
	}
	return nil
}

// oneTarget checks that a site is made for one generator.
func (r *configReader) oneTarget(c *config) error {
	target := c.form.Target
	for _, f := range c.feeds {
		if f.form.Target == "" {
			continue
		}
		if target != "" && f.form.Target != target {
			return f.fails("target: %s here and %s elsewhere: a site has one generator", f.form.Target, target)
		}
		target = f.form.Target
	}
	c.form.Target = target
	return nil
}
