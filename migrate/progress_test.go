package migrate_test

import (
	"testing"

	"replant/migrate"
)

// What is counted on the way is what there was in the end.
func TestProgressCountsAllThereIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	blog := plainBlog("c", "b", "a")
	blog.posts[0].body += img("https://blog.example/x.png") + img("https://blog.example/x.png") + img("https://blog.example/gone.png")
	blog.posts[1].body += img("https://blog.example/y.png")
	w.pictures["https://blog.example/x.png"], w.pictures["https://blog.example/y.png"] = png("x"), png("y")
	w.publish(blog)
	var p migrate.Progress
	w.run(func(m *migrate.Migration) { m.Progress = &p })
	if p.Posts.Wanted() != 3 || p.Posts.Done() != 3 || !p.Read() {
		t.Errorf("%d of %d posts, all read: %v", p.Posts.Done(), p.Posts.Wanted(), p.Read())
	}
	if p.Pictures.Wanted() != 3 || p.Pictures.Done() != 3 || p.Pictures.Fresh() != 2 {
		t.Errorf("%d of %d pictures, %d new", p.Pictures.Done(), p.Pictures.Wanted(), p.Pictures.Fresh())
	}
}
