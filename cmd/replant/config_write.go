package main

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"replant/migrate"
	"replant/migrate/regex"
	"replant/migrate/secret"
)

const configHead = `# The feeds of this site: ` + "`replant SITE`" + ` reads them all.
# ${NAME} is read from the environment, so that secrets stay out of this file; $${ is ${.
# What the command line says goes before this file, and this file before what the ledger
# remembers.

# For every feed that does not say otherwise:
`

const configTerms = `#authors: [Ida]           # of every post, instead of its own
#default-authors: [Ida]   # of posts that name none
#tags:
#  add: [garden]          # to every post
#  drop: [discuss]
#  rename: {golang: go}   # old: new
# Keys of front matter have names of your own, and more of them, by a front-matter of
# {format: yaml, rename: {source: original}, drop: [authors], add: {layout: post}}
`

const configFeedHead = `
# One that has settings of its own has them below its address.
feeds:
`

// newConfig writes a replant.yaml for feeds, all keys in it, those that are as usual
// commented out.
func newConfig(feeds []configFeed) []byte {
	b := bytes.NewBufferString(configHead)
	for _, s := range settingsIn(&migrate.Settings{}) {
		value := s.sample()
		if strings.Contains(value, "{{") {
			value = scalar(value)
		}
		fmt.Fprintf(b, "#%-24s # %s (default %s)\n", s.name+": "+value, s.usage, s.preset)
	}
	b.WriteString(configTerms + configFeedHead)
	for _, f := range feeds {
		b.WriteString(f.lines("  "))
	}
	return b.Bytes()
}

// sample returns a value that the setting may have: the usual one, where that is a value, or
// ends in one.
func (s setting) sample() string {
	if s.preset == migrate.NoFolders {
		return s.preset
	}
	if len(s.allowed) == 0 {
		return s.preset[strings.LastIndexByte(s.preset, ' ')+1:]
	}
	if slices.Contains(s.allowed, s.preset) {
		return s.preset
	}
	return s.allowed[0]
}

// lines returns a feed as an item of the list.
func (f configFeed) lines(indent string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s- feed: %s\n", indent, scalar(f.feed))
	for _, s := range settingsIn(&f.form) {
		if *s.value != "" {
			fmt.Fprintf(&b, "%s  %s: %s\n", indent, s.name, scalar(*s.value))
		}
	}
	return b.String()
}

// scalar quotes a word where YAML wants it.
func scalar(word string) string {
	text, err := yaml.Marshal(word)
	if err != nil { // only what cannot be written at all, which a string is not
		panic(err)
	}
	return strings.TrimSuffix(string(text), "\n")
}

// added adds a feed to a replant.yaml of that name, and reads it again to see that it is.
func added(name string, old []byte, f configFeed) ([]byte, error) {
	whatever := func(string) (string, bool) { return "x", true }
	before, err := parseConfig(name, old, whatever)
	if err != nil {
		return nil, err
	}
	text := withFeed(old, f)
	after, err := parseConfig(name, text, whatever)
	if err != nil || len(after.feeds) != len(before.feeds)+1 {
		return nil, &hinted{fmt.Errorf("%s: its list of feeds is not one that a line could be added to", name), "add by hand: " + f.feed, exitFailed}
	}
	return text, nil
}

// withFeed adds a feed to the list of a replant.yaml, every other byte left as it is.
// It returns nil where the list is not one to add lines to.
func withFeed(text []byte, f configFeed) []byte {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil
	}
	lines := strings.SplitAfter(string(text), "\n")
	if last := &lines[len(lines)-1]; *last == "" {
		lines = lines[:len(lines)-1]
	} else {
		*last += "\n"
	}
	list, end := listIn(&doc, len(lines))
	switch {
	case list == nil:
		lines = append(lines, "\nfeeds:\n", f.lines("  "))
	case list.Kind != yaml.SequenceNode || list.Style&yaml.FlowStyle != 0:
		return nil
	default:
		for end > list.Line && blank(lines[end-1]) {
			end--
		}
		lines = slices.Insert(lines, end, f.lines(strings.Repeat(" ", list.Column-1)))
	}
	return []byte(strings.Join(lines, ""))
}

// listIn returns the list of feeds and the number of lines up to its end, or nil where there
// is none.
func listIn(doc *yaml.Node, lines int) (list *yaml.Node, end int) {
	if len(doc.Content) == 0 {
		return nil, lines
	}
	for keys := doc.Content[0].Content; len(keys) > 1; keys = keys[2:] {
		switch {
		case list != nil:
			return list, keys[0].Line - 1
		case keys[0].Value == "feeds":
			list = keys[1]
		}
	}
	return list, lines
}

// blank reports whether a line holds nothing, or a comment that stands at its beginning.
func blank(line string) bool {
	return strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#")
}

// notName is what the name of a variable may not hold.
var notName = regex.Lazy(`[^A-Za-z0-9]+`)

// hidden returns a feed's address with its secrets as variables of the environment, and
// their names.
func hidden(feed string) (address string, variables []string) {
	u, err := url.Parse(feed)
	if err != nil || u.Host == "" {
		return escaped(feed), nil
	}
	name := func(key string) string {
		v := "REPLANT_" + strings.Trim(strings.ToUpper(notName().ReplaceAllString(key, "_")), "_")
		for base, n := v, 2; slices.Contains(variables, v); n++ {
			v = fmt.Sprintf("%s_%d", base, n)
		}
		variables = append(variables, v)
		return "${" + v + "}"
	}
	user := ""
	if u.User != nil {
		user = name("user") + ":" + name("password") + "@"
	}
	var segments, pairs []string
	for _, p := range secret.Path(u) {
		segments = append(segments, variableIn(p, "path", name))
	}
	for _, p := range secret.Query(u) {
		pairs = append(pairs, variableIn(p, p.Key, name))
	}
	query := strings.Join(pairs, "&")
	if query != "" {
		query = "?" + query
	}
	return u.Scheme + "://" + user + u.Host + strings.Join(segments, "/") + query, variables
}

// variableIn returns a part of an address, with a variable in the place of what is secret.
func variableIn(p secret.Piece, called string, name func(string) string) string {
	switch {
	case p.Bare:
		return name("query")
	case p.Secret:
		return escaped(p.Key) + name(called) + escaped(p.Tail)
	}
	return escaped(p.Key + p.Text + p.Tail)
}

// escaped returns a text that holds no variable, whatever it looks like.
func escaped(text string) string { return strings.ReplaceAll(text, "${", "$${") }
