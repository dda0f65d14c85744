package blog

import "testing"

func TestRuns(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"javascript:alert(1)": true, "JavaScript:x": true, "\x20\tjava\nscript:x": true, "java\x7fscript:x": true, "java\u0085script:x": true,
		"\ufeffjavascript:x": true, "java\uffffscript:x": true, "\x01vbscript:x": true, "data:text/html,x": true, "DATA:image/svg+xml,x": true,
		"feed:javascript:x": true, "view-source:jar:data:x": true, "blob:https://a.example/x": true, "filesystem:x": true,
		"https://a.example/javascript:x": false, "javascript": false, "/javascript:x": false, "feed:https://a.example/": false,
		"mailto:a@b.example": false, "#javascript:x": false, "": false, "java/script:x": false, "tel:1": false,
	} {
		if got := Runs(address); got != want {
			t.Errorf("Runs(%q) is %v", address, got)
		}
	}
}
