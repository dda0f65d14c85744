package site

import (
	"embed"
	"io/fs"
	"path"
	"strings"

	"replant/migrate/blog"
)

// hugoTemplates are the shortcodes that replant supplies, called so that no theme has one of
// the same name.
//
//go:embed templates/hugo
var hugoTemplates embed.FS

// hugoRecording calls the shortcodes that play films and sounds. Hugo has none of its own.
func hugoRecording(r blog.Recording) (call, name string) {
	name = "audio-file"
	if r.Film {
		name = "video-file"
	}
	call, ok := hugoCall(name, []parameter{{"src", r.Src}, {"poster", r.Poster}, {"title", r.Title}})
	switch {
	case !ok || r.Src == "":
		return "", ""
	case r.Loop:
		call += " loop=true"
	}
	return call + " >}}", name
}

// hugoGallery calls the shortcode that shows pictures in rows. Each picture is a call of its
// own, which Hugo makes before: what is between the two calls is HTML by then.
func hugoGallery(g blog.Gallery) (call, name string) {
	name = "picture-grid"
	call, ok := hugoCall(name, []parameter{{"caption", g.Caption}})
	if !ok {
		return "", ""
	}
	return call + " >}}\n" + strings.Join(g.Pictures, "\n") + "\n{{< /" + name + " >}}", name
}

// hugoSupplies returns the templates of the shortcodes that a page calls and Hugo does not
// bring along.
func hugoSupplies(fsys fs.FS, s *Site, n Need) (files []File) {
	for _, name := range n.Shortcodes {
		if text, err := hugoTemplates.ReadFile("templates/hugo/" + name + ".html"); err == nil {
			files = append(files, File{Path: hugoShortcodePath(fsys, s.hugo.layouts, name), Why: "shortcode", Text: string(text)})
		}
	}
	return files
}

// hugoShortcodePath returns where the template of a shortcode lies or belongs. Hugo reads
// layouts/shortcodes in all its versions, and layouts/_shortcodes from 0.146 on
// (https://gohugo.io/templates/new-templatesystem-overview/): a site that has folders of the
// newer kind is one for these versions.
func hugoShortcodePath(fsys fs.FS, layouts, name string) string {
	older, newer := path.Join(layouts, "shortcodes"), path.Join(layouts, "_shortcodes")
	file := name + ".html"
	switch {
	case exists(fsys, path.Join(older, file)):
		return path.Join(older, file)
	case exists(fsys, newer), exists(fsys, path.Join(layouts, "_partials")), exists(fsys, path.Join(layouts, "_markup")):
		return path.Join(newer, file)
	}
	return path.Join(older, file)
}

// parameter is one that a shortcode is called with, by its name.
type parameter struct{ key, value string }

// hugoCall begins the call of a shortcode with the parameters that have a value. Not ok where
// there is no way to quote one of them.
func hugoCall(name string, parameters []parameter) (call string, ok bool) {
	var b strings.Builder
	b.WriteString("{{< " + name)
	for _, p := range parameters {
		if p.value == "" {
			continue
		}
		quoted, ok := quoteParameter(p.value)
		if !ok {
			return "", false
		}
		b.WriteString(" " + p.key + "=" + quoted)
	}
	return b.String(), true
}
