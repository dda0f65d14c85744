package review

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

func parsed(t *testing.T, source string) []*html.Node {
	t.Helper()
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(source), dom.Elem(atom.Body), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return nodes
}
