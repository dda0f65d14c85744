package main

import "testing"

func TestAgentSaysWhoAsks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ contact, module, want string }{
		{"", "replant", "replant/" + release()},
		{"", "code.example/garden/replant", "replant/" + release() + " (+https://code.example/garden/replant)"},
		{"https://garden.example/us", "code.example/garden/replant", "replant/" + release() + " (+https://garden.example/us)"},
	} {
		if got := agent(c.contact, c.module); got != c.want {
			t.Errorf("%q of %q: %s", c.contact, c.module, got)
		}
	}
}
