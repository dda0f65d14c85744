package page

import (
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/site"
)

// testMaker returns a maker for an empty site.
func testMaker(t *testing.T) *Maker {
	t.Helper()
	fs := afero.NewMemMapFs()
	m, err := memory.Recall(fs, nil)
	if err != nil {
		t.Fatal(err)
	}
	where, err := site.Find(m.Tree(), "hugo")
	if err != nil {
		t.Fatal(err)
	}
	return New(Env{Memory: m, Site: where, Jobs: 1, Workers: new(Workers)}, &Feed{Settings: ledger.Settings{Target: "hugo"}})
}
