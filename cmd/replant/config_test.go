package main

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"replant/migrate"
)

func env(name string) (string, bool) {
	v, ok := map[string]string{"TOKEN": "hush", "EMPTY": "", "_U": "ida"}[name]
	return v, ok
}

func TestParseConfig(t *testing.T) {
	t.Parallel()
	const text = `# all of it
section: notes
shift-headings: 1
authors: Ida
feeds:
  - https://a.example/feed.xml
  - feed: https://${_U}@b.example/feed?token=${TOKEN}${EMPTY}&x=$${y}
    layout: flat
    section: essays
    authors: []
    default-authors: [Ada, "Ben"]
    tags:
      add: dev.to
      drop: [discuss, "help wanted"]
      rename: {golang: go}
  - {feed: feeds/c.xml, target: zola}
`
	c, err := parseConfig("replant.yaml", []byte(text), env)
	if err != nil {
		t.Fatal(err)
	}
	top := migrate.Settings{Target: "zola", Section: "notes", Shift: "1", Terms: migrate.Terms{Authors: []string{"Ida"}}}
	if !reflect.DeepEqual(c.form, top) {
		t.Errorf("for every feed: %+v", c.form)
	}
	want := map[string]migrate.Settings{
		"https://a.example/feed.xml": {},
		"https://ida@b.example/feed?token=hush&x=${y}": {Layout: "flat", Section: "essays", Terms: migrate.Terms{
			Authors: []string{}, DefaultAuthors: []string{"Ada", "Ben"}, AddTags: []string{"dev.to"},
			DropTags: []string{"discuss", "help wanted"}, RenameTags: map[string]string{"golang": "go"},
		}},
		"feeds/c.xml": {Target: "zola"},
	}
	for _, f := range c.feeds {
		if form, ok := want[f.feed]; !ok || !reflect.DeepEqual(f.form, form) {
			t.Errorf("%s: %+v", f.feed, f.form)
		}
	}
	if !c.lists || len(c.feeds) != len(want) {
		t.Errorf("%d feeds", len(c.feeds))
	}
}

func TestConfigSaysWhereItIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"feeds:\n  - feed: a.xml\n    sectoin: x": `r.yaml:3:5: unknown key "sectoin" (did you mean section?)`,
		"section: a\nsection: b":                  `r.yaml:2:1: key "section": here for the second time`,
		"section: [a]":                            `r.yaml:1:10: must be one value`,
		"section:":                                `r.yaml:1:9: has no value`,
		"layout: bundel":                          `r.yaml:1:9: layout: bundel: must be bundle or flat (did you mean bundle?)`,
		"feeds: a.xml":                            `r.yaml:1:8: feeds: must be a list`,
		"feeds:\n  - section: x":                  `r.yaml:2:5: a feed without its address: feed: https://…`,
		"feeds: ['-']":                            `r.yaml:1:9: standard input cannot be read again by itself`,
		"feeds:\n- feed: a\n  target: hugo\n- feed: b\n  target: zola": `r.yaml:4:3: target: zola here and hugo elsewhere: a site has one generator`,
		"feeds: ['${NOPE}']":                        `r.yaml:1:9: ${NOPE}: not set in the environment`,
		"feeds: ['${NO PE}']":                       `r.yaml:1:9: ${NO PE}: not a variable; $${ stands for ${`,
		"feeds: ['${TOKEN']":                        `r.yaml:1:9: ${TOKEN: not a variable; $${ stands for ${`,
		"tags: {rename: {Go: x, go: y}}":            `r.yaml:1:24: "go": renamed twice`,
		"tags: [x]":                                 `r.yaml:1:7: must be keys with values`,
		"path: {{ .Slug }}":                         `r.yaml:1:7: what begins with {{ needs quotes`,
		"path: {{ .Date.Year }}/{{ .Slug }}":        `r.yaml: did not find expected key`,
		"path: '{{ .Date.Year }}'":                  `r.yaml:1:7: path: two posts would lie in one place: end it with a post's name, as in {{ .Date.Year }}/{{ .Slug }}`,
		"front-matter: {map: {a: b}}":               `r.yaml:1:16: unknown key "map" (there are format, rename, drop, add, archetype)`,
		"front-matter: {add: {by: {{ .Title }}}}":   `r.yaml:1:26: what begins with {{ needs quotes`,
		"front-matter: {add: {a: &x 1, b: *x}}":     `r.yaml:1:34: an alias cannot stand here`,
		"front-matter: {add: [a]}":                  `r.yaml:1:21: must be keys with values`,
		"front-matter: {rename: {a: x}, drop: [a]}": `r.yaml:1:38: front-matter: a: renamed and dropped`,
		"front-matter: {add: {a: .inf}}":            `r.yaml:1:21: front-matter: add: a: cannot write +Inf`,
		"front-matter: {archetype: maybe}":          `r.yaml:1:27: archetype: maybe: must be true or false`,
		"front-matter: {add: {a: '${NOPE}'}}":       `r.yaml:1:25: ${NOPE}: not set in the environment`,
		"feeds:\n\t- a":                             `r.yaml:2: found character that cannot start any token`,
		"- a":                                       `r.yaml:1:1: must be keys with values`,
		"section: a\n---\nsection: b":               `r.yaml:2:1: more than one document`,
		"feeds: &a [*a]":                            `r.yaml:1:8: must be keys with values`,
	} {
		c, err := parseConfig("r.yaml", []byte(text), env)
		if err == nil || err.Error() != want || !isUsage(err) {
			t.Errorf("%q: %+v, %v\nwant %s", text, c, err, want)
		}
	}
	for _, text := range []string{"", "# nothing\n", "section: a\n"} {
		if c, err := parseConfig("r.yaml", []byte(text), env); err != nil || c.lists {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	}
}

