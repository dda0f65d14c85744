package main

import (
	"io"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"replant/migrate"
)

func TestParse(t *testing.T) {
	t.Parallel()
	jobs := runtime.GOMAXPROCS(0)
	for _, c := range []struct {
		args string
		want op
	}{
		{"feed.xml site", &options{feed: "feed.xml", site: "site", read: reading{jobs: jobs}}},
		{"site", &options{site: "site", read: reading{jobs: jobs}}},
		{"-n - site", &options{feed: "-", site: "site", dryRun: true, read: reading{jobs: jobs}}},
		{"--patch site --section notes", &options{site: "site", dryRun: true, patch: true, form: migrate.Settings{Section: "notes"}, read: reading{jobs: jobs}}},
		{"-qn --exit-code site", &options{site: "site", say: reporting{quiet: true}, dryRun: true, exitCode: true, read: reading{jobs: jobs}}},
		{"--shift-headings=-1 --jobs 7 site", &options{site: "site", form: migrate.Settings{Shift: "-1"}, read: reading{jobs: 7}}},
		{"--section completion feed.xml site", &options{feed: "feed.xml", site: "site", form: migrate.Settings{Section: "completion"}, read: reading{jobs: jobs}}},
		{"-- -n site", &options{feed: "-n", site: "site", read: reading{jobs: jobs}}},
		{"--help", nil},
		{"help", nil},
		{"help completion", nil},
		{"completion zsh", nil},
		{"--version", nil},
		{"version", nil},
	} {
		got, err := parse(strings.Fields(c.args), io.Discard)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("replant %s: %+v, %v, want %+v", c.args, got, err, c.want)
		}
	}
}

func TestParseSaysWhatWasMeant(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"":                    "name a feed and the site's folder; replant FEED SITE, or replant --help",
		"--dry-rum site":      "unknown flag --dry-rum; did you mean --dry-run?",
		"completion --hlp":    "unknown flag --hlp; did you mean --help?",
		"completion":          "completion: name a shell: bash, zsh, fish or powershell; replant completion bash",
		"completion tcsh":     "completion: name a shell: bash, zsh, fish or powershell; replant completion bash",
		"help complete":       "complete: no such command; did you mean `replant completion`?",
		"help settle mine":    "mine: no such command; replant --help lists them",
		"--json --patch site": "--json and --patch exclude each other; ",
	} {
		got, err := parse(strings.Fields(args), io.Discard)
		if err == nil || got != nil || !isUsage(err) || err.Error()+"; "+hintOf(err) != want {
			t.Errorf("replant %s: %+v, %v; %s", args, got, err, hintOf(err))
		}
	}
}

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

// Every field of the lines of --json is described.
func TestJSONIsDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| type |")
	for _, line := range []any{changeLine{}, textLine{}, totalLine{}, feedLine{}, stateTotal{}} {
		for i := range reflect.TypeOf(line).NumField() {
			name, _, _ := strings.Cut(reflect.TypeOf(line).Field(i).Tag.Get("json"), ",")
			if name != "type" && !strings.Contains(table, "`"+name+"`") {
				t.Errorf("docs/json.md does not describe %s", name)
			}
		}
	}
}

// Schemes compare without regard to case (RFC 3986, 3.1).
func TestFeedIsAnAddressInCapitals(t *testing.T) {
	t.Parallel()
	f, err := feedOf("HTTPS://dev.to/feed/ben", "site", nil)
	if err != nil || f.URL == nil || f.Address != "https://dev.to/feed/ben" {
		t.Errorf("%+v, %v", f, err)
	}
}
