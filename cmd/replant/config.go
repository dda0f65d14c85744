package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"go.yaml.in/yaml/v3"

	"replant/migrate"
	"replant/migrate/blog"
	"replant/migrate/regex"
	"replant/migrate/tree"
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
		return nil, r.syntax(text, err)
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

// form returns the keys of the settings, which are read into s.
func (r *configReader) form(s *migrate.Settings) []configKey {
	var keys []configKey
	for _, set := range settingsIn(s) {
		read := r.word(set)
		if set.name == "front-matter" {
			read = r.frontMatter(s, set)
		}
		keys = append(keys, configKey{set.name, read})
	}
	return append(keys,
		configKey{"authors", r.listInto(&s.Authors)},
		configKey{"default-authors", r.listInto(&s.DefaultAuthors)},
		configKey{"tags", func(n *yaml.Node) error { return r.tags(s, n) }},
	)
}

// word reads a setting.
func (r *configReader) word(set setting) func(*yaml.Node) error {
	return func(n *yaml.Node) (err error) {
		if *set.value, err = r.text(n); err != nil {
			return err
		}
		if err := set.check(); err != nil {
			return r.at(n, "%s: %w%s", set.name, err, parenthesis(hintOf(err)))
		}
		return nil
	}
}

func (r *configReader) tags(s *migrate.Settings, n *yaml.Node) error {
	spelled := settingNamed(s, "tag-case")
	return r.mapping(n, []configKey{
		{"case", r.word(spelled)},
		{"add", r.listInto(&s.AddTags)},
		{"drop", r.listInto(&s.DropTags)},
		{"rename", func(n *yaml.Node) (err error) {
			s.RenameTags, err = r.renames(n)
			return err
		}},
	})
}

// frontMatter reads the format of front matter, or that and what becomes of its keys.
func (r *configReader) frontMatter(s *migrate.Settings, format setting) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if direct(n).Kind != yaml.MappingNode {
			return r.word(format)(n)
		}
		keys := &s.Keys
		archetype := setting{name: "archetype", value: &keys.Archetype, allowed: []string{"true", "false"}}
		return r.mapping(n, []configKey{
			{"format", r.word(format)},
			{"rename", r.checked(s, func(n *yaml.Node) (err error) {
				keys.Rename, err = r.renames(n)
				return err
			})},
			{"drop", r.checked(s, r.listInto(&keys.Drop))},
			{"add", r.checked(s, func(n *yaml.Node) (err error) {
				keys.Add, err = r.fields(n)
				return err
			})},
			{"archetype", r.word(archetype)},
		})
	}
}

// checked reads what becomes of keys and checks it, with what has been read of it before.
func (r *configReader) checked(s *migrate.Settings, read func(*yaml.Node) error) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := read(n); err != nil {
			return err
		}
		if err := migrate.CheckKeys(s.Keys); err != nil {
			return r.at(n, "front-matter: %w", err)
		}
		return nil
	}
}

// fields reads keys with values of any kind, as YAML.
func (r *configReader) fields(n *yaml.Node) (string, error) {
	n = direct(n)
	if n.Kind != yaml.MappingNode {
		return "", r.at(n, "must be keys with values")
	}
	if err := r.expandAll(n); err != nil {
		return "", err
	}
	text, err := yaml.Marshal(n)
	if err != nil {
		return "", r.at(n, "%w", err)
	}
	return string(text), nil
}

// expandAll puts variables of the environment in their places in all texts of a node.
func (r *configReader) expandAll(n *yaml.Node) (err error) {
	switch {
	case isTemplate(n):
		return r.at(n, "%w", errBare)
	case n.Kind == yaml.AliasNode:
		return r.at(n, "an alias cannot stand here")
	case n.Kind == yaml.ScalarNode:
		n.Value, err = r.expand(n)
		return err
	}
	for _, below := range n.Content {
		if err := r.expandAll(below); err != nil {
			return err
		}
	}
	return nil
}

// renames reads new names by the old ones, none for what is to be dropped. Case makes no
// difference among the old.
func (r *configReader) renames(n *yaml.Node) (map[string]string, error) {
	n = direct(n)
	if n.Kind != yaml.MappingNode {
		return nil, r.at(n, "must be old: new, a line for each")
	}
	all := map[string]string{}
	folded := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		old, value := n.Content[i], direct(n.Content[i+1])
		to, err := "", error(nil)
		if value.Tag != "!!null" {
			to, err = r.text(value)
		}
		switch fold := strings.ToLower(old.Value); {
		case err != nil:
			return nil, err
		case folded[fold]:
			return nil, r.at(old, "%q: renamed twice", old.Value)
		default:
			folded[fold] = true
		}
		all[old.Value] = to
	}
	return all, nil
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
var yamlLine = regex.Lazy(`^yaml: line (\d+): (.*)`)

