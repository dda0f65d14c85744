package main

import (
	"runtime/debug"
	"strings"
)

// contact is where whoever built the program can be reached: servers that wonder who asks
// find it in their logs. Set it with -ldflags "-X main.contact=https://…".
var contact string

// agent says who asks for feeds and pictures: the version, and where to complain. That is
// the build's contact, else the module's address, where its path is one.
func agent(contact, module string) string {
	if host, _, _ := strings.Cut(module, "/"); contact == "" && strings.Contains(host, ".") {
		contact = "https://" + module
	}
	if contact == "" {
		return "replant/" + release()
	}
	return "replant/" + release() + " (+" + contact + ")"
}

// modulePath is the path of the module that the program was built from; empty when unknown.
func modulePath() string {
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return b.Main.Path
}
