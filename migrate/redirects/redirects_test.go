package redirects_test

import (
	"strings"
	"testing"

	"replant/migrate/redirects"
)

func TestText(t *testing.T) {
	t.Parallel()
	rows := []redirects.Row{
		{"/b%20(1).html", "", "/posts/b/"}, {"/a", "", "/posts/a/"}, {"/", "p=1&lang=en", "/posts/a/"}, {"/a", "", "/posts/a/"},
	}
	for file, want := range map[string]string{
		"static/_redirects":            "/ p=1 lang=en /posts/a/ 301\n/a /posts/a/ 301\n/b%20(1).html /posts/b/ 301\n",
		"cloudflare:static/_redirects": "/a /posts/a/ 301\n/a/ /posts/a/ 301\n/b%20(1).html /posts/b/ 301\n",
		".htaccess": "RewriteEngine On\nRewriteCond %{QUERY_STRING} \"^p=1&lang=en$\"\nRewriteRule \"^/?$\" \"/posts/a/\" [R=301,L,QSD]\n" +
			"RewriteRule \"^a/?$\" \"/posts/a/\" [R=301,L,QSD]\nRewriteRule \"^b \\\\(1\\\\)\\\\.html/?$\" \"/posts/b/\" [R=301,L,QSD]\n",
		"nginx:deploy/old": "    \"/b (1).html\" \"/posts/b/\";\n    \"/b (1).html/\" \"/posts/b/\";\n}\nmap $uri?$args $replant_page {\n" +
			"    default $replant_path;\n    \"/?p=1&lang=en\" \"/posts/a/\";\n}\n",
	} {
		f, err := redirects.Parse(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(f.Text(rows, 0)); !strings.HasSuffix(got, "\n"+want) {
			t.Errorf("%s:\n%s\nwant\n%s", file, got, want)
		}
		if got := string(f.Text(rows, 7)); !strings.Contains(got, "lie: 7\n") {
			t.Errorf("%s does not say what is missing:\n%s", file, got)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "old.txt", "nginx:", "nginx:../x", "nginx:/etc/x", "iis:web.config", "nginx:."} {
		if _, err := redirects.Parse(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