func (r *configReader) syntax(text []byte, err error) error {
	hint := ""
	if bare := bareTemplate().Find(text); bare != nil {
		hint = fmt.Sprintf("what begins with {{ needs quotes: '%s'", bytes.TrimLeft(bare, ":, "))
	}
	m := yamlLine().FindStringSubmatch(err.Error())
	if m == nil {
		return usage(hint, "%s: %s", r.name, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	line, _ := strconv.Atoi(m[1])
	return usage(hint, "%s:%d: %s", r.name, line, m[2])
}

// bareTemplate is a template without quotes, which YAML takes for a table in a table.
var bareTemplate = regex.Lazy(`[:,] *\{\{[^\n]*`)

// isTemplate reports whether a node is such a template.
func isTemplate(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && len(n.Content) > 0 && n.Content[0].Kind == yaml.MappingNode
}

var errBare = errors.New("what begins with {{ needs quotes")

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

// fewKeys is how many keys are listed to who uses another one.
const fewKeys = 6

func (r *configReader) key(k, value *yaml.Node, keys []configKey) error {
	names := make([]string, 0, len(keys))
	for _, known := range keys {
		if known.name == k.Value {
			return known.read(value)
		}
		names = append(names, known.name)
	}
	near := nearest(k.Value, names)
	switch {
	case near != "":
		near = parenthesis("did you mean " + near + "?")
	case len(names) <= fewKeys:
		near = parenthesis("there are " + strings.Join(names, ", "))
	}
	return r.at(k, "unknown key %q%s", shown(k.Value), near)
}

// text reads one word or line.
func (r *configReader) text(n *yaml.Node) (string, error) {
	n = direct(n)
	switch {
	case isTemplate(n):
		return "", r.at(n, "%w", errBare)
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
var variable = regex.Lazy(`\$\$\{|\$\{([^}]*)\}?`)

// variableName is what a shell takes for one (POSIX, 3.216).
var variableName = regex.Lazy(`^[A-Za-z_][A-Za-z0-9_]*$`)

// misnamed returns what should be a variable, unless the rest of an address is in it.
func misnamed(found string) string {
	if i := strings.IndexAny(found, "=&?/@:"); i >= 0 {
		return found[:i] + "…"
	}
	return found
}

// expand puts variables of the environment in their places.
func (r *configReader) expand(n *yaml.Node) (_ string, err error) {
	text := variable().ReplaceAllStringFunc(n.Value, func(found string) string {
		if found == "$${" {
			return "${"
		}
		name := strings.TrimSuffix(strings.TrimPrefix(found, "${"), "}")
		value, set := r.env(name)
		switch {
		case err != nil:
		case !variableName().MatchString(name) || !strings.HasSuffix(found, "}"):
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

// configOf reads a site's replant.yaml. A site without one has an empty config.
func configOf(site string) (*config, error) {
	name := filepath.Join(site, configName)
	text, err := contents(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return &config{}, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	return parseConfig(name, text, os.LookupEnv)
}

// contents reads a file. A pipe in its place would be read for ever.
func contents(name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, tree.ErrNoFile
	}
	return os.ReadFile(name)
}

// open opens the feeds of the list, as far as they can be.
func (c *config) open(site string) (feeds []migrate.Feed, err error) {
	at := map[string]*configFeed{}
	for i := range c.feeds {
		f := &c.feeds[i]
		feed, err := f.open(site)
		if err != nil { // its address may be none that a ledger may keep
			feed = unopened(fmt.Sprintf("%s:%d", configName, f.node.Line), err)
		}
		if twin := at[feed.Address]; twin != nil {
			return nil, f.fails("the same feed as in line %d", twin.node.Line)
		}
		at[feed.Address] = f
		feed.Settings = f.form.Or(c.form)
		feeds = append(feeds, *feed)
	}
	return feeds, nil
}

func (f *configFeed) open(site string) (*migrate.Feed, error) {
	switch scheme, _, _ := strings.Cut(f.feed, "://"); {
	case blog.IsWeb(f.feed):
		feed, err := addressFeed(f.feed)
		switch {
		case err == nil:
			return feed, nil
		case hintOf(err) != "":
			return nil, f.fails("feed: a mark such as ~0a1b2c3d stands for a part that is not kept; put a ${VARIABLE} in its place")
		}
		return nil, f.fails("feed: not a complete address")
	case scheme != f.feed:
		return nil, f.fails("feed: %s addresses cannot be read", scheme)
	}
	name := filepath.FromSlash(f.feed)
	if !filepath.IsAbs(name) {
		name = filepath.Join(site, name)
	}
	return fileFeed(name, site)
}

// formOf returns the settings for a feed that the command line names: those of the feed in
// the list, if it is there, else those for every feed.
func (c *config) formOf(address, site string) migrate.Settings {
	feeds, _ := c.open(site) // what cannot be opened is another feed
	for _, f := range feeds {
		if f.Address == address {
			return f.Settings
		}
	}
	return c.form
}
