// Package clean makes the neutral DOM of a post's body, as far as that is the same for
// all platforms. What a platform's own markup needs is its dialect's work (see package
// source), with the help of this package.
//
// Nothing goes unseen: [Remove] and its kin record what they take out of a body, and why.
package clean
