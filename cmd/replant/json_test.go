package main

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

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
