package review

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/spf13/afero"
)

// asks sends a request as some page, or nobody, would have a browser send it.
func asks(t *testing.T, method, address, body string, change func(*http.Request)) (code int, text string, h http.Header) {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b), resp.Header
}

func TestServerAnswersItsOwnPageAlone(t *testing.T) {
	t.Parallel()
	g := planted(t)
	if err := afero.WriteFile(g.site, "content/posts/hello/secret.png", []byte("not a picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	b := g.book()
	s := g.serve(b)
	from := func(origin string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Origin", origin) }
	}
	settle := `{"post":` + string(rune('0'+number(t, b, "Compost"))) + `,"choice":"mine"}`
	page, post, picture := s.Address(), s.Address()+"post/0", s.picture("content/posts/numbers/bed.png")
	for name, c := range map[string]struct {
		method, address, body string
		change                func(*http.Request)
		want                  int
	}{
		"the page":                    {"GET", page, "", nil, 200},
		"a post":                      {"GET", post, "", nil, 200},
		"a picture":                   {"GET", picture, "", nil, 200},
		"a picture in a frame":        {"GET", picture, "", from("null"), 200},
		"no token":                    {"GET", s.origin() + "/", "", nil, 404},
		"another token":               {"GET", strings.Replace(page, s.token, "AAAA", 1), "", nil, 404},
		"the pictures' token":         {"GET", strings.Replace(page, s.token, s.seen, 1), "", nil, 404},
		"a post by that":              {"GET", strings.Replace(post, s.token, s.seen, 1), "", nil, 404},
		"settling by that":            {"POST", s.origin() + "/" + s.seen + "/settle", settle, from(s.origin()), 404},
		"another host's name":         {"GET", page, "", func(r *http.Request) { r.Host = "evil.example" }, 403},
		"localhost":                   {"GET", page, "", func(r *http.Request) { r.Host = strings.Replace(r.Host, "127.0.0.1", "localhost", 1) }, 403},
		"another page":                {"GET", post, "", from("https://evil.example"), 403},
		"settling from another page":  {"POST", page + "settle", settle, from("https://evil.example"), 403},
		"settling from a frame":       {"POST", page + "settle", settle, from("null"), 403},
		"settling from nowhere":       {"POST", page + "settle", settle, nil, 403},
		"settling across sites":       {"POST", page + "settle", settle, func(r *http.Request) { from(s.origin())(r); r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"settling what is not there":  {"POST", page + "settle", `{"post":99,"choice":"mine"}`, from(s.origin()), 400},
		"settling by no choice":       {"POST", page + "settle", strings.Replace(settle, "mine", "both", 1), from(s.origin()), 409},
		"settling with a whole book":  {"POST", page + "settle", `{"choice":"` + strings.Repeat("x", 4000) + `"}`, from(s.origin()), 400},
		"settling by GET":             {"GET", page + "settle", "", nil, 404},
		"another method":              {"PUT", page, "", nil, 405},
		"no such post":                {"GET", s.Address() + "post/99", "", nil, 404},
		"no number":                   {"GET", s.Address() + "post/-1", "", nil, 404},
		"a page of the site":          {"GET", s.picture("content/posts/hello/index.md"), "", nil, 404},
		"the ledger":                  {"GET", s.picture(".replant/ledger.json"), "", nil, 404},
		"what is called a picture":    {"GET", s.picture("content/posts/hello/secret.png"), "", nil, 404},
		"what lies outside":           {"GET", s.origin() + s.pictures() + "..%2f..%2fetc/passwd", "", nil, 404},
		"what lies outside, escaped":  {"GET", s.origin() + s.pictures() + "%2e%2e%2fsecret", "", nil, 404},
		"an absolute path":            {"GET", s.origin() + s.pictures() + "%2fetc%2fpasswd", "", nil, 404},
		"a picture that is not there": {"GET", s.picture("content/none.png"), "", nil, 404},
	} {
		code, text, h := asks(t, c.method, c.address, c.body, c.change)
		if code != c.want {
			t.Errorf("%s: %d %s, want %d", name, code, text, c.want)
		}
		if h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", name, h)
		}
	}
	if !strings.Contains(g.page("content/posts/compost/index.md"), "wooden box") {
		t.Error("something was settled")
	}
	_, _, h := asks(t, "GET", page, "", nil)
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'", "script-src 'sha256-"} {
		if !strings.Contains(h.Get("Content-Security-Policy"), part) {
			t.Errorf("the policy %q lacks %s", h.Get("Content-Security-Policy"), part)
		}
	}
	if code, text, _ := asks(t, "POST", page+"settle", strings.Replace(settle, "mine", "source", 1), from(s.origin())); code != http.StatusNoContent {
		t.Errorf("settling: %d %s", code, text)
	}
	if !strings.Contains(g.page("content/posts/compost/index.md"), "clay pot") {
		t.Error("nothing was settled")
	}
	if code, text, _ := asks(t, "POST", page+"settle", settle, from(s.origin())); code != http.StatusConflict {
		t.Errorf("settling it again: %d %s", code, text)
	}
	if got := shows(t, b, "Compost"); got.Why != "settled" || got.Incoming != "" || !strings.Contains(got.Markdown, "clay pot") {
		t.Errorf("once settled, it shows %+v", got)
	}
}

// Nobody settles by a review that only looks.
func TestNothingIsSettledWithoutLeave(t *testing.T) {
	t.Parallel()
	g := planted(t)
	b := g.book()
	b.Settle = nil
	s := g.serve(b)
	code, _, _ := asks(t, "POST", s.Address()+"settle", `{"post":0,"choice":"mine"}`, func(r *http.Request) { r.Header.Set("Origin", s.origin()) })
	if code != http.StatusBadRequest {
		t.Errorf("%d", code)
	}
}
