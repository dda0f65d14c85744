package source

import "fmt"

// Rest says where the posts are that a feed does not show, once it has been read to its
// end and gave so many. It is empty where nothing tells that there are any: a platform
// shows its latest posts alone, and the feed has just as many; or a file holds one page
// of a feed that has more of them.
func (f *Feed) Rest(posts int, file bool) string {
	d := f.Dialect
	switch {
	case posts == 0 || posts != d.Window:
		return ""
	case file && d.Older != nil:
		return fmt.Sprintf("a file holds one page of %d posts; give the feed's address for older ones", posts)
	case d.Export != "" && d.Older == nil:
		return fmt.Sprintf("the feed shows the latest %d posts alone; for all of them, export the blog (%s) and give the file in the place of FEED", posts, d.Export)
	case d.Export != "":
		return fmt.Sprintf("got %d posts, and the server has no older page; if there are more, export the blog (%s) and give the file in the place of FEED", posts, d.Export)
	}
	return ""
}
