package feedscan

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode/utf32"
)

// encoded writes a text in an encoding.
func encoded(t *testing.T, label, text string) string {
	t.Helper()
	enc, _ := charset.Lookup(label)
	switch label {
	case "utf-32be":
		enc = utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case "utf-32le":
		enc = utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	}
	out, err := enc.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// feedOf is a feed of posts with titles, which declares an encoding unless it is empty.
func feedOf(label string, titles ...string) string {
	declaration := ""
	if label != "" {
		declaration = `<?xml version="1.0" encoding="` + label + `"?>`
	}
	return declaration + "<rss><channel><item><title>" + strings.Join(titles, "</title></item><item><title>") + "</title></item></channel></rss>"
}

func TestFeedsInTheirEncodings(t *testing.T) {
	t.Parallel()
	for label, title := range map[string]string{
		"shift_jis": "ソース表示を予約する", "euc-jp": "日本語の題", "iso-2022-jp": "日本語の題<と>", "gb18030": "中文标题𠀀", "gbk": "中文标题",
		"big5": "中文標題", "euc-kr": "한국어 제목", "koi8-r": "Привет", "koi8-u": "Привіт", "windows-1251": "Привет", "windows-1250": "Žluťoučký",
		"windows-1252": "“café” – €", "windows-1253": "Γειά", "windows-1254": "İstanbul ğ", "windows-1255": "שלום", "windows-1256": "مرحبا",
		"iso-8859-2": "Žluťoučký", "iso-8859-15": "café €", "macintosh": "café", "utf-8": "café 日本", "ibm866": "Привет",
		"utf-16le": "café 日本 🚀", "utf-16be": "café 日本 🚀", "utf-32le": "café 🚀", "utf-32be": "café 🚀",
	} {
		for name, source := range map[string]string{
			"declared":      encoded(t, label, feedOf(label, strings.ReplaceAll(strings.ReplaceAll(title, "<", "&lt;"), ">", "&gt;"))),
			"by its server": encoded(t, label, feedOf("", strings.ReplaceAll(strings.ReplaceAll(title, "<", "&lt;"), ">", "&gt;"))),
		} {
			titles, err := allNamed(t, iotest.HalfReader(strings.NewReader(source)), label)
			if err != nil || titles != title {
				t.Errorf("%s, %s: %q, %v; want %q", label, name, titles, err, title)
			}
		}
	}
}

// What a feed says of its encoding is often wrong, and what its text is tells more.
func TestTheRealEncodingWins(t *testing.T) {
	t.Parallel()
	const bom, cafe = "\xEF\xBB\xBF", "caf\xE9"
	for name, c := range map[string]struct{ source, server, want string }{
		"UTF-8 that claims to be Latin-1":            {feedOf("iso-8859-1", "café", "日本"), "", "café 日本"},
		"UTF-8 that claims to be UTF-16":             {feedOf("utf-16", "café", "日本"), "utf-16", "café 日本"},
		"UTF-8 from a server that says otherwise":    {feedOf("", "café", "日本"), "windows-1251", "café 日本"},
		"Latin-1 that claims to be UTF-8":            {feedOf("utf-8", cafe, "na\xEFve"), "", "café naïve"},
		"Latin-1 that claims nothing":                {feedOf("", cafe), "", "café"},
		"an unknown encoding":                        {feedOf("x-klingon", cafe), "", "café"},
		"the document counts more than its server":   {feedOf("koi8-r", "\xf0\xd2\xc9"), "windows-1252", "При"},
		"a byte order mark counts more than both":    {bom + feedOf("koi8-r", "café"), "windows-1252", "café"},
		"a bad byte in UTF-8":                        {feedOf("utf-8", "日本", "caf\xE9 日"), "", "日本 caf 日"},
		"a Latin-1 post among others in UTF-8":       {feedOf("utf-8", "日本", cafe), "", "日本 café"},
		"a UTF-8 post among others in Latin-1":       {feedOf("iso-8859-1", cafe, "日本"), "", "café 日本"},
		"a post in GBK that could be UTF-8":          {encoded(t, "gbk", feedOf("gb2312", "中文标题正常", "锟斤拷", "脳")), "", "中文标题正常 锟斤拷 脳"},
		"an encoding named after junk":               {"Notice: x\n" + strings.Repeat("x", 5000) + feedOf("koi8-r", "\xf0\xd2\xc9"), "", "При"},
		"an encoding that a post shows":              {feedOf("", "café <![CDATA[<?xml version='1.0' encoding='koi8-r'?>]]>"), "", "café <?xml version='1.0' encoding='koi8-r'?>"},
		"Japanese of seven bits that claims nothing": {encoded(t, "iso-2022-jp", feedOf("", "日本語")), "", "日本語"},
	} {
		if got, err := allNamed(t, strings.NewReader(c.source), c.server); got != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}

func TestJSONInOtherBytes(t *testing.T) {
	t.Parallel()
	const feed = `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"café"}]}`
	for name, source := range map[string]string{
		"a byte order mark": "\xEF\xBB\xBF" + feed,
		"UTF-16":            encoded(t, "utf-16le", feed),
		"Latin-1":           encoded(t, "windows-1252", feed),
		"after a guard":     ")]}',\n" + feed,
		"packed":            packed(t, feed),
	} {
		if titles, err := all(t, strings.NewReader(source)); titles != "café" || err != nil {
			t.Errorf("%s: %q, %v", name, titles, err)
		}
	}
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPackedFeed(t *testing.T) {
	t.Parallel()
	text := feedOf("koi8-r", "a", "\xf0\xd2\xc9")
	if titles, err := all(t, strings.NewReader(packed(t, text))); titles != "a При" || err != nil {
		t.Errorf("%q, %v", titles, err)
	}
	var rivers []string
	for i := range 50 {
		rivers = append(rivers, fmt.Sprintf("River %d %x", i+1, sha256.Sum256([]byte{byte(i)})))
	}
	whole := packed(t, feedOf("", rivers...))
	titles, err := all(t, strings.NewReader(whole[:len(whole)/2]))
	if !strings.HasPrefix(titles, strings.Join(rivers[:2], " ")) || err == nil || !strings.HasPrefix(err.Error(), "the feed breaks off ") {
		t.Errorf("half: %q, %v", titles, err)
	}
}

// A packed feed that unpacks to far more than feeds do breaks off, and is not read on.
func TestPackedFeedThatIsABomb(t *testing.T) {
	t.Parallel()
	bomb := packed(t, "<rss><channel><item><title>a</title></item><item><title>b</title><description>"+strings.Repeat("x", 40<<20))
	titles, err := all(t, strings.NewReader(bomb))
	const want = `the feed breaks off within item 2 ("b"), which is left out: unpacks to more than 10 MB and 50 times its packed size`
	if titles != "a" || !errors.Is(err, ErrTruncated) || err.Error() != want {
		t.Errorf("%q, %v", titles, err)
	}
}
