// Command replant carries a blog from its feed into a Hugo or Zola site, and keeps
// it up to date.
//
//	replant FEED SITE      the first time a migration, then a sync
//	replant -n FEED SITE   the same, looked at and not done
//	replant SITE           sync every feed that the site came from
package main

import (
	"os"
	"runtime/debug"
)

// memory is what the garbage collector aims to stay below: a blog of 200,000 posts is
// planned in it, and there is no need to take all that a server has. GOMEMLIMIT
// sets another.
const memory = 160 << 20

// growth is how much more than it holds the program may use, in per cent, before the garbage
// collector is called: a blog of 1,000 posts takes 54 MB by it in the place of 38, and an
// eighth of the processor's time less. GOGC sets another.
const growth = 200

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(growth)
	}
	os.Exit(run(os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}
