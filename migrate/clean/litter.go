package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// litterClasses are the boxes that feeds, and the plug-ins of blogs, put among an
// author's words. Each is the name of one program for its own box, so that none is an
// author's; what a word such as "share" or "related" names may be.
var litterClasses = blog.WordSet(strings.Join([]string{
	// To share by, and to count.
	`feedflare mf-viral`, // FeedBurner, Feedsportal
	`sharedaddy sd-sharing sd-sharing-enabled jetpack-likes-widget-wrapper wp-block-jetpack-sharing-buttons wp-block-jetpack-like`,
	`addtoany_share_save_container addtoany_content a2a_kit addthis_toolbox addthis_sharing_toolbox addthis_inline_share_toolbox`,
	`heateor_sss_sharing_container heateorSssClear ssba ssba-wrap shareaholic-canvas essb_links swp_social_panel nc_socialPanel`,
	`mashsb-container simplesocialbuttons sfsiaftrpstwpr sfsi_responsive_icons scriptlesssocialsharing novashare-buttons`,
	`dpsp-content-wrapper dpsp-share-text sharethis-inline-share-buttons sharethis-inline-reaction-buttons shariff`,
	`pvc_clear pvc_stats wpulike kk-star-ratings post-ratings`,
	`ss-inline-share-wrapper bctt-ctt-btn twitter-share-button fb-like printfriendly post-views span-reading-time rt-reading-time`,
	`wprm-recipe-print wprm-print-recipe-shortcode wprm-recipe-pin wprm-recipe-jump wprm-jump-to-recipe-shortcode wprm-checkbox-container`, // WP Recipe Maker
	`tasty-recipes-print-button tasty-recipes-jump-link tasty-recipes-print-link tr-ingredient-checkbox-container`,                         // WP Tasty
	`highlight__panel js-actions-panel`, // Forem, wherever its pages were copied to
	// To agree to a player, which stays.
	`_brlbs-content-blocker brlbs-cmpnt-cb-preset embed-privacy-overlay cmplz-blocked-content-notice cookieconsent-optout-marketing`,
	`cookieconsent-optout-statistics cookieconsent-optout-preferences`, // Borlabs Cookie, Embed Privacy, Complianz, Cookiebot
	// To subscribe by.
	`subscription-widget-wrap subscription-widget-wrap-editor`, // Substack, the same
	`mc4wp-form newsletter-form-wrapper wp-block-jetpack-subscriptions jetpack_subscription_widget tnp-subscription mailpoet_form`,
	`convertkit-form formkit-form`,
	// To read other posts by.
	`jp-relatedposts wp-block-jetpack-related-posts yarpp yarpp-related crp_related rp4wp-related-posts wp_rp_wrap wp_rp_content`,
	`zemanta-related zemanta-pixie zemanta-articles OUTBRAIN shareaholic-show-related`,
	// To find one's way, and who writes: the same under each post.
	`ez-toc-container ez-toc-widget-container lwptoc saboxplugin-wrap abh_box molongui-author-box`,
	// To buy by.
	`adsbygoogle google-auto-placed wpcnt wordads-ad-wrapper advads-container ezoic-adpicker-ad ezoic-autoinsert-ad`,
}, " "))

// listed returns the words of some lines.
func listed(lines ...string) []string { return strings.Fields(strings.Join(lines, " ")) }

// litterIDs are the ids of such boxes: tables of contents that plug-ins make, a notice of cookies.
var litterIDs = blog.WordSet("toc_container ez-toc-container cookie-notice cookie-law-info-bar")

// isLitter reports whether an element is such a box.
func isLitter(n *html.Node) bool {
	return litterIDs[dom.Attr(n, "id")] || dom.ClassIn(n, litterClasses)
}

// counter is the address of a picture, or of an empty link, that a feed adds to count its
// readers.
var counter = regex.Lazy(`^(?:https?:)?//(?:` + strings.Join([]string{
	`feeds\.feedburner\.com/~\w+/`, `feedproxy\.google\.com/~(?:f+|4)/`, `\w+\.feedburner\.com/~r/`,
	`(?:feeds|assets)\.feedblitz\.com/`, `(?:\w+\.)?feedsportal\.com/`, `api\.follow\.it/track`,
	`feeds\.wordpress\.com/1\.0/`, `stats\.wordpress\.com/`, `pixel\.wp\.com/`, `medium\.com/_/stat\?`,
	`(?:www\.)?blogger\.com/tracker`, `blogger\.googleusercontent\.com/tracker/`, `px\.srvcs\.tumblr\.com/`,
	`px\.ads\.linkedin\.com/`, `pixel\.quantserve\.com/`, `\w+\.scorecardresearch\.com/`, `c\.statcounter\.com/`,
	`(?:www|ssl)\.google-analytics\.com/`, `www\.facebook\.com/tr\?`, `counter\.theconversation\.com/`, `track\.hubspot\.com/`,
	`(?:ssl-)?vg\d+\.met\.vgwort\.de/na/`, `[\w.-]+/(?:piwik|matomo)\.php\?`,
	`(?:www\.|ir-\w+\.)?(?:assoc-amazon|amazon-adsystem)\.[a-z.]+/e/ir\?`, `ad\.linksynergy\.com/fs-bin/show`,
	`www\.paypal(?:objects)?\.com/\w+/i/scr/pixel\.gif`,
}, "|") + `)`)

