package plan

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
)

func TestBase85IsGits(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("\xff", lineBytes)
	for in, want := range map[string]string{
		"": "\n",
		// The deflated bytes of an empty file, as git 2.39 prints them.
		"\x78\x01\x03\x00\x00\x00\x00\x01": "HcmV?d00001\n\n",
		full:                               "z" + strings.Repeat("|NsC0", 13) + "\n\n",
		full + "\x00":                      "z" + strings.Repeat("|NsC0", 13) + "\nA00000\n\n",
		strings.Repeat("\x00", 26):         "Z" + strings.Repeat("00000", 7) + "\n\n",
		strings.Repeat("\x00", 27):         "a" + strings.Repeat("00000", 7) + "\n\n",
	} {
		for _, step := range []int{1, 7, 1000} { // however the bytes come in
			if got := encode(t, in, step); got != want {
				t.Errorf("%q in steps of %d: %q, want %q", in, step, got, want)
			}
		}
	}
}

func encode(t *testing.T, in string, step int) string {
	t.Helper()
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	lines := &base85{w: w}
	for len(in) > 0 {
		n, err := lines.Write([]byte(in[:min(step, len(in))]))
		if err != nil {
			t.Fatal(err)
		}
		in = in[n:]
	}
	if err := lines.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
