package clean

import (
	"strings"
	"testing"

	"replant/migrate/dom"
)

func TestAdvertisersAreKnownByTheirWords(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{
		"https://feedads.g.doubleclick.net/~at/x", "//feeds.feedburner.com/~a/b", "http://feedproxy.google.com/~at/b", "https://ads.pheedo.com/x",
		"http://rc.feedsportal.com/r/1", "https://pagead2.googlesyndication.com/pagead/x", "https://www.googleadservices.com/pagead/x",
	} {
		if !advertises(addr) {
			t.Errorf("%s is no advertisement", addr)
		}
	}
	for _, addr := range []string{"", "https://a.example/doubleclick", "https://feeds.feedburner.com/a/~ab", "https://a.example/~ada"} {
		if advertises(addr) {
			t.Errorf("%s is an advertisement", addr)
		}
	}
}

func TestCountersAreKnownByTheirWords(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{
		"http://feeds.feedburner.com/~ff/a", "https://feedproxy.google.com/~ff/a", "https://feedproxy.google.com/~4/a", "//feeds2.feedburner.com/~r/a", "https://feeds.feedblitz.com/a", "https://assets.feedblitz.com/a",
		"http://da.feedsportal.com/a", "https://feedsportal.com/a", "https://api.follow.it/track-rss/a", "https://feeds.wordpress.com/1.0/a", "https://stats.wordpress.com/b.gif", "https://pixel.wp.com/g.gif",
		"https://medium.com/_/stat?a", "https://www.blogger.com/tracker/1", "https://blogger.googleusercontent.com/tracker/1", "https://px.srvcs.tumblr.com/a", "https://px.ads.linkedin.com/a", "//pixel.quantserve.com/a",
		"https://sb.scorecardresearch.com/p", "https://c.statcounter.com/1", "https://www.google-analytics.com/collect", "https://ssl.google-analytics.com/a", "https://www.facebook.com/tr?id=1", "https://counter.theconversation.com/a",
		"https://track.hubspot.com/a", "https://ssl-vg03.met.vgwort.de/na/1", "http://vg01.met.vgwort.de/na/1", "https://a.example/piwik.php?a", "https://a.example/matomo.php?a", "https://ir-na.amazon-adsystem.com/e/ir?t",
		"http://www.assoc-amazon.co.uk/e/ir?t", "https://ad.linksynergy.com/fs-bin/show?id", "https://www.paypal.com/en_US/i/scr/pixel.gif", "https://www.paypalobjects.com/de_DE/i/scr/pixel.gif",
	} {
		if !counts(addr) {
			t.Errorf("%s is no counter", addr)
		}
	}
	for _, addr := range []string{"", "https://a.example/pixel.gif", "https://a.example/counter.png", "https://a.example/?https://pixel.wp.com/g.gif"} {
		if counts(addr) {
			t.Errorf("%s is a counter", addr)
		}
	}
}

func TestPicturesOfCharactersAreKnownByTheirWords(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{
		"https://s.w.org/images/core/emoji/14/72x72/1f600.png", "//s1.wp.com/wp-content/mu-plugins/wpcom-smileys/x.png", "https://s0.wp.com/i/emoji/x.svg",
		"https://static.xx.fbcdn.net/images/emoji.php/v9/x.png", "https://abs.twimg.com/emoji/v2/x.png", "https://GitHub.GithubAssets.com/images/icons/Emoji/x.png",
		"https://fonts.gstatic.com/s/e/notoemoji/15/x.gif", "https://cdn.example/npm/twemoji@14/x.svg", "https://cdn.example/emojione/x.png", "https://cdn.example/emoji-datasource/x.png",
	} {
		if !showsEmoji(addr) {
			t.Errorf("%s shows no character", addr)
		}
	}
	if showsEmoji("https://a.example/my-emoji.png") || showsEmoji("https://a.example/smileys/x.png") {
		t.Error("an author's picture shows a character")
	}
}

// A pixel goes for a reason that has a name, with the link around it; a small picture stays.
func TestPixelsAreCounters(t *testing.T) {
	t.Parallel()
	body, err := Parse(`<p>Bees.<a href="https://hive.example/c"><img src="https://hive.example/p.gif" width="1" height="1px"></a></p>` +
		`<p><img src="https://hive.example/line.png" width="1" height="40"></p>`)
	if err != nil {
		t.Fatal(err)
	}
	removals := Finish(body, nil, false)
	if got := dom.InnerHTML(body); strings.Contains(got, "p.gif") || !strings.Contains(got, "line.png") {
		t.Errorf("left: %s", got)
	}
	if len(removals) == 0 {
		t.Error("nothing says that the pixel was removed")
	}
	for _, r := range removals {
		if r.Reason != string(Counter) {
			t.Errorf("%s: removed as %s", r.Node.Data, r.Reason)
		}
	}
}
