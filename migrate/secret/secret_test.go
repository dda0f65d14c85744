package secret

import (
	"net/url"
	"strings"
	"testing"
)

// TestHarmlessAddressesStayInClear has addresses of the kinds that public blogs have.
func TestHarmlessAddressesStayInClear(t *testing.T) {
	t.Parallel()
	for _, addr := range strings.Fields(`
		https://dev.to/feed/ben
		https://dev.to/feed/sm_tvn_9a7b1a4d5d4dee8
		https://dev.to/feed/tag/webdev
		https://medium.com/feed/@ev
		https://medium.com/feed/@user-5f3a9c0b1d2e
		https://medium.com/feed/tag/artificial-intelligence
		https://medium.com/feed/netflix-techblog
		https://ben.medium.com/feed
		https://ben.substack.com/feed
		https://ben.wordpress.com/feed/
		https://blog.example/?feed=rss2
		https://blog.example/feed/?paged=2
		https://blog.example/?cat=5&feed=rss2
		https://blog.example/?feed=rss2&p=123&withoutcomments=1
		https://blog.example/feed/?tag=x
		https://blog.example/feed/?tag[]=go&lang=pt-BR
		https://blog.example/category/news/feed/?orderby=modified&order=desc
		https://blog.example/blog?format=rss
		https://blog.example/2024/01/15/how-i-built-my-blog-in-2024/feed/
		https://blog.example/author/jane.doe/feed/atom/
		https://blog.example/~jane/index.rdf
		https://blog.example/@user/feed
		https://blog.example/@user.rss
		https://blog.example/feed.xml?
		https://blog.example/feeds/all.atom.xml
		https://blog.example/rss/2/
		https://jane.blogspot.com/feeds/posts/default?max-results=500&start-index=501&alt=rss&redirect=false
		https://www.blogger.com/feeds/1234567890123456789/posts/default
		https://jane.tumblr.com/page/3/rss
		https://jane.hashnode.dev/rss.xml
		https://feeds.feedburner.com/TheDailyPuppyAndOtherStories
		https://www.youtube.com/feeds/videos.xml?channel_id=UCsBjURrPoezykLs9EqgamOA
		https://github.com/golang/go/releases.atom
		https://mastodon.example/@jane.rss
		https://news.example/RSS/rechtsschutzversicherungsgesellschaften.xml
		https://news.example/k8s-and-web3-in-2024-top10-of-f1rumors.xml
		https://blog.example/tag:go/feed.json
		https://blog.example/%C3%BCber-uns/feed.atom
		https://blog.example/feed.json?page=3&per_page=50
		https://blog.example/feed?utm_source=feedly&utm_medium=rss
		http://127.0.0.1:8080/blog/feed.xml
		http://[::1]:8080/index.xml
	`) {
		u := parse(t, addr)
		if got, fingerprint := Address(u); got != addr || fingerprint != "" {
			t.Errorf("%s becomes %s, %q", addr, got, fingerprint)
		}
	}
}

