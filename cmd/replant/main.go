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
	_ "time/tzdata" // systems without zones of their own: Windows, containers
)

// memory is what the garbage collector aims to stay below: a blog of 200,000 posts is
// planned in it, and there is no need to take all that a server has. GOMEMLIMIT
// sets another.
const memory = 170 << 20

// garbage is how much of it may pile up before it is collected, in percent of what lives: a
// run lives on little, and collecting it took a tenth of its time. GOGC sets another.
const garbage = 200

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	os.Exit(run(os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}
