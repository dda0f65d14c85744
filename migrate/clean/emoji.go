package clean

import (
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// emojiClasses mark pictures of characters: WordPress, GitHub, Discourse, Mastodon and
// scripts such as Twemoji set them.
var emojiClasses = []string{"emoji", "wp-smiley", "gemoji", "g-emoji", "twemoji", "emojione", "joypixels", "custom-emoji"}

// emojiPicture is where pictures of characters lie: WordPress's, Facebook's, Twitter's,
// GitHub's, Google's and those of scripts.
var emojiPicture = regex.Lazy(`(?i)^(?:https?:)?//(?:s\.w\.org/images/core/emoji/|s\d\.wp\.com/(?:wp-content/mu-plugins/wpcom-smileys|i/emoji)/|` +
	`[\w.-]+\.fbcdn\.net/images/emoji\.php/|[\w.-]*twimg\.com/emoji/|github\.githubassets\.com/images/icons/emoji/|[\w-]+\.gstatic\.com/s/e/notoemoji/|` +
	`[^?#]*/(?:twemoji|emojione|emoji-datasource)[@/])`)

// showsEmoji reports whether a picture of a character lies at an address. Each of them has a
// name of such pictures in it.
func showsEmoji(addr string) bool {
	low := strings.ToLower(addr)
	return (strings.Contains(low, "emoji") || strings.Contains(low, "smileys")) && emojiPicture().MatchString(addr)
}

// emoji puts characters where pictures of them stand.
func emoji(c *census) {
	replaced := false
	for _, img := range c.pictures {
		if img.DataAtom != atom.Img {
			continue
		}
		if shown := character(img); shown != "" {
			Replace(img, Glyphs, dom.TextNode(shown))
			replaced = true
		}
	}
	if replaced {
		c.take()
	}
}

// character returns the character that a picture stands for, or "" for any other picture. Its
// alternative text says it, or, where that is a name such as ":tada:", its file's name.
func character(img *html.Node) string {
	src := strings.TrimSpace(dom.Attr(img, "src"))
	if !dom.HasClass(img, emojiClasses...) && !showsEmoji(src) {
		return ""
	}
	alt := strings.TrimSpace(dom.Attr(img, "alt"))
	if len([]rune(alt)) > emojiMost {
		return "" // somebody's own use of the word
	}
	if alt == "" || emojiName().MatchString(alt) {
		if c := codePoints(src); c != "" {
			return c
		}
	}
	return alt
}

// emojiMost bounds what stands for a character, in characters: a name may be long.
const emojiMost = 40

var (
	emojiName = regex.Lazy(`^:[\w+-]+:$`)
	emojiFile = regex.Lazy(`^(?:emoji_u)?([0-9a-f]{2,6}(?:[-_][0-9a-f]{2,6})*)\.(?:png|svg|webp|gif)$`)
)

// codePoints reads the characters that a file is named by, such as 1f1eb-1f1ee.svg.
func codePoints(addr string) string {
	addr, _, _ = strings.Cut(addr, "?")
	m := emojiFile().FindStringSubmatch(strings.ToLower(path.Base(addr)))
	if m == nil {
		return ""
	}
	var b strings.Builder
	for _, hex := range strings.FieldsFunc(m[1], func(r rune) bool { return r == '-' || r == '_' }) {
		c, err := strconv.ParseUint(hex, 16, 21)
		if err != nil || c < 0x20 {
			return ""
		}
		b.WriteRune(rune(c))
	}
	return b.String()
}