// TestSecretsAreLeftOut has one secret an address; what is written down is its own reading.
func TestSecretsAreLeftOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ addr, want string }{
		{"https://ann:{hunter2}@blog.example/feed", "https://blog.example/feed"},
		{"https://{hunter2}@blog.example/feed", "https://blog.example/feed"},
		{"https://blog.example/feed?pwd={hunter2}&page=2", "https://blog.example/feed?page=2"},
		{"https://blog.example/feed?PASS={hunter2}", "https://blog.example/feed"},
		{"https://blog.example/feed?%74oken={hunter2}", "https://blog.example/feed"},
		{"https://blog.example/feed?my_Token_2={hunter2}", "https://blog.example/feed"},
		{"https://blog.example/feed?k={hunter2}", "https://blog.example/feed?k=~"},
		{"https://blog.example/feed?s={hunter2}&format=rss", "https://blog.example/feed?s=~&format=rss"},
		{"https://blog.example/feed?uid={4711}", "https://blog.example/feed?uid=~"},
		{"https://blog.example/feed?{hunter2}", "https://blog.example/feed?~"},
		{"https://blog.example/feed?{0a1b2c3d4e5f6789}=1", "https://blog.example/feed?~"},
		{"https://blog.example/feed?page={0a1b2c3d4e5f6789}", "https://blog.example/feed?page=~"},
		{"https://blog.example/feed?page=2;token={hunter2}", "https://blog.example/feed?page=~"},
		{"https://blog.example/feed/private/{0a1b2c}.rss", "https://blog.example/feed/private/~.rss"},
		{"https://blog.example/private/feed/{hunter2}/rss", "https://blog.example/private/feed/~/rss"},
		{"https://blog.example/feed/{0a1b2c3d4e5f67890a1b2c3d4e5f6789}.xml", "https://blog.example/feed/~.xml"},
		{"https://blog.example/{550e8400-e29b-41d4-a716-446655440000}/rss/", "https://blog.example/~/rss/"},
		{"https://blog.example/f/{x7Kp9aQ3vB_8Zt-2LmN4w}", "https://blog.example/f/~"},
		{"https://blog.example/f/{JBSWY3DPEHPK3PXP}", "https://blog.example/f/~"},
		{"https://blog.example/f/{aGVsbG9Xb3JsZEZvb0Jhcg}", "https://blog.example/f/~"},
		{"https://blog.example/feed;jsessionid={hunter2}", "https://blog.example/~"},
		{"https://blog.example/feed/token={hunter2}/rss", "https://blog.example/feed/~/rss"},
		{"https://blog.example/feed/user:{hunter2}/rss", "https://blog.example/feed/~/rss"},
		{"https://blog.example/feed/key-{abc123}.atom", "https://blog.example/feed/~.atom"},
		{"https://blog.example/feed#{hunter2}", "https://blog.example/feed"},
	} {
		addr := strings.NewReplacer("{", "", "}", "").Replace(tt.addr)
		_, secret, _ := strings.Cut(tt.addr, "{")
		secret, _, _ = strings.Cut(secret, "}")
		got, fingerprint := Address(parse(t, addr))
		if unmarked(got) != tt.want || strings.Contains(got, secret) || fingerprint == "" && !strings.Contains(addr, "#") {
			t.Errorf("%s becomes %s, %q", addr, got, fingerprint)
		}
		if again, more := Address(parse(t, got)); again != got || more != "" {
			t.Errorf("%s becomes %s, %q", got, again, more)
		}
		if marked := Marked(parse(t, got)); marked != strings.Contains(got, "~") || Marked(parse(t, addr)) {
			t.Errorf("%s is marked: %t", got, marked)
		}
	}
}

// unmarked leaves the marks without their fingerprints.
func unmarked(addr string) string {
	parts := strings.Split(addr, "~")
	for i := 1; i < len(parts); i++ {
		parts[i] = parts[i][8:]
	}
	return strings.Join(parts, "~")
}

// Two feeds have two addresses, and one feed has one, whatever password it is asked with.
func TestAddressesTellFeedsApart(t *testing.T) {
	t.Parallel()
	at := func(addr string) string { return Shown(parse(t, addr)) }
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"https://blog.example/feed.php?f=5", "https://blog.example/feed.php?f=6", false},
		{"https://blog.example/feed.php?f=5", "https://blog.example/feed.php?g=5", false},
		{"https://blog.example/feed.php?f=5", "https://other.example/feed.php?f=5", false},
		{"https://blog.example/private/a1/rss", "https://blog.example/private/a2/rss", false},
		{"https://blog.example/feed?token=a", "https://blog.example/feed?token=b", true},
		{"https://a:b@blog.example/feed", "https://blog.example/feed", true},
	} {
		if a, b := at(tt.a), at(tt.b); (a == b) != tt.same {
			t.Errorf("%s and %s: %s and %s", tt.a, tt.b, a, b)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("https://a:b@c/d/0a1b2c3d4e5f6789.rss?e=f&token=g&~01234567&h#i")
	f.Add("https://c/private/~x;y=z%2f%?;=&&")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := url.Parse(text)
		if err != nil || u.Host == "" {
			return
		}
		addr, _ := Address(u)
		v, err := url.Parse(addr)
		if err != nil {
			t.Fatalf("%q becomes %q: %v", text, addr, err)
		}
		if again, _ := Address(v); again != addr || v.User != nil {
			t.Errorf("%q becomes %q, then %q", text, addr, again)
		}
	})
}

func parse(t *testing.T, addr string) *url.URL {
	t.Helper()
	u, err := url.Parse(addr)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
