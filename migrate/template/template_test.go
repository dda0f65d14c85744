package template_test

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	gotemplate "text/template"
	"time"

	"replant/migrate/blog"
	"replant/migrate/template"
)

func post() *blog.Post {
	return &blog.Post{
		Title: "On bees & Co", Slug: "on-bees-co", Summary: "About\nbees.", Series: "", GUID: "7",
		URL:       &url.URL{Scheme: "https", Host: "hive.example", Path: "/2024/bees"},
		Published: time.Date(2024, time.March, 5, 22, 4, 0, 0, time.FixedZone("", 3600)),
		Tags:      []string{"Bees", "Honey pot"}, Categories: []string{"Garden/Life"}, Authors: []string{"Ida", "Ben"},
	}
}

func TestValue(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		// A template that is one action keeps the type.
		`{{ .Tags }}`:                      []string{"Bees", "Honey pot"},
		`{{.Draft}}`:                       false,
		`{{ .Date }}`:                      post().Published,
		`{{ .Date.Year }}`:                 2024,
		`{{ .Tags | lower }}`:              []string{"bees", "honey pot"},
		`{{ first 1 .Tags }}`:              []string{"Bees"},
		`{{ len .Tags }}`:                  2,
		`{{ .Series }}`:                    nil,
		`{{ .Series | default .Tags }}`:    []string{"Bees", "Honey pot"},
		`{{ .Draft | default true }}`:      false,
		`{{ .Updated }}`:                   nil,
		`{{ .Updated.Year }}`:              nil,
		`{{ .Lastmod }}`:                   post().Published,
		`{{ .URL }}`:                       "https://hive.example/2024/bees",
		`{{ .URL.Host }}`:                  "hive.example",
		`{{ .Canonical.Host }}`:            nil,
		`{{ .Date.Month }}`:                "March",
		`{{ .Description }}`:               "About bees.",
		`{{ not .Draft }}`:                 true,
		`{{ in .Tags "bees" }}`:            true,
		`{{ and .Title .Draft }}`:          false,
		`{{ or .Series .Title "x" }}`:      "On bees & Co",
		`{{ eq .Author "Ida" }}`:           true,
		`{{ index .Tags 7 }}`:              nil,
		`{{ index .Tags 0 | upper }}`:      "BEES",
		`{{ .Title | lower | title }}`:     "On Bees & Co",
		`{{ replace .Title " & " " + " }}`: "On bees + Co",
		// Any other makes a text.
		` {{ .Draft }} `:                             "false",
		`{{ .Tags }}.`:                               "Bees, Honey pot.",
		`{{ .Series }}{{ .Series }}`:                 nil,
		`By {{ delimit .Authors " and " }}`:          "By Ida and Ben",
		`{{ .Date.Format "2006-01" }}`:               "2024-03",
		`{{ .Date | dateFormat "02.01.06" }}`:        "05.03.24",
		`{{ dateFormat "Jan" .Date }}!`:              "Mar!",
		`{{ printf "%02d-%s" .Date.Month .Slug }}`:   "03-on-bees-co",
		`{{ printf "%d%% %s" 5 "%!d" }}`:             "5% %!d",
		`{{ printf "%02d" .Updated.Month }}`:         nil,
		`{{ (index .Categories 0) | urlize }}/`:      "garden-life/",
		"{{ `a}}b` }}":                               "a}}b",
		`{{ "a\"}}b" }}`:                             `a"}}b`,
		`a {{- " b " -}} c{{/* no */}}`:              "a b c",
		`{{ if .Draft }}draft{{ else }}out{{ end }}`: "out",
		`{{ if .Series }}a{{ else if in .Tags "Honey pot" }}b{{ else }}c{{ end }}`:       "b",
		`{{ if .Tags }}{{ if .Draft }}x{{ end }}{{ len .Title }}{{ end }} {{ .Author }}`: "12 Ida",
		`no template`: "no template",
		`{ { .X } }`:  "{ { .X } }",
	} {
		tt, err := template.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := tt.Value(post()); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s became %#v, %v; want %#v", text, got, err, want)
		}
	}
}

