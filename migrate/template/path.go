package template

import (
	"errors"
	"slices"
	"strings"

	"replant/migrate/blog"
)

// Path is a template of where the pages of posts lie, such as {{ .Date.Year }}/{{ .Slug }}.
type Path struct{ template *Template }

// NamesOnly is the path of a page that lies in no folder.
const NamesOnly = "{{ .Slug }}"

// foldersMost is how many folders a page may lie in.
const foldersMost = 8

var errNotNamed = errors.New("two posts would lie in one place: end it with a post's name, as in {{ .Date.Year }}/{{ .Slug }}")

// ParsePath reads the template of a path, whose last part has to tell posts apart.
func ParsePath(text string) (*Path, error) {
	t, err := Parse(strings.Trim(text, `/\`))
	if err != nil {
		return nil, err
	}
	path := &Path{t}
	one, other := Examples()
	_, name := path.Of(*one)
	_, second := path.Of(*other)
	if text, _ := t.Text(one); text == "" || name == second {
		return nil, errNotNamed
	}
	return path, nil
}

// Of returns the folders in which the page of a post lies, and its name there. Both are as
// [blog.Slug] makes them of any text: nothing of a post leads out of them, and what a post
// says makes no folders by a slash in it. A part that is empty, such as the year of a post
// without a date, is left out; a post without a name has its slug.
func (t *Path) Of(p blog.Post) (folders []string, name string) {
	p.Title, p.Slug, p.Series, p.Summary, p.GUID = flat(p.Title), flat(p.Slug), flat(p.Series), flat(p.Summary), flat(p.GUID)
	p.Tags, p.Categories, p.Authors = flatAll(p.Tags), flatAll(p.Categories), flatAll(p.Authors)
	text, err := t.template.Text(&p)
	if err != nil {
		return nil, p.Slug
	}
	parts := strings.Split(strings.ReplaceAll(text, `\`, "/"), "/")
	name = blog.Slug(parts[len(parts)-1])
	if name == "" {
		name = p.Slug
	}
	for _, part := range parts[:len(parts)-1] {
		if folder := blog.Slug(part); folder != "" && len(folders) < foldersMost {
			folders = append(folders, folder)
		}
	}
	return folders, name
}

// flat returns a text without what parts folders.
func flat(s string) string { return strings.NewReplacer("/", "-", `\`, "-").Replace(s) }

func flatAll(all []string) []string {
	all = slices.Clone(all)
	for i, s := range all {
		all[i] = flat(s)
	}
	return all
}
