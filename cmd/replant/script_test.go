package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(inMemory{m}, map[string]func(){"replant": impatient})
}

// inMemory runs tests with their temporary folders in memory, where the system can: half of
// the time would go into small files on a disk. The program lies where it did before:
// what is in memory may not be executable.
type inMemory struct{ *testing.M }

func (m inMemory) Run() int {
	dir, err := os.MkdirTemp(memoryFolder(), "replant-test-")
	if err != nil {
		return m.M.Run()
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.Setenv("TMPDIR", dir); err != nil {
		panic(err)
	}
	return m.M.Run()
}

// memoryFolder returns a folder in memory with room for the tests; empty, which stands for
// the usual one, where the system has none or the user names another.
var memoryFolder = func() string { return "" }

// impatient is main of a user who waits less for servers than the default: between
// attempts, and, where timeoutVariable is set, for an answer.
func impatient() {
	patience.pause = 20 * time.Millisecond
	if text := os.Getenv(timeoutVariable); text != "" {
		var err error
		if patience.timeout, err = time.ParseDuration(text); err != nil {
			panic(err)
		}
	}
	main()
}

const timeoutVariable = "REPLANT_TEST_TIMEOUT"

// TestScript runs the stories of the command line. Beside testscript's own commands
// they know:
//
//	serve DIR        serves a folder at $URL, with validators; ?page=N of x.xml is x.N.xml
//	answer PATH CODE [SECONDS]
//	                 answers a path with a status from now on, and says to come back in so
//	                 many seconds; 200 goes back to the file
//	requests FILE    writes what was asked for since the last time: method, path, status
//	edit FILE TEXT   adds a line to a file
//	replace FILE OLD NEW
//	sametree A B     compares two folders byte for byte
//	exits CODE PROGRAM ARGS…  runs a program that must end with that code
//	mtimes DIR FILE  writes the names and times of all files below a folder
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("..", "..", "testdata", "script"),
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, ".cache"))
			e.Setenv("HOME", filepath.Join(e.WorkDir, ".home"))
			demo, err := filepath.Abs(filepath.Join("..", "..", "testdata", "demo"))
			e.Setenv("DEMO", demo)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": serveCmd, "answer": answerCmd, "requests": requestsCmd,
			"edit": editCmd, "replace": replaceCmd, "sametree": sameTreeCmd, "mtimes": mtimesCmd, "exits": exitsCmd,
		},
	})
}

func serveCmd(ts *testscript.TestScript, _ bool, args []string) {
	need(ts, args, 1)
	s := newBlogServer(ts.MkAbs(args[0]))
	ts.Defer(s.Close)
	servers.Store(ts, s)
	ts.Setenv("URL", s.URL)
}

func answerCmd(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 2 {
		args = append(args, "")
	}
	need(ts, args, 3)
	code, err := strconv.Atoi(args[1])
	ts.Check(err)
	server(ts).answer(args[0], answer{code, args[2]})
}

func requestsCmd(ts *testscript.TestScript, _ bool, args []string) {
	need(ts, args, 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(server(ts).asked()), 0o644))
}

func exitsCmd(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("exits wants a code and a program")
	}
	code, exit := 0, (*exec.ExitError)(nil)
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if want := args[0]; strconv.Itoa(code) != want {
		ts.Fatalf("exit %d, want %s", code, want)
	}
}

func editCmd(ts *testscript.TestScript, _ bool, args []string) {
	need(ts, args, 2)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = fmt.Fprintln(f, args[1])
	ts.Check(err)
	ts.Check(f.Close())
}

func replaceCmd(ts *testscript.TestScript, _ bool, args []string) {
	need(ts, args, 3)
	name := ts.MkAbs(args[0])
	b, err := os.ReadFile(name)
	ts.Check(err)
	if !bytes.Contains(b, []byte(args[1])) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(name, bytes.ReplaceAll(b, []byte(args[1]), []byte(args[2])), 0o644))
}

