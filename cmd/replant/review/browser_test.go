package review

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// axeVersion is what .ci/browser installs.
const axeVersion = "4.14.1"

// needed returns what .ci/browser installs, or skips the test, but not where CI is set.
func needed(t *testing.T, what string, found bool) {
	t.Helper()
	switch {
	case found:
	case os.Getenv("CI") != "":
		t.Fatalf("no %s here: .ci/browser installs it", what)
	default:
		t.Skipf("no %s here: .ci/browser installs it", what)
	}
}

// axe returns the source of axe-core.
func axe(t *testing.T) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(dir, "replant-test", "axe-"+axeVersion, "axe.min.js"))
	needed(t, "axe-core", err == nil)
	return string(source)
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if bin, err := exec.LookPath(name); err == nil {
			return bin
		}
	}
	needed(t, "Chromium", false)
	return ""
}

// browser is a Chromium with one tab, led over a pair of pipes.
type browser struct {
	t       *testing.T
	in      io.Writer
	session string

	mu     sync.Mutex
	last   int
	waits  map[int]chan reply
	events []reply
}

// reply is a message of Chromium's: https://chromedevtools.github.io/devtools-protocol/.
type reply struct {
	ID     int
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *struct{ Message string }
}

// startBrowser starts Chromium, which ends with the test.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	bin := chromium(t)
	toRead, toWrite := pipe(t)
	fromRead, fromWrite := pipe(t)
	dir, err := os.MkdirTemp("", "review-")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, bin, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+dir, "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{toRead, fromWrite}
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was killed
		for range 20 { // by its children, which go on for a moment
			if os.RemoveAll(dir) == nil {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	_, _ = toRead.Close(), fromWrite.Close()
	b := &browser{t: t, in: toWrite, waits: map[int]chan reply{}}
	go b.listen(fromRead)
	var target struct{ TargetID string }
	b.do("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.do("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	b.do("Page.enable", nil, nil)
	b.do("Runtime.enable", nil, nil)
	return b
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return r, w
}

// listen takes in messages, each of which ends with a zero byte.
func (b *browser) listen(from io.Reader) {
	in := bufio.NewReaderSize(from, 1<<20)
	for {
		line, err := in.ReadBytes(0)
		if err != nil {
			return
		}
		var m reply
		if json.Unmarshal(bytes.TrimSuffix(line, []byte{0}), &m) != nil {
			continue
		}
		b.mu.Lock()
		if wait := b.waits[m.ID]; wait != nil && m.ID > 0 {
			delete(b.waits, m.ID)
			wait <- m
		} else {
			b.events = append(b.events, m)
		}
		b.mu.Unlock()
	}
}

// do calls a method.
func (b *browser) do(method string, params map[string]any, result any) {
	b.t.Helper()
	if err := b.try(method, params, result); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
}

func (b *browser) try(method string, params map[string]any, result any) error {
	wait := make(chan reply, 1)
	b.mu.Lock()
	b.last++
	id := b.last
	b.waits[id] = wait
	b.mu.Unlock()
	call := map[string]any{"id": id, "method": method}
	if params != nil {
		call["params"] = params
	}
	if b.session != "" {
		call["sessionId"] = b.session
	}
	text, err := json.Marshal(call)
	if err != nil {
		return err
	}
	if _, err := b.in.Write(append(text, 0)); err != nil {
		return err
	}
	select {
	case m := <-wait:
		if m.Error != nil {
			return errors.New(m.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-time.After(time.Minute):
		return errors.New("no answer")
	}
}

// screen sets the size of the window, and the colours that its user likes.
func (b *browser) screen(width, height int, scheme string) {
	b.t.Helper()
	b.do("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}, nil)
	b.do("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// open opens an address and waits until a post, or what stands in its place, is there.
func (b *browser) open(address string) {
	b.t.Helper()
	b.do("Page.navigate", map[string]any{"url": "about:blank"}, nil)
	b.do("Page.navigate", map[string]any{"url": address}, nil)
	b.until("document.querySelector('#detail h2') !== null")
}

// run evaluates an expression, and decodes what it comes to.
func (b *browser) run(expression string, result any) {
	b.t.Helper()
	var out struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct{ Exception struct{ Description string } }
	}
	b.do("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &out)
	if out.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", brief(expression), out.ExceptionDetails.Exception.Description)
	}
	if result != nil && len(out.Result.Value) > 0 {
		if err := json.Unmarshal(out.Result.Value, result); err != nil {
			b.t.Fatal(err)
		}
	}
}

// text evaluates an expression to a text.
func (b *browser) text(expression string) (s string) {
	b.t.Helper()
	b.run("String("+expression+")", &s)
	return s
}

// until waits until an expression is true.
func (b *browser) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var is bool
		b.run("!!("+expression+")", &is)
		if is {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("never: %s", brief(expression))
		}
	}
}

// press presses a key.
func (b *browser) press(key string) {
	b.t.Helper()
	params := map[string]any{"type": "keyDown", "key": key}
	switch {
	case len(key) == 1:
		params["text"] = key
	case key == "Enter":
		params["text"], params["windowsVirtualKeyCode"] = "\r", 13
	}
	b.do("Input.dispatchKeyEvent", params, nil)
	b.do("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key}, nil)
}

// click clicks at a place.
func (b *browser) click(x, y float64) {
	b.t.Helper()
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		b.do("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}, nil)
	}
}

// shot writes a picture of the window into the folder that REPLANT_SHOTS names, if it does.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("REPLANT_SHOTS")
	if dir == "" {
		return
	}
	time.Sleep(time.Second) // for the pictures in its frames
	var out struct{ Data string }
	b.do("Page.captureScreenshot", map[string]any{"format": "png"}, &out)
	data, err := base64.StdEncoding.DecodeString(out.Data)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

func brief(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return s[:min(len(s), 300)]
}

// noComplaints fails the test where the browser has complained of anything.
func (b *browser) noComplaints() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.events {
		if e.Method == "Runtime.exceptionThrown" || e.Method == "Runtime.consoleAPICalled" {
			b.t.Errorf("the page complains: %s %s", e.Method, brief(string(e.Params)))
		}
	}
}
