package review

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"replant/migrate"
)

// Server serves a book to the browser of who has its address, on this machine.
type Server struct {
	book     *Book
	listener net.Listener
	// token is in the address of the page, and seen in the address of pictures alone, which
	// the frames know: they are no key to the rest.
	token, seen string
}

// Listen opens a port of this machine's own, a free one for 0.
func (b *Book) Listen(port int) (*Server, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	return &Server{book: b, listener: l, token: rand.Text(), seen: rand.Text()}, nil
}

// Address returns the address of the page.
func (s *Server) Address() string { return s.origin() + "/" + s.token + "/" }

func (s *Server) origin() string { return "http://" + s.listener.Addr().String() }

// Serve serves the page until the context ends.
func (s *Server) Serve(ctx context.Context) error {
	web := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	stop := context.AfterFunc(ctx, func() { _ = web.Close() })
	defer stop()
	if err := web.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ServeHTTP answers requests that come to this machine's own name, from the page itself or
// from an address that was typed: no other page can make a browser ask, whatever names it
// points here.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	if r.Host != s.listener.Addr().String() || !s.own(r) {
		http.Error(w, "not for you", http.StatusForbidden)
		return
	}
	token, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
	switch {
	case equal(token, s.seen) && r.Method == http.MethodGet:
		s.servePicture(w, rest)
	case !equal(token, s.token):
		http.NotFound(w, r)
	case r.Method == http.MethodPost && rest == "settle":
		s.serveSettle(w, r)
	case r.Method != http.MethodGet:
		http.Error(w, "not here", http.StatusMethodNotAllowed)
	case rest == "":
		s.servePage(w)
	default:
		s.servePost(w, r, rest)
	}
}

// own reports whether a request comes from the page, or from nobody: a browser says where
// others come from. What changes something has to say that it comes from the page.
func (s *Server) own(r *http.Request) bool {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	if r.Method == http.MethodPost {
		return origin == s.origin() && (site == "" || site == "same-origin")
	}
	return origin == "" || origin == "null" || origin == s.origin() // a frame without rights has none
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// pictures is the path of pictures.
func (s *Server) pictures() string { return "/" + s.seen + "/" }

// picture returns how the page calls a file of the site.
func (s *Server) picture(file string) string {
	return s.origin() + s.pictures() + strings.ReplaceAll(url.PathEscape(file), "%2F", "/")
}

func (s *Server) servePage(w http.ResponseWriter) {
	h := s.book.head(s.picture)
	h.Pictures = s.pictures()
	p := policy(s.origin()+s.pictures(), s.Address())
	before, after, err := page(p, h)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	shut(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", p+"; frame-ancestors 'none'")
	_, _ = io.WriteString(w, before+after) // to a browser that may have gone
}

// shut keeps other pages from framing, reading or opening what is answered.
func shut(w http.ResponseWriter) {
	h := w.Header()
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// servePost serves what is known of a post, by its number.
func (s *Server) servePost(w http.ResponseWriter, r *http.Request, rest string) {
	p := s.post(strings.TrimPrefix(rest, "post/"))
	if p == nil {
		http.NotFound(w, r)
		return
	}
	d, err := s.book.detail(p, s.picture)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	shut(w)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(d) // to a browser that may have gone
}

// post returns the post of a number; nil where there is none.
func (s *Server) post(number string) *migrate.Reviewed {
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(s.book.Review.Posts) {
		return nil
	}
	return s.book.Review.Posts[i]
}

// settleMost bounds what a request to settle may say.
const settleMost = 1 << 10

func (s *Server) serveSettle(w http.ResponseWriter, r *http.Request) {
	var asks struct {
		Post   int
		Choice string
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, settleMost)).Decode(&asks); err != nil {
		http.Error(w, "what is to be settled?", http.StatusBadRequest)
		return
	}
	p := s.post(strconv.Itoa(asks.Post))
	if p == nil || s.book.Settle == nil {
		http.Error(w, "nothing is to be settled here", http.StatusBadRequest)
		return
	}
	if err := s.book.settle(r.Context(), p, asks.Choice); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// settle settles a page, one at a time.
func (b *Book) settle(ctx context.Context, p *migrate.Reviewed, choice string) error {
	b.settling.Lock()
	defer b.settling.Unlock()
	if choice != string(migrate.Mine) && choice != string(migrate.Source) {
		return fmt.Errorf("%q: neither mine nor source", choice)
	}
	if err := b.Settle(ctx, p.Path, choice); err != nil {
		return err
	}
	b.Review.Settled(p)
	return nil
}

// servePicture serves a picture of the site, or one that the run would bring.
func (s *Server) servePicture(w http.ResponseWriter, escaped string) {
	name, err := url.PathUnescape(escaped)
	if err != nil || !fs.ValidPath(name) {
		http.Error(w, "no such picture", http.StatusNotFound)
		return
	}
	f, kind, err := s.book.open(name)
	if err != nil {
		http.Error(w, "no such picture", http.StatusNotFound)
		return
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox") // a drawing is a page where it is opened by itself
	h.Set("Cache-Control", "private, max-age=300")
	_, _ = io.Copy(w, f) // to a browser that may have gone
}
