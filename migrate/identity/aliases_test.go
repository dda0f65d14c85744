package identity

import (
	"strings"
	"testing"
)

func TestAliasesThatNoGeneratorCanWrite(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("s", 256)
	for old, want := range map[string]string{
		"/2024/soup/":                         "/2024/soup/",
		"/" + long[1:]:                        "/" + long[1:] + "/",
		"/" + long:                            "",
		"/2024/" + long + "/soup":             "",
		"/" + strings.Repeat("%E6%A3%AE", 86): "",
		strings.Repeat("/soup", 200):          "",
		"/soup?p=1":                           "",
		"/soup.php":                           "",
		"/a.html/b":                           "",
	} {
		if got := aliasOf(old); got != want {
			t.Errorf("%.40s: alias %.40q, want %.40q", old, got, want)
		}
	}
}
