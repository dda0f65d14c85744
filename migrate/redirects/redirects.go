// Package redirects writes the table that leads from the old addresses of posts to their
// pages, as servers and hosts read it. Start at [Parse].
package redirects

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Row leads from an old address to a new one.
type Row struct {
	Path  string // percent-encoded, with a slash in front and none at the end
	Query string // such as "p=10"; may be empty
	To    string // a path
}

// File is where a table lies, and who reads it.
type File struct {
	Path string // in the site, with slashes
	kind kind
}

// kind writes a table for one reader.
type kind struct {
	name  string
	write func(b *strings.Builder, rows []Row)
}

var kinds = []kind{
	{"netlify", netlify},
	{"cloudflare", cloudflare},
	{"nginx", nginx},
	{"apache", apache},
}

// ErrKind says that nothing is known to read a file of that name.
var ErrKind = errors.New("which server reads it? Say netlify:, cloudflare:, nginx: or apache: in front")

// Parse reads where a table is to lie: a path in the site, such as static/_redirects, with who reads
// it in front where the name does not say that: nginx:deploy/old.map.
func Parse(s string) (File, error) {
	name, file, said := strings.Cut(s, ":")
	if !said {
		name, file = byName(s), s
	}
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	switch {
	case i < 0:
		return File{}, fmt.Errorf("%s: %w", s, ErrKind)
	case !fs.ValidPath(file) || file == ".":
		return File{}, fmt.Errorf("%s: not the path of a file in the site", s)
	}
	return File{file, kinds[i]}, nil
}

// byName returns who reads a file of that name.
func byName(file string) string {
	switch {
	case path.Base(file) == "_redirects":
		return "netlify"
	case path.Base(file) == ".htaccess":
		return "apache"
	case path.Ext(file) == ".conf", path.Ext(file) == ".map":
		return "nginx"
	}
	return ""
}

// Text writes the table. Rows are sorted, and those of one address come once; without counts
// pages that lie where the table cannot say.
func (f File) Text(rows []Row, without int) []byte {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Query, b.Query), cmp.Compare(a.To, b.To))
	})
	rows = slices.CompactFunc(rows, func(a, b Row) bool { return a.Path == b.Path && a.Query == b.Query })
	var b strings.Builder
	b.WriteString("# From the old addresses of posts to their pages. Written by replant.\n")
	if without > 0 {
		fmt.Fprintf(&b, "# Pages that are missing here, since the site publishes them elsewhere than their files lie: %d\n", without)
	}
	f.kind.write(&b, rows)
	return []byte(b.String())
}

// netlify writes https://docs.netlify.com/routing/redirects/: a path is taken with and without
// a slash at its end, and a query stands between the two.
func netlify(b *strings.Builder, rows []Row) {
	for _, r := range rows {
		from := r.Path
		if r.Query != "" {
			from += " " + strings.ReplaceAll(r.Query, "&", " ")
		}
		fmt.Fprintf(b, "%s %s 301\n", from, r.To)
	}
}

// cloudflare writes https://developers.cloudflare.com/pages/configuration/redirects/, which
// knows no queries, and takes a path as it stands.
func cloudflare(b *strings.Builder, rows []Row) {
	for _, r := range rows {
		if r.Query != "" {
			continue
		}
		fmt.Fprintf(b, "%s %s 301\n", r.Path, r.To)
		if path.Ext(r.Path) == "" {
			fmt.Fprintf(b, "%s/ %s 301\n", r.Path, r.To)
		}
	}
}

// nginx writes maps of https://nginx.org/en/docs/http/ngx_http_map_module.html. Whole values
// are found by their hash, expressions one after another, so there are none.
func nginx(b *strings.Builder, rows []Row) {
	b.WriteString("# Include it in http { }, and say in server { }: if ($replant_page) { return 301 $replant_page; }\n" +
		"map $uri $replant_path {\n    default \"\";\n")
	for _, r := range rows {
		if r.Query == "" {
			from := decoded(r.Path)
			fmt.Fprintf(b, "    %s %s;\n", inQuotes(from), inQuotes(r.To))
			fmt.Fprintf(b, "    %s %s;\n", inQuotes(from+"/"), inQuotes(r.To))
		}
	}
	b.WriteString("}\nmap $uri?$args $replant_page {\n    default $replant_path;\n")
	for _, r := range rows {
		if r.Query != "" {
			fmt.Fprintf(b, "    %s %s;\n", inQuotes(decoded(r.Path)+"?"+r.Query), inQuotes(r.To))
		}
	}
	b.WriteString("}\n")
}

func inQuotes(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// apache writes rules of https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html, which sees a
// path decoded and without the slash in front.
func apache(b *strings.Builder, rows []Row) {
	b.WriteString("RewriteEngine On\n")
	for _, r := range rows {
		from := strings.TrimPrefix(decoded(r.Path), "/")
		if r.Query != "" {
			fmt.Fprintf(b, "RewriteCond %%{QUERY_STRING} %s\n", inQuotes("^"+regexp.QuoteMeta(r.Query)+"$"))
		}
		fmt.Fprintf(b, "RewriteRule %s %s [R=301,L,QSD]\n", inQuotes("^"+regexp.QuoteMeta(from)+"/?$"), inQuotes(strings.ReplaceAll(r.To, "%", `\%`)))
	}
}

func decoded(p string) string {
	if d, err := url.PathUnescape(p); err == nil && !strings.ContainsFunc(d, func(r rune) bool { return r < ' ' }) {
		return d
	}
	return p
}
