package site

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