// What no post can fill in is said when it is read, with what there is.
func TestParseSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{{ .Titel }}`:                                 ".Titel: no such field; there are .Aliases, .Author, ",
		`{{ if .X }}{{ end }}`:                         ".X: no such field",
		`{{ .Date.Jear }}`:                             ".Jear: no such part of a date; there are Format, .Day, ",
		`{{ .URL.Query }}`:                             ".Query: no such part of an address; there are .Host, .Path",
		`{{ .Title.Year }}`:                            ".Year: a text has no fields",
		`{{ .Title | loud }}`:                          "{{ .Title | loud }}: loud: no such function; there are anchorize, and, ",
		`{{ .Title | .Slug }}`:                         "a function has to stand behind |",
		`{{ .Title .Slug }}`:                           ".Slug: not expected here",
		`{{ .Date.Format }}`:                           ".Format: says nothing",
		`{{ .Date.Format 2006 }}`:                      `wants a layout such as "2006-01", not a number`,
		`{{ dateFormat "2006" .Slug }}`:                "wants a date, not a text",
		`{{ first .Tags 1 }}`:                          "first: wants a number and a list, not a list and a number",
		`{{ delimit .Title "," }}`:                     "delimit: wants a list, not a text",
		`{{ replace .Title "a" }}`:                     "replace: has 2 values and wants 3",
		`{{ printf "%d" .Title }}`:                     "does not fit its values",
		`{{ printf .Title }}`:                          "printf: wants a format in quotes first",
		`{{ "open }}`:                                  "{{ without }}",
		`{{ .Title`:                                    "{{ without }}",
		`{{ (.Title }}`:                                "( without )",
		`{{ }}`:                                        "says nothing",
		`{{ lower title }}`:                            "title: needs ( ) around it here, or quotes",
		`{{ if .Draft }}x`:                             "{{ if }} without {{ end }}",
		`x{{ end }}`:                                   "{{ end }}: without an if before it",
		`{{ if .Draft }}{{ else }}{{ else }}{{ end }}`: "{{ else }}: not expected here",
		`{{ ` + strings.Repeat("(", 99) + `1 }}`:       "nested too deeply",
	} {
		if _, err := template.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", text, err, want)
		}
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{{ .Slug }}`:                                       "on-bees-co",
		`{{ .Date.Year }}/{{ .Slug }}`:                      "2024/on-bees-co",
		`/{{ .Date.Format "2006/01/02" }}/{{ .Title }}`:     "2024/03/05/on-bees-and-co",
		`{{ .Updated.Year }}/{{ .Series }}/{{ .Slug }}`:     "on-bees-co",
		`{{ index .Categories 0 }}/{{ .Slug }}`:             "garden-life/on-bees-co",
		`../.././{{ .Slug }}`:                               "on-bees-co",
		`a\..\{{ .Slug }}`:                                  "a/on-bees-co",
		`{{ .Date.Format "2006-01-02" }}-{{ .Slug }}`:       "post-2024-03-05-on-bees-co",
		`{{ .URL.Path }}-{{ .Slug }}`:                       "2024/bees-on-bees-co",
		`index/{{ .Slug }}`:                                 "post-index/on-bees-co",
		`1/2/3/4/5/6/7/8/9/10/11/{{ .Slug }}`:               "1/2/3/4/5/6/7/8/on-bees-co",
		`{{ if .Draft }}drafts/{{ end }}{{ .Slug }}`:        "on-bees-co",
		`{{ if .Tags }}tagged/{{ end }}{{ .Slug | upper }}`: "tagged/on-bees-co",
	} {
		path, err := template.ParsePath(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		folders, name := path.Of(*post())
		if got := strings.Join(append(folders, name), "/"); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{`{{ .Date.Year }}`, `posts`, `/`, `{{ .Slug }}/{{ .Series }}`, `{{ .Slug }}/index`} {
		if _, err := template.ParsePath(text); err == nil || !strings.Contains(err.Error(), "two posts would lie in one place") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Whatever a post says, its page stays below the section, in folders that the template names.
func FuzzPath(f *testing.F) {
	f.Add("../../etc", "AC/DC", "a\\b", "/..//x/%2e%2e")
	f.Add("", "\x00", "日本", "")
	path, err := template.ParsePath(`{{ index .Categories 0 }}/{{ .Series }}/{{ .Title }}-{{ .Slug }}`)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, title, series, category, slug string) {
		folders, name := path.Of(blog.Post{Title: title, Series: series, Categories: []string{category}, Slug: blog.Slug(slug)})
		if len(folders) > 2 || name != "" && name != blog.Slug(name) {
			t.Errorf("%q, %q", folders, name)
		}
		for _, folder := range folders {
			if folder == "" || folder != blog.Slug(folder) {
				t.Errorf("%q", folders)
			}
		}
	})
}

// A template never fails but when it is read, and what both take is what Go makes of it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{{ .Title }}`, `a{{ .Slug | lower | upper }}b`, `{{ if .Draft }}x{{ else if .Title }}y{{ else }}z{{ end }}`,
		`{{ printf "%s-%d" .Slug 5 }}`, `{{- (index .Tags 0) -}}`, "{{ `}}` }}", `{{ .Date.Format "2006" }}`, `{{/* x */}}`,
		`{{ replace .Title "a" "b" }}`, `{{ or .Series "x" | title }}`,
	} {
		f.Add(seed, "A title", "slug")
	}
	f.Fuzz(func(t *testing.T, text, title, slug string) {
		tt, err := template.Parse(text)
		if err != nil {
			return
		}
		p := blog.Post{Title: title, Slug: slug, Draft: len(title)%2 == 0, Published: time.Unix(int64(len(text))*1e6, 0).UTC()}
		got, err := tt.Text(&p)
		if err != nil && !strings.Contains(text, "or ") && !strings.Contains(text, "and ") && !strings.Contains(text, "default") && !strings.Contains(text, "index") {
			t.Errorf("%q: %v", text, err)
		}
		if want, ok := asGo(text, &p); ok && err == nil && strings.ToValidUTF8(got, "") != strings.ToValidUTF8(want, "") {
			t.Errorf("%q became %q, and Go makes %q", text, got, want)
		}
	})
}

// asGo fills in a template as Go does; not ok where the two differ on purpose: on values that are
// no texts, and on texts that are put on one line.
func asGo(text string, p *blog.Post) (string, bool) {
	for _, other := range []string{"Date", "Lastmod", "and", "or", "not", "in", "index", "len", "eq", "ne", "printf", "first", "default", "delimit", "trim"} {
		if strings.Contains(text, other) {
			return "", false
		}
	}
	for name, said := range map[string]string{"Title": p.Title, "Slug": p.Slug} {
		one, err := template.Parse("{{ ." + name + " }}")
		if v, _ := one.Text(p); err != nil || v != said || said == "" {
			return "", false
		}
	}
	tt, err := gotemplate.New("").Funcs(gotemplate.FuncMap{
		"lower": strings.ToLower, "upper": strings.ToUpper, "title": template.Title, "replace": strings.ReplaceAll, "urlize": blog.Slug,
	}).Parse(text)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	err = tt.Execute(&b, map[string]any{"Title": p.Title, "Slug": p.Slug, "Draft": p.Draft})
	return b.String(), err == nil && !strings.Contains(b.String(), "<no value>")
}
