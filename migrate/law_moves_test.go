package migrate_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// words are few, so that slugs meet.
var words = []string{"hello", "garden", "notes"}

func (h *history) newPost() {
	b, n := h.blogs[h.IntN(len(h.blogs))], len(h.posts)
	p := &article{date: firstDay.AddDate(0, 0, n), title: fmt.Sprint("Post ", n)}
	h.address(b, p, n)
	if !b.forem {
		p.guid = fmt.Sprint("key-", n)
	}
	h.posts = append(h.posts, p)
	h.rewrite(p)
	b.add(p)
	h.tell("post %d comes out at %s", n, p.link)
}

// address gives a post an address that no other has had.
func (h *history) address(b *weblog, p *article, n int) {
	word, _ := pick(h, words)
	if b.forem {
		p.link = fmt.Sprintf("https://dev.to/ida%d/%s-%04d", len(h.story), word, n)
	} else {
		p.link = fmt.Sprintf("https://%s/%d/%s", h.host, 1000+len(h.story), word)
	}
}

// rewrite gives a post a new text, which names the post and the version; it may have a
// picture.
func (h *history) rewrite(p *article) {
	p.body = fmt.Sprintf("<p>Text of post m%dm, version v%dv.</p><p>More.</p><p>Last.</p>\n", h.number(p), len(h.story))
	if h.IntN(2) == 0 {
		p.body += h.picture()
	}
	if other, ok := pick(h, h.posts); ok && h.IntN(2) == 0 {
		p.body += fmt.Sprintf("<p>See <a href=%q>post %d</a>.</p>\n", other.link, h.number(other))
	}
}

// mayChange tells whether a post may have another address, title or text, and counts it. Of
// one that has moved to another host, and that no run has read there, only one of them: else
// nobody could tell whose it is.
func (h *history) mayChange(p *article) bool {
	if h.rehosted && h.unread[p] > 0 {
		return false
	}
	h.unread[p]++
	return true
}

// retouch changes one paragraph of a post.
func (h *history) retouch(p *article) {
	old, _ := pick(h, lateParagraph.FindAllString(p.body, -1))
	p.body = strings.Replace(p.body, old, fmt.Sprintf("<p>Part %d.</p>", len(h.story)), 1)
}

var lateParagraph = regexp.MustCompile(`<p>(More|Last|Part \d+)\.</p>`)

// picture shows a new picture, which may not be there.
func (h *history) picture() string {
	h.shown++
	addr := fmt.Sprintf("https://pictures.example/pic-%d.png", h.shown)
	if h.IntN(8) > 0 {
		h.web.pictures[addr] = png(fmt.Sprint(h.IntN(6)))
	}
	return img(addr)
}

func (h *history) editPost() {
	_, p, ok := h.anyPost()
	if !ok || !h.mayChange(p) {
		return
	}
	switch h.IntN(4) {
	case 0:
		h.rewrite(p)
	case 3:
		h.retouch(p)
	case 1:
		p.title = fmt.Sprint("Title ", len(h.story))
	case 2:
		p.tags = append(slices.Clone(p.tags[:min(1, len(p.tags))]), fmt.Sprint("tag-", len(h.story)))
	}
	h.tell("post %d changes", h.number(p))
}

func (h *history) renamePost() {
	b, p, ok := h.anyPost()
	if !ok || !h.mayChange(p) {
		return
	}
	h.address(b, p, h.number(p))
	h.tell("post %d moves to %s", h.number(p), p.link)
}

// moveHost moves a blog to another host, where another software gives its posts new guids
// and may cut or shift their dates.
func (h *history) moveHost() {
	b := h.blogs[0]
	if b.forem || b.mood != "" && b.mood != blocked {
		return // what a shrunk feed says on a new host could be of any post
	}
	if slices.ContainsFunc(h.posts, func(p *article) bool { return h.unread[p] > 1 }) {
		return // with another address, title or text, no two of them the same, it could be any post
	}
	h.rehosted = true
	was, shift := h.host, h.IntN(3)
	h.host = fmt.Sprintf("host%d.example", len(h.story))
	for _, p := range h.posts {
		if !strings.HasPrefix(p.link, "https://"+was+"/") {
			continue
		}
		p.link = strings.Replace(p.link, was, h.host, 1)
		p.guid = fmt.Sprintf("%s/?key=%d", h.host, h.number(p))
		switch shift {
		case 1:
			p.date = p.date.Truncate(time.Hour)
		case 2:
			p.date = p.date.Add(2*time.Hour + time.Second)
		}
	}
	h.tell("the blog moves from %s to %s, dates shift in way %d", was, h.host, shift)
}

// losePost takes a post out of its feed, for ever.
func (h *history) losePost() {
	b, p, ok := h.anyPost()
	if !ok {
		return
	}
	b.posts = slices.DeleteFunc(b.posts, func(o *article) bool { return o == p })
	h.tell("post %d leaves its feed", h.number(p))
}

func (h *history) turnFeed() {
	b := h.blogs[0]
	slices.Reverse(b.posts)
	h.tell("%s turns round", b.address)
}

// changePicture puts other bytes at an address.
func (h *history) changePicture() {
	addr, ok := pick(h, slices.Sorted(maps.Keys(h.web.pictures)))
	if ok {
		h.web.pictures[addr] = png(fmt.Sprint("changed ", len(h.story)))
		h.tell("%s changes", addr)
	}
}

// newPicture gives a post another picture, or one more.
func (h *history) newPicture() {
	_, p, ok := h.anyPost()
	if !ok {
		return
	}
	text, _, _ := strings.Cut(p.body, "\n")
	if h.IntN(2) == 0 {
		text = strings.TrimSpace(p.body)
	}
	p.body = text + "\n" + h.picture()
	h.tell("post %d shows picture %d", h.number(p), h.shown)
}

func (h *history) losePicture() {
	addr, ok := pick(h, slices.Sorted(maps.Keys(h.web.pictures)))
	if ok {
		delete(h.web.pictures, addr)
		h.tell("%s is gone", addr)
	}
}

// slideWindow lets the feed show fewer or more of the posts, the newest ones.
func (h *history) slideWindow() {
	b := h.blogs[0]
	b.size = 2 + h.IntN(6)
	h.tell("%s shows %d posts", b.address, b.size)
}
