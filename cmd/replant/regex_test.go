package main

import (
	"regexp"
	"testing"

	"replant/migrate/regex"
)

// An expression that cannot be compiled would end a run where it is first used.
func TestAllExpressionsCompile(t *testing.T) {
	t.Parallel()
	all := regex.Declared()
	if len(all) < 100 {
		t.Errorf("only %d expressions are declared", len(all))
	}
	for _, expression := range all {
		if _, err := regexp.Compile(expression); err != nil {
			t.Error(err)
		}
	}
}
