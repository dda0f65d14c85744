// Command writeblog writes a blog of so many posts to standard output:
//
//	go run ./migrate/blogtest/writeblog forem 1000 >feed.xml
package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"

	"replant/migrate/blogtest"
)

func main() {
	if err := write(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "writeblog:", err)
		os.Exit(2)
	}
}

func write(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: writeblog PLATFORM POSTS")
	}
	posts, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	at := slices.IndexFunc(blogtest.Platforms, func(p blogtest.Platform) bool { return p.Name == args[0] })
	if at < 0 {
		return fmt.Errorf("%s: no such platform", args[0])
	}
	return blogtest.Platforms[at].Write(os.Stdout, posts)
}
