package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// internet is all hosts there are, behind a proxy: a blog and pictures, each named by its
// number, some with a fault.
type internet struct {
	*httptest.Server
	posts, each int           // pictures of a post
	hosts       int           // that the pictures are spread over
	size        int           // of a picture, in bytes
	latency     time.Duration // before each answer
	timeout     time.Duration // of the program; zero is the default
	fault       func(picture int) string

	mu     sync.Mutex
	asked  map[string]int // by address
	flying map[string]int // requests in flight, by host; "" is all of them
	most   map[string]int
}

func newInternet(t testing.TB, n *internet) *internet {
	n.asked, n.flying, n.most = map[string]int{}, map[string]int{}, map[string]int{}
	n.Server = httptest.NewServer(n)
	t.Cleanup(n.Close)
	return n
}

const internetFeed = "http://blog.example/feed.xml"

// feed shows all pictures, a few in each post.
func (n *internet) feed() string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Pictures</title><link>http://blog.example/</link>`)
	n.mu.Lock()
	posts := n.posts
	n.mu.Unlock()
	for p := range posts {
		fmt.Fprintf(&b, `<item><title>Post %d</title><link>http://blog.example/post-%d</link><pubDate>Thu, 01 Jan 2026 00:00:00 +0000</pubDate><description>`, p, p)
		for i := p * n.each; i < (p+1)*n.each; i++ {
			fmt.Fprintf(&b, `&lt;p&gt;&lt;img src="%s" alt="%d"&gt;&lt;/p&gt;`, n.address(i), i)
		}
		b.WriteString(`</description></item>`)
	}
	return b.String() + `</channel></rss>`
}

// publish gives the blog one more post.
func (n *internet) publish() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.posts++
}

func (n *internet) address(picture int) string {
	return fmt.Sprintf("http://img%d.example/%d.png", picture%n.hosts, picture)
}

// picture returns the bytes of a picture.
func (n *internet) picture(i int) []byte {
	b := n.named(i)
	return append(b, bytes.Repeat([]byte{byte(i)}, max(0, n.size-len(b)))...)
}

func (n *internet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	times := n.enter(r)
	defer n.leave(r)
	time.Sleep(n.latency)
	if r.URL.String() == internetFeed {
		fmt.Fprint(w, n.feed())
		return
	}
	i, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/"), ".png"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	fault := ""
	if n.fault != nil {
		fault = n.fault(i)
	}
	if fault == "" {
		n.send(w, i)
		return
	}
	misbehave(w, r, fault, times, n.picture(i))
}

// send answers with a picture, a part at a time: a program that this one starts begins its
// count of memory where this one is.
func (n *internet) send(w http.ResponseWriter, i int) {
	head := n.named(i)
	_, _ = w.Write(head)
	part := bytes.Repeat([]byte{byte(i)}, 32<<10)
	for left := n.size - len(head); left > 0; left -= len(part) {
		_, _ = w.Write(part[:min(left, len(part))])
	}
}

// named is how a picture begins.
func (n *internet) named(i int) []byte {
	return append([]byte("\x89PNG\r\n\x1a\n"), fmt.Sprint(i)...)
}

// misbehave answers with a picture, by the fault of that name.
func misbehave(w http.ResponseWriter, r *http.Request, fault string, times int, picture []byte) {
	switch fault {
	case "gone":
		http.NotFound(w, r)
		return
	case "busy once", "broken once":
		if times == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(map[string]int{"busy once": 429, "broken once": 503}[fault])
			return
		}
	case "cut":
		w.Header().Set("Content-Length", strconv.Itoa(len(picture)))
		_, _ = w.Write(picture[:len(picture)/2])
		panic(http.ErrAbortHandler)
	case "page":
		picture = []byte("<!doctype html><title>Log in</title>")
	case "empty":
		picture = nil
	case "hangs":
		_, _ = w.Write(picture[:4])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return
	}
	_, _ = w.Write(picture)
}

func (n *internet) enter(r *http.Request) (times int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, host := range []string{r.Host, ""} {
		n.flying[host]++
		n.most[host] = max(n.most[host], n.flying[host])
	}
	n.asked[r.URL.String()]++
	return n.asked[r.URL.String()]
}

func (n *internet) leave(r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.flying[r.Host]--
	n.flying[""]--
}

// forget forgets what was asked for, and returns how much that was.
func (n *internet) forget() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	total := len(n.asked)
	clear(n.asked)
	return total
}

// command is the program on this internet, with a cache of the site's own.
func (n *internet) command(site string, flags ...string) *exec.Cmd {
	cmd := exec.Command("replant", append(flags, internetFeed, site)...)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+site+".cache", "NO_PROXY=", "no_proxy=",
		"HTTP_PROXY="+n.URL, "http_proxy="+n.URL)
	if n.timeout > 0 {
		cmd.Env = append(cmd.Env, timeoutVariable+"="+n.timeout.String())
	}
	return cmd
}