// A replant.yaml that init writes is right, and so is every key that it has in a comment.
func TestNewConfigIsRight(t *testing.T) {
	t.Parallel()
	feeds := []configFeed{
		{feed: "https://a.example/feed.xml", form: migrate.Settings{Section: "yes", Layout: "flat"}},
		{feed: "feeds/b: #1.xml"},
	}
	text := string(newConfig(feeds))
	all := regexp.MustCompile(`(?m)^#( *[a-z-]+:)`).ReplaceAllString(text, "$1")
	for _, text := range []string{text, all} {
		c, err := parseConfig(configName, []byte(text), env)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for i, f := range c.feeds {
			if f.feed != feeds[i].feed || !reflect.DeepEqual(f.form, feeds[i].form) {
				t.Errorf("%+v became %+v", feeds[i], f)
			}
		}
	}
	c, err := parseConfig(configName, []byte(all), env)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settingsIn(&c.form) {
		if *s.value != s.sample() {
			t.Errorf("%s: the comment does not say what is usual", s.name)
		}
	}
	if len(c.form.Authors)*len(c.form.DefaultAuthors)*len(c.form.AddTags)*len(c.form.DropTags)*len(c.form.RenameTags) != 1 {
		t.Errorf("terms are missing: %+v", c.form.Terms)
	}
}

func TestFeedIsAddedToTheList(t *testing.T) {
	t.Parallel()
	f := configFeed{feed: "b.xml", form: migrate.Settings{Section: "notes"}}
	for old, want := range map[string]string{
		"":                "\nfeeds:\n  - feed: b.xml\n    section: notes\n",
		"# mine":          "# mine\n\nfeeds:\n  - feed: b.xml\n    section: notes\n",
		"section: x\n":    "section: x\n\nfeeds:\n  - feed: b.xml\n    section: notes\n",
		"feeds:\n- a.xml": "feeds:\n- a.xml\n- feed: b.xml\n  section: notes\n",
		"feeds:\n    - feed: a.xml # mine\n      # and this\n\n# the rest\nsection: x\n": "feeds:\n    - feed: a.xml # mine\n      # and this\n    - feed: b.xml\n      section: notes\n\n# the rest\nsection: x\n",
	} {
		got, err := added("r.yaml", []byte(old), f)
		if err != nil || string(got) != want {
			t.Errorf("%q:\n%s%v\nwant\n%s", old, got, err, want)
		}
	}
	for _, old := range []string{"feeds: [a.xml]\n", "feeds: []\n", "{section: x}\n"} {
		if got, err := added("r.yaml", []byte(old), f); err == nil || hintOf(err) != "add by hand: b.xml" {
			t.Errorf("%q: %s, %v", old, got, err)
		}
	}
}

func TestSecretsBecomeVariables(t *testing.T) {
	t.Parallel()
	for feed, want := range map[string]string{
		"https://a.example/feed":                        "https://a.example/feed",
		"https://ida:pw@a.example/x%20y?lang=en&key=1":  "https://${REPLANT_USER}:${REPLANT_PASSWORD}@a.example/x%20y?lang=en&key=${REPLANT_KEY} REPLANT_USER REPLANT_PASSWORD REPLANT_KEY",
		"https://a.example/?access-token=1":             "https://a.example/?access-token=${REPLANT_ACCESS_TOKEN} REPLANT_ACCESS_TOKEN",
		"https://a.example/?q=${x}":                     "https://a.example/?q=${REPLANT_Q} REPLANT_Q",
		"https://a.example/private/feed/ab.rss?k=1&k=2": "https://a.example/private/feed/${REPLANT_PATH}.rss?k=${REPLANT_K}&k=${REPLANT_K_2} REPLANT_PATH REPLANT_K REPLANT_K_2",
	} {
		address, variables := hidden(feed)
		if got := strings.Join(append([]string{address}, variables...), " "); got != want {
			t.Errorf("%s became %s, want %s", feed, got, want)
		}
	}
}

// The example of the documentation is right, and the documentation names every key.
func TestConfigIsDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/config.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(text), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	c, err := parseConfig(configName, []byte(example), func(string) (string, bool) { return "hush", true })
	if err != nil || len(c.feeds) != 3 {
		t.Errorf("%v\n%s", err, example)
	}
	for _, k := range (&configReader{}).form(&migrate.Settings{}) {
		if !strings.Contains(string(text), "`"+k.name) {
			t.Errorf("docs/config.md does not name %s", k.name)
		}
	}
}
