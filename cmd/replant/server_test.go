package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

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

// asked gives the requests since it was last asked, sorted.
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