// advertiser is the address of an advertisement that a feed's maker puts among posts:
// hosts, and folders of hosts, that serve nothing else.
var advertiser = regex.Lazy(`^(?:https?:)?//(?:` + strings.Join([]string{
	`feedads\.g\.doubleclick\.net/`, `(?:feeds\.feedburner|feedproxy\.google)\.com/~a[t]?/`, `(?:\w+\.)?pheedo\.com/`,
	`(?:da|rc|adchoice)\.feedsportal\.com/`, `(?:\w+\.)*googlesyndication\.com/`, `(?:\w+\.)*googleadservices\.com/`,
}, "|") + `)`)

// advertisers are words of which the address of every advertiser has one.
var advertisers = []string{"doubleclick", "/~a", "pheedo", "feedsportal", "googlesyndication", "googleadservices"}

// advertises reports whether an address is an advertisement's. Most have none of its words.
func advertises(addr string) bool {
	return holdsAny(addr, advertisers) && advertiser().MatchString(addr)
}

// counterWords are words of which the address of every counter has one.
var counterWords = []string{
	"feedburner", "feedproxy", "feedblitz", "feedsportal", "follow.it", "s.wordpress", "pixel", "/_/stat", "/tracker", "//px", "scorecard", "counter", "analytics",
	"/tr?", "hubspot", "vgwort", "php?", "/e/ir?", "linksynergy",
}

// counts reports whether an address is a counter's. Most have none of its words.
func counts(addr string) bool { return holdsAny(addr, counterWords) && counter().MatchString(addr) }

// litter removes what neither the author wrote nor a reader wants from any feed: one
// that passed through FeedBurner may come from everywhere.
func litter(c *census) {
	c.after(c.may(holdLitterIDs) || c.classIn(litterClasses), func(body *html.Node) {
		for _, n := range dom.Find(body, isLitter) {
			Drop(n, Widget)
		}
	})
	dropped := false
	for _, n := range c.pictures {
		src := strings.TrimSpace(dom.Attr(n, "src"))
		switch {
		case advertises(src):
			Drop(n, Advertisement)
		case n.DataAtom == atom.Img && counts(src):
			Drop(n, Counter)
		default:
			continue
		}
		dropped = true
	}
	if dropped {
		c.take()
	}
	for _, n := range c.links {
		href := strings.TrimSpace(dom.Attr(n, "href"))
		switch {
		case advertises(href):
			Drop(n, Advertisement)
		case dom.Empty(n) && counts(href):
			Drop(n, Counter)
		}
	}
	if c.may(holdScripts) {
		for _, n := range scriptTexts(c.body) {
			Drop(n, Advertisement)
		}
	}
}

// scriptText is what shows of a script where a feed's maker has taken its tags off.
var scriptText = regex.Lazy(`^(?:` + strings.Join([]string{
	`\(\s*(?:window\.)?adsbygoogle\s*=\s*window\.adsbygoogle\s*\|\|\s*\[\]\s*\)\.push\(\s*\{\s*\}\s*\);?`,
	`!function\(d,\s*s,\s*id\)\s*\{var js.*\(document,\s*["']script["'],\s*["'][\w-]+["']\);?`,
	`google_ad_client\s*=\s*["'][^"']*["'];(?:\s*(?:/\*[^*]*\*/\s*)?google_ad_\w+\s*=\s*[^;]*;)*(?:\s*//-->)?`,
}, "|") + `)$`)

// scriptTexts returns the texts of scripts that advertise, where they stand alone.
func scriptTexts(body *html.Node) (all []*html.Node) {
	for n := range dom.Below(body) {
		if n.Type != html.TextNode || len(n.Data) > 2000 || !beginsScript(strings.TrimSpace(n.Data)) {
			continue
		}
		if scriptText().MatchString(strings.Join(strings.Fields(n.Data), " ")) && !inCode(n) {
			all = append(all, n)
		}
	}
	return all
}

// beginsScript reports whether a text begins as one of scriptText may.
func beginsScript(s string) bool {
	return s != "" && (s[0] == '(' || s[0] == '!') || strings.HasPrefix(s, "google_ad_client")
}

// inCode reports whether n stands in code.
func inCode(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.Pre, atom.Code, atom.Listing, atom.Xmp:
			return true
		}
	}
	return false
}

// pixels removes pictures that are there to be counted and not to be seen. Package assets removes
// others, of which it learns the size from their bytes or from a twin for readers without scripts.
func pixels(body *html.Node) {
	for _, n := range dom.Find(body, dom.Named(atom.Img)) {
		if dom.IsPixel(n) {
			Drop(n, Counter)
		}
	}
}

// emptyLinks removes links that show nothing and that no other link leads to: they would part
// a word from the full stop behind it.
func emptyLinks(body *html.Node) {
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		if dom.Empty(a) && dom.Attr(a, "href") != "" && dom.Attr(a, "id")+dom.Attr(a, "name") == "" {
			Remove(a, Blank)
		}
	}
}
