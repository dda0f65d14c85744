package page

import (
	"strings"
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

func TestLongTitlesAreShortInReports(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("wörter ", 1000)
	if got := called(long); got != strings.TrimSpace(string([]rune(long)[:100]))+"…" {
		t.Errorf("called %q", got)
	}
	if got := called("Of soil"); got != "Of soil" {
		t.Errorf("called %q", got)
	}
}
