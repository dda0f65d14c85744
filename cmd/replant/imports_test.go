package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"replant/migrate/regex"
)

// mayImport is the design's one-way street: which packages of the module each may
// import, besides migrate/dom, migrate/blog and migrate/regex, which are open to all. A
// package that is not named here must be put in its place first.
var mayImport = map[string][]string{
	"cmd/replant/review":         {"migrate"},
	"cmd/replant":                {"cmd/replant/review", "migrate", "migrate/site", "migrate/fetch", "migrate/tree", "migrate/secret"},
	"migrate/redirects":          nil,
	"migrate":                    {"migrate/template", "migrate/redirects", "migrate/links", "migrate/crawl", "migrate/identity", "migrate/page", "migrate/reconcile", "migrate/memory", "migrate/report", "migrate/site", "migrate/plan", "migrate/ledger", "migrate/feedscan", "migrate/secret", "assets"},
	"migrate/crawl":              {"migrate/source", "migrate/feedscan", "migrate/secret"},
	"migrate/identity":           {"migrate/template", "migrate/crawl", "migrate/source", "migrate/memory", "migrate/site", "migrate/plan", "migrate/ledger", "migrate/likeness", "frontmatter"},
	"migrate/page":               {"migrate/template", "migrate/links", "migrate/identity", "migrate/crawl", "migrate/source", "migrate/memory", "migrate/merge", "migrate/markdown", "migrate/site", "migrate/proof", "migrate/plan", "migrate/ledger", "migrate/report", "migrate/shrink", "migrate/likeness", "assets", "frontmatter"},
	"migrate/links":              {"migrate/source", "migrate/site", "migrate/memory", "migrate/plan", "migrate/ledger"},
	"migrate/reconcile":          {"migrate/redirects", "migrate/links", "migrate/identity", "migrate/page", "migrate/memory", "migrate/merge", "migrate/site", "migrate/proof", "migrate/plan", "migrate/ledger", "migrate/report", "migrate/shrink", "assets", "frontmatter"},
	"migrate/memory":             {"migrate/plan", "migrate/ledger", "migrate/merge", "migrate/secret", "frontmatter"},
	"migrate/report":             {"migrate/proof"},
	"migrate/source":             {"migrate/feedscan", "migrate/clean", "migrate/source/wptext"},
	"migrate/feedscan":           {"migrate/unpack"},
	"migrate/clean":              nil,
	"migrate/source/wptext":      nil,
	"migrate/markdown":           nil,
	"migrate/site":               {"migrate/proof", "frontmatter"},
	"migrate/plan":               {"migrate/ledger", "migrate/tree"},
	"migrate/dom":                nil,
	"migrate/blog":               nil,
	"migrate/ledger":             {"migrate/likeness"},
	"migrate/likeness":           nil,
	"migrate/merge":              nil,
	"migrate/proof":              nil,
	"migrate/shrink":             {"migrate/proof"},
	"migrate/fetch":              {"migrate/secret", "migrate/unpack"},
	"migrate/secret":             nil,
	"migrate/tree":               nil,
	"migrate/unpack":             nil,
	"migrate/template":           nil,
	"migrate/site/sitetest":      nil, // for tests alone
	"migrate/tree/treetest":      nil, // for tests alone
	"assets":                     nil,
	"frontmatter":                nil,
	"migrate/regex":              nil,
	"migrate/blogtest":           nil, // for tests alone
	"migrate/blogtest/writeblog": {"migrate/blogtest"},
}

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	const module = "replant/"
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; seen++ {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("%s has no place in the design", name)
		}
		if name != "migrate/dom" {
			allowed = append([]string{"migrate/dom", "migrate/blog", "migrate/regex"}, allowed...)
		}
		for _, i := range p.Imports {
			if own, ok := strings.CutPrefix(i, module); ok && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", name, own)
			}
		}
	}
	if seen < len(mayImport) {
		t.Errorf("go list gave %d packages, not %d", seen, len(mayImport))
	}
}

// An expression that cannot be compiled would end a run where it is first used.
func TestAllExpressionsCompile(t *testing.T) {
	t.Parallel()
	all := regex.Declared()
	if len(all) < 100 {
		t.Errorf("only %d expressions are declared", len(all))
	}
	for _, expression := range all {
		if _, err := regexp.Compile(expression); err != nil {
			t.Error(err)
		}
	}
}