// run runs the program to its end and returns its exit code and what it said.
func (n *internet) run(t testing.TB, site string, flags ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := n.command(site, flags...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// has reports whether a site has a picture, whole.
func (n *internet) has(site string, i int) bool {
	b, err := os.ReadFile(filepath.Join(site, "content", "posts", fmt.Sprintf("post-%d", i/n.each), fmt.Sprintf("%d.png", i)))
	return err == nil && bytes.Equal(b, n.picture(i))
}

// twice counts the pictures that were asked for more than once.
func (n *internet) twice() (count int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for addr, times := range n.asked {
		if times > 1 && addr != internetFeed {
			count++
		}
	}
	return count
}

// TestFaultyPictures has a tenth of the pictures fail in every way that servers know. All
// others arrive, each that does not is reported once, and when the faults are gone
// --retry-images makes the site that a run without them makes.
func TestFaultyPictures(t *testing.T) {
	t.Parallel()
	reasons := map[string]string{ // "" where another attempt helps
		"gone": "404 Not Found", "busy once": "", "broken once": "", "cut": "connection cut",
		"page": "a web page, not a picture", "empty": "nothing in it", "hangs": "timed out",
	}
	kinds := []string{"gone", "busy once", "broken once", "cut", "page", "empty", "hangs"}
	var mended atomic.Bool
	fault := func(i int) string {
		if i%10 != 3 || mended.Load() {
			return ""
		}
		return kinds[i/10%len(kinds)]
	}
	n := newInternet(t, &internet{posts: 40, each: 7, hosts: 6, size: 2000, timeout: 3 * time.Second, fault: fault})
	site := filepath.Join(t.TempDir(), "site")
	code, _, stderr := n.run(t, site, "-q")
	if code != exitTrouble {
		t.Errorf("exit %d", code)
	}
	told := 0
	for i := range n.posts * n.each {
		why := reasons[fault(i)]
		if has := n.has(site, i); has != (why == "") {
			t.Errorf("picture %d (%s) is in the site: %t", i, fault(i), has)
		}
		if why != "" {
			told++
			line := fmt.Sprintf("replant: post \"Post %d\": picture %s: %s\n", i/n.each, n.address(i), why)
			if !strings.Contains(stderr, line) {
				t.Errorf("nothing says %s", line)
			}
		}
	}
	if lines := strings.Count(stderr, "\n"); lines != told {
		t.Errorf("%d lines for %d failures:\n%s", lines, told, stderr)
	}
	if n.most[""] > 24 || n.most["img0.example"] > 6 {
		t.Errorf("requests in flight: %v", n.most)
	}
	n.forget()
	if code, stdout, stderr := n.run(t, site); code != exitDone || stdout+stderr != "" || n.forget() != 1 {
		t.Errorf("the next run: exit %d\n%s%s", code, stdout, stderr)
	}
	mended.Store(true)
	if code, _, stderr := n.run(t, site, "-q", "--retry-images"); code != exitDone || stderr != "" {
		t.Errorf("--retry-images: exit %d\n%s", code, stderr)
	}
	if got := n.forget(); got != told+1 {
		t.Errorf("%d addresses were asked for, for %d failures", got, told)
	}
	faultless := filepath.Join(t.TempDir(), "faultless")
	n.run(t, faultless)
	if diff := treeDiff(readTree(faultless), readTree(site)); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkSmallPictures migrates a blog of 1,000 pictures on 10 hosts, each answered after
// 50 ms. The least that 24 requests at a time allow is 42 rounds: "rounds" is how many the
// whole run took, from the start of the program to its end, and "reading" the same of a
// dry run, which writes nothing.
func BenchmarkSmallPictures(b *testing.B) {
	const latency = 50 * time.Millisecond
	n := newInternet(b, &internet{posts: 100, each: 10, hosts: 10, size: 2000, latency: latency})
	var whole, reading time.Duration
	for b.Loop() {
		whole += took(b, n, "-q")
		reading += took(b, n, "-n", "-q")
	}
	rounds := func(d time.Duration) float64 { return float64(d) / float64(latency) / float64(b.N) }
	b.ReportMetric(rounds(whole), "rounds")
	b.ReportMetric(rounds(reading), "reading")
}

// took returns how long a first run takes.
func took(b *testing.B, n *internet, flags ...string) time.Duration {
	start := time.Now()
	if code, out, errs := n.run(b, filepath.Join(b.TempDir(), "site"), flags...); code != exitDone {
		b.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	return time.Since(start)
}
