package page

import (
	"testing"

	"replant/migrate/ledger"
)

// A site that uses no new setting has its pages from what they were made from before there
// was one: else an upgrade would make them all anew.
func TestPagesOfTodayAreFromTheSame(t *testing.T) {
	t.Parallel()
	s := ledger.Settings{Target: "hugo", Images: ledger.Local, Embeds: "shortcode", FrontMatter: ledger.YAML}
	const today = "4a33eacd5fa65f2b2e2871cd-d7a8ec00"
	if got := ledger.From("item", looksOf(s)); got != today {
		t.Errorf("pages are from %s, and were from %s", got, today)
	}
	s.Figures = "shortcode"
	if got := ledger.From("item", looksOf(s)); got != today {
		t.Errorf("the default that is said is another than the one that is not: %s", got)
	}
	if s.Figures = ledger.PlainFigures; ledger.From("item", looksOf(s)) == today {
		t.Error("plain figures make no other pages")
	}
}
