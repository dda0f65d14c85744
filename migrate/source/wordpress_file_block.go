package source

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// downloads are the words that WordPress itself has for the button of a file, in the
// languages that it speaks most (https://translate.wordpress.org, "Download").
var downloads = listOf(`download herunterladen télécharger descargar descarga scarica downloaden baixar descarregar transferir
	pobierz скачать завантажити stáhnout stiahnuť lataa hent letöltés descarcă indir i̇ndir λήψη изтегляне свали preuzmi
	преузми prenesi ダウンロード 下载 下載 다운로드 تنزيل تحميل دانلود הורדה unduh ดาวน์โหลด baixa deskargatu atsisiųsti
	lejupielādēt sækja डाउनलोड`, "ladda ner", "last ned", "laadi alla", "tải xuống", "tải về", "muat turun")

// listOf returns the words of a text and some phrases as a set.
func listOf(words string, phrases ...string) map[string]bool {
	set := blog.WordSet(words)
	for _, p := range phrases {
		set[p] = true
	}
	return set
}

// fileButtons removes what a file block has besides the file's name, which links to it: a
// button and a preview. A button that the author named stays as a link of its own.
func fileButtons(body *html.Node) {
	for _, n := range dom.Find(body, dom.Class("wp-block-file__button", "wp-block-file__embed")) {
		if words := dom.Words(n); namedBeside(n) && (dom.Is(n, atom.Object) || words == "" || downloads[strings.ToLower(words)]) {
			clean.Drop(n, clean.Twin)
		} else if n.PrevSibling != nil {
			n.Parent.InsertBefore(dom.TextNode(" "), n)
		}
	}
}

// namedBeside reports whether a link beside n leads to the same file by its name.
func namedBeside(n *html.Node) bool {
	address := cmp.Or(dom.Attr(n, "href"), dom.Attr(n, "data"))
	for c := range n.Parent.ChildNodes() {
		if c != n && dom.Is(c, atom.A) && dom.Attr(c, "href") == address && !dom.Empty(c) && !dom.HasClass(c, "wp-block-file__button") {
			return true
		}
	}
	return false
}
