package secret

import (
	"strings"

	"replant/migrate/regex"
)

// password matches the keys of queries that name a secret: the value proves who asks, and
// has nothing to do with which feed it is.
var password = regex.Lazy(`token|secret|passw|passphrase|api[_-]?key|signature|credential|(?:feed|rss|auth|access|private|secret|user)[_-]?key|^(?:auth|authorization|key|sig|access|code|sid|session|sessionid|phpsessid|jsessionid|pwd|pass|pw|hash|hmac|ticket|jwt|private|bearer|otp|pin|login|user|username|email|mail)$`)

// harmless are the keys of queries for pages, order, format and choice of posts.
var harmless = set(`
	page paged p pagenum page_num page_number pg offset start start-index startindex from_page
	max-results max_results maxresults limit count num size per_page per-page perpage pagesize
	page_size posts_per_page posts_per_rss items results rows max top skip
	order orderby order_by sort sortby sort_by direction reverse
	format output type alt feed rss rss2 atom rdf xml json withoutcomments redirect view full
	fulltext full-text content summary v version edition mode m
	cat category category_name categories tag tags tagged label labels topic section author
	lang language locale hl post_type year month monthnum day date since published
	cursor after before page_token_number
	utm_source utm_medium utm_campaign utm_content utm_term`)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(list) {
		all[w] = true
	}
	return all
}

// word is what a key may look like.
var word = regex.Lazy(`^[\pL\pN_.-]{1,40}$`)

// short is a key that is too short to be a secret itself.
var short = regex.Lazy(`^[a-z][a-z0-9]{0,3}$`)

// plain is what the value of a harmless key may look like.
var plain = regex.Lazy(`^[\pL\pN @+._~:,/|*-]{0,80}$`)

func plainValue(value string) bool { return plain().MatchString(value) && !Random(value) }

// telling are words in a path before a secret.
var telling = set(`
	private secret secrets token tokens key keys apikey api_key api-key auth access_token
	access-token hash signed sig signature session sid jwt password passwd pass pwd ticket
	feedkey feed_key rsskey rss_key private-feed private_feed private-feeds private_feeds`)

func names(segment string) bool { return telling[strings.ToLower(segment)] }

// usual are the words that the path of a feed is made of.
var usual = set(`
	feed feeds rss rss2 atom xml json index default posts post podcast podcasts blog news
	articles comments public all latest main user users member members`)

// ordinary tells whether a segment is one that says nothing of who asks.
func ordinary(segment string) bool {
	s := strings.ToLower(segment)
	return usual[s] || telling[s]
}

// keyed is a segment with a name of its own before a value: ;jsessionid=…, token:….
var keyed = regex.Lazy(`^(.*?)[=:](.+)$`)

// prefixed is a segment whose first word tells that a secret follows it.
var prefixed = regex.Lazy(`(?i)^(?:token|key|secret|private|auth|sig|pass|pwd)[-_.]`)

// mixed is a word of letters and digits.
var mixed = regex.Lazy(`[A-Za-z][0-9]|[0-9][A-Za-z]`)

// secretSegment tells whether a segment of a path is, or may hold, a secret.
func secretSegment(s string) bool {
	if m := keyed().FindStringSubmatch(s); m != nil || strings.Contains(s, ";") {
		return m == nil || !harmless[strings.ToLower(m[1])] || !plainValue(m[2])
	}
	return prefixed().MatchString(s) && mixed().MatchString(s) || Random(s)
}