func sameTreeCmd(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, args, 2)
	diff := treeDiff(readTree(ts.MkAbs(args[0])), readTree(ts.MkAbs(args[1])))
	if (diff == "") == neg {
		ts.Fatalf("%s against %s:\n%s", args[0], args[1], diff)
	}
}

func mtimesCmd(ts *testscript.TestScript, _ bool, args []string) {
	need(ts, args, 2)
	var b strings.Builder
	root := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(&b, name, info.ModTime().UnixNano(), info.Size())
		return nil
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

func need(ts *testscript.TestScript, args []string, n int) {
	if len(args) != n {
		ts.Fatalf("want %d arguments, not %q", n, args)
	}
}

var update = flag.Bool("update", false, "rewrite what the tests expect")

// servers holds the server of each story that is running.
var servers sync.Map

func server(ts *testscript.TestScript) *blogServer {
	s, ok := servers.Load(ts)
	if !ok {
		ts.Fatalf("nothing is served")
	}
	return s.(*blogServer)
}

// blogServer serves a folder as a blog's host does: with validators, and with older
// pages of x.xml at x.xml?page=N, which it takes from x.N.xml.
type blogServer struct {
	*httptest.Server
	dir string

	mu      sync.Mutex
	answers map[string]answer
	log     []string
}

// answer is a status in the place of a file.
type answer struct {
	code       int
	retryAfter string // in seconds; empty where the server does not say
}

func newBlogServer(dir string) *blogServer {
	s := &blogServer{dir: dir, answers: map[string]answer{}}
	s.Server = httptest.NewServer(s)
	return s
}

func (s *blogServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
	conditional := ""
	if r.Header.Get("If-None-Match") != "" {
		conditional = " conditional"
	}
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.log = append(s.log, fmt.Sprintf("%s %s %d%s", r.Method, r.URL, rec.status, conditional))
	}()
	s.mu.Lock()
	a := s.answers[r.URL.RequestURI()]
	s.mu.Unlock()
	if a.code != 0 && a.code != http.StatusOK {
		if a.retryAfter != "" {
			w.Header().Set("Retry-After", a.retryAfter)
		}
		http.Error(rec, http.StatusText(a.code), a.code)
		return
	}
	name := filepath.Join(s.dir, filepath.FromSlash(r.URL.Path))
	if page := r.URL.Query().Get("page"); page != "" {
		ext := filepath.Ext(name)
		name = strings.TrimSuffix(name, ext) + "." + page + ext
	}
	b, err := os.ReadFile(name)
	if err != nil {
		http.NotFound(rec, r)
		return
	}
	etag := fmt.Sprintf(`"%x"`, sha256.Sum256(b))
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		rec.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = rec.Write(b)
}

func (s *blogServer) answer(path string, a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path] = a
}

// asked returns the requests since it was last asked, sorted.
func (s *blogServer) asked() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := s.log
	s.log = nil
	slices.Sort(log)
	if len(log) == 0 {
		return ""
	}
	return strings.Join(log, "\n") + "\n"
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (s *statusRecorder) WriteHeader(code int) {
	s.status = code
	s.ResponseWriter.WriteHeader(code)
}

// readTree reads all files below a folder, by path. Git's own files do not count.
func readTree(root string) map[string]string {
	files := map[string]string{}
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		if d.IsDir() {
			if d.Name() == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		b, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	return files
}

// treeDiff says where two trees differ, or "" where they are the same bytes.
func treeDiff(a, b map[string]string) string {
	var out strings.Builder
	names := maps.Clone(a)
	maps.Copy(names, b)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, inA := a[name]
		y, inB := b[name]
		switch {
		case !inB:
			fmt.Fprintf(&out, "%s: only in the first\n", name)
		case !inA:
			fmt.Fprintf(&out, "%s: only in the second\n", name)
		case x != y:
			fmt.Fprintf(&out, "%s differs:\n%.400q\n%.400q\n", name, x, y)
		}
	}
	return out.String()
}
