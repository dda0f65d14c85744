"use strict";
(() => {
const $ = (id) => document.getElementById(id);
const head = JSON.parse($("head").textContent);
const inFile = !head.pictures;
const [TITLE, PATH, DATE, VERDICT, WHY, LOSSES, MISSING, COVER, EDITED, SETTLES] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const words = { create: "new", update: "changed", merge: "merged", conflict: "conflict", shrunk: "shrunk", adopt: "adopted", move: "moved", delete: "removed", deleted: "deleted", keep: "kept", unchanged: "unchanged", failed: "failed" };
const filters = [
  ["All", () => true],
  ["Needs you", (p) => p[VERDICT] === "conflict" || p[VERDICT] === "shrunk" || p[VERDICT] === "failed"],
  ["New", (p) => p[VERDICT] === "create"],
  ["Changed", (p) => p[VERDICT] === "update"],
  ["Merged", (p) => p[VERDICT] === "merge"],
  ["Conflict", (p) => p[VERDICT] === "conflict"],
  ["Lost something", (p) => p[LOSSES] > 0],
  ["Picture missing", (p) => p[MISSING] > 0],
];
let filter = 0, shown = [], current = -1, tab = "look";

// h makes an element: attributes, listeners by "on…", and children, of which texts stay text.
function h(tag, attrs, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs || {})) {
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v === true) e.setAttribute(k, "");
    else if (v !== false && v != null) e.setAttribute(k, v);
  }
  e.append(...children.flat(9).filter((c) => c != null && c !== false && c !== 0));
  return e;
}
const plural = (n, one, many) => (n === 1 ? "1 " + one : n.toLocaleString("en") + " " + (many || one + "s"));
const picture = (name) => (inFile ? ($("p" + name.slice(4)) || {}).textContent || "" : name);

// The list.
function row(i) {
  const p = head.posts[i], cover = p[COVER] && picture(p[COVER]);
  const thumb = cover ? h("img", { class: "thumb", src: cover, alt: "", loading: "lazy", decoding: "async", width: 44, height: 44, onerror: (e) => e.target.replaceWith(letter(p)) }) : letter(p);
  return h("li", {}, h("a", { href: "#" + i, "aria-current": i === current ? "true" : null }, thumb,
    h("span", { class: "title" }, p[TITLE]),
    h("span", { class: "meta" }, p[DATE] && h("span", {}, p[DATE]), chips(p))));
}
const letter = (p) => h("span", { class: "thumb", "aria-hidden": "true" }, [...p[TITLE].trim()][0] || "·");
function chips(p) {
  const word = p.settled ? "settled" : words[p[VERDICT]] || p[VERDICT];
  return [
    h("span", { class: "chip " + word }, word),
    p[EDITED] && p[VERDICT] === "unchanged" && h("span", { class: "chip edited" }, "edited here"),
    p[LOSSES] > 0 && h("span", { class: "chip lost" }, plural(p[LOSSES], "loss", "losses")),
    p[MISSING] > 0 && h("span", { class: "chip missing" }, plural(p[MISSING], "picture") + " missing"),
  ];
}
function list() {
  const text = $("search").value.trim().toLowerCase(), takes = filters[filter][1];
  shown = [];
  head.posts.forEach((p, i) => {
    if (takes(p) && (!text || p[TITLE].toLowerCase().includes(text) || p[PATH].toLowerCase().includes(text))) shown.push(i);
  });
  $("count").textContent = shown.length === head.posts.length ? plural(shown.length, "post") : shown.length + " of " + plural(head.posts.length, "post");
  $("posts").replaceChildren();
  grow(60);
}
// grow lets the list have so many rows; the others come as it is scrolled.
function grow(to) {
  const have = $("posts").childElementCount;
  if (have < Math.min(to, shown.length)) $("posts").append(...shown.slice(have, to).map(row));
  end.disconnect();
  const last = $("posts").lastElementChild;
  if (last && $("posts").childElementCount < shown.length) end.observe(last);
}
const end = new IntersectionObserver((all) => { if (all.some((x) => x.isIntersecting)) grow($("posts").childElementCount + 100); }, { rootMargin: "600px" });
function buttons() {
  $("filters").replaceChildren(...filters.map(([name, takes], i) => {
    const n = head.posts.filter(takes).length;
    return i > 0 && n === 0 && i !== filter ? null : h("button", { type: "button", "aria-pressed": String(i === filter), onclick: () => { filter = i; buttons(); list(); } }, name, i > 0 ? " " : "", i > 0 ? h("b", {}, n.toLocaleString("en")) : "");
  }).filter(Boolean));
}

// A post: what is known of it comes when it is asked for. In a file it stands behind the script.
const whole = new Promise((done) => {
  if (inFile && document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
  else done();
});
async function load(i) {
  await whole;
  if (!inFile) {
    const r = await fetch("post/" + i);
    if (!r.ok) throw new Error(await r.text());
    return r.json();
  }
  const packed = $("d" + i);
  if (!packed) return null;
  const bytes = Uint8Array.from(atob(packed.textContent), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}
function frame(title, body, note) {
  if (!body) return h("div", { class: "empty" }, note || "Nothing to show.");
  const f = h("iframe", { sandbox: "", title, referrerpolicy: "no-referrer" });
  if (inFile) body = body.replace(/src="(pic:\d+)"/g, (_, name) => 'src="' + picture(name) + '"');
  f.srcdoc = '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="' + framePolicy() + '"><title>' + title + "</title><style>" + frameStyle + "</style><body>" + body;
  return f;
}
const framePolicy = () => "default-src 'none'; style-src 'unsafe-inline'; img-src data:" + (inFile ? "" : " " + location.origin + head.pictures);
const lines = (text, mark) => {
  const pre = h("pre", { tabindex: 0 });
  text.replace(/\n$/, "").split("\n").forEach((l) => pre.append(h("span", { class: mark(l) }, l)));
  return pre;
};
const diffClass = (l) => (l.startsWith("+") ? "add" : l.startsWith("-") ? "del" : l.startsWith("@") ? "at" : null);
function notIn(text) {
  const has = new Set(text.split("\n"));
  return (l) => (has.has(l) ? null : "add");
}
const pane = (title, ...what) => h("section", { class: "pane" }, h("h3", {}, title), ...what);

function tabsOf(d, i) {
  const all = [];
  if (d.incoming) all.push(["settle", "Settle", () => settle(d, i)]);
  all.push(["look", "Side by side", () => look(d)]);
  if (d.markdown) all.push(["markdown", "Markdown", () => lines(d.markdown, () => null)]);
  if (d.diff) all.push(["diff", "Changes", () => lines(d.diff, diffClass)]);
  if (d.removed) all.push(["out", "Left out (" + d.removed.reduce((n, r) => n + r.parts.length, 0) + ")", () => out(d)]);
  return all;
}
function look(d) {
  const pair = h("div", { class: "pair" }, pane("The source, as its readers saw it", frame("The source", d.source, d.note)), pane(d.verdict === "create" ? "The page, as the site will show it" : "The page, as the site shows it", frame("The page", d.page, d.verdict === "deleted" ? "You have deleted this page, and it stays away." : "There is no page.")));
  return d.source && d.note ? h("div", {}, h("p", { class: "told calm" }, d.note), pair) : pair;
}
function out(d) {
  return h("div", {}, d.removed.map((r) => h("section", { class: "out" }, h("h3", {}, r.why[0].toUpperCase() + r.why.slice(1), " ", h("small", {}, plural(r.parts.length, "part"))),
    h("ul", {}, r.parts.slice(0, 30).map((p) => h("li", {}, h("code", {}, p))), r.parts.length > 30 && h("li", {}, "and " + (r.parts.length - 30) + " more")))));
}
function settle(d, i) {
  const may = d.settles && head.canWrite, says = h("p", { role: "status" });
  const choose = (choice) => async () => {
    says.textContent = "Settling…";
    box.querySelectorAll("button").forEach((b) => { b.disabled = true; });
    const r = await fetch("settle", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ post: i, choice }) });
    if (!r.ok) {
      says.textContent = "Not settled: " + (await r.text());
      box.querySelectorAll("button").forEach((b) => { b.disabled = false; });
      return;
    }
    const p = head.posts[i];
    p[VERDICT] = "unchanged"; p[SETTLES] = 0; p.settled = true;
    buttons(); list(); tab = "look";
    await open(i);
    $("detail").querySelector("header").append(h("p", { class: "told calm", role: "status" }, choice === "mine" ? "Settled: the page stays as it is." : "Settled: the page is the source's version now."));
  };
  const why = inFile ? "In a file nothing can be settled: replant settle mine " + d.path + " (or source)." : !head.canWrite ? "This review only looks (-n)." : "This is new: " + head.command + " records it, then it can be settled here.";
  const box = h("div", { class: "buttons" },
    h("button", { class: "go", type: "button", disabled: !may, onclick: choose("mine") }, "Keep mine"),
    h("button", { class: "go second", type: "button", disabled: !may, onclick: choose("source") }, "Take the source’s"), !may && h("span", {}, why), says);
  const other = notIn(d.mine || ""), theirs = notIn(d.incoming);
  return h("div", {}, box, h("div", { class: "three" },
    pane("Mine", lines(d.mine || "", notIn(d.base || ""))), pane("The source’s", lines(d.incoming, notIn(d.base || ""))),
    pane("What both came from", d.base ? lines(d.base, (l) => (other(l) || theirs(l) ? "del" : null)) : h("div", { class: "empty" }, "It is not there any more."))));
}
function told(d) {
  const box = (kind, title, items) => h("section", { class: "told " + kind }, h("h3", {}, title), h("ul", { class: "scroll", tabindex: items.length > 6 ? 0 : null }, items.map((x) => h("li", {}, x))));
  const all = [];
  if (d.findings) {
    all.push(box("", "The page does not show all that the source does", d.findings.map((f) => (f.source || f.page ? h("button", { type: "button", onclick: () => jump(f) }, f.text) : f.text))));
  } else if (d.losses) all.push(box("", "The page does not show all that the source does", d.losses));
  if (d.feed) all.push(box("", "The feed itself does not hold", d.feed));
  if (d.missing) all.push(box("amber", "Pictures that could not be had", d.missing.map(([a, why]) => a + ": " + why)));
  if (d.edits) all.push(box("calm", "Since you edited it, the page does not show", d.edits));
  return all;
}
// jump shows the marks of a finding in both frames. The frames are strangers: all that can be
// done to them is to lead them to another place within themselves.
function jump(f) {
  if (tab !== "look") { tab = "look"; draw(); }
  const frames = $("detail").querySelectorAll("iframe");
  [f.source, f.page].forEach((id, i) => {
    const go = () => { if (frames[i].contentWindow) frames[i].contentWindow.location.replace("about:srcdoc#loss-" + id); };
    if (id && frames[i]) frames[i].dataset.ready ? go() : frames[i].addEventListener("load", go, { once: true });
  });
}

let post = null, draw = () => {};
async function open(i) {
  const before = current;
  current = i;
  for (const j of [before, i]) {
    const a = $("posts").querySelector('a[href="#' + j + '"]');
    if (a) j === i ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current");
  }
  document.body.classList.toggle("open", i >= 0 || location.hash === "#about");
  if (i < 0) return overview();
  const p = head.posts[i];
  let d;
  try { d = await load(i); } catch (e) { d = { title: p[TITLE], path: p[PATH], verdict: p[VERDICT], note: "It cannot be shown: " + e.message }; }
  if (current !== i) return;
  if (!d) d = { title: p[TITLE], path: p[PATH], date: p[DATE], verdict: p[VERDICT], why: p[WHY], note: "This file has no room for all posts. " + "replant review shows this one." };
  post = d;
  const tabs = tabsOf(d, i);
  if (tab === "settle" || d.incoming || !tabs.some((t) => t[0] === tab)) tab = tabs[0][0];
  const at = shown.indexOf(i);
  const body = h("div", { id: "panel", role: "tabpanel", tabindex: -1 });
  const bar = h("div", { class: "tabs", role: "tablist", "aria-label": "Views of the post", onkeydown: (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    e.preventDefault();
    const k = (tabs.findIndex((t) => t[0] === tab) + step + tabs.length) % tabs.length;
    tab = tabs[k][0]; draw(); bar.children[k].focus();
  } });
  draw = () => {
    bar.replaceChildren(...tabs.map(([id, name]) => h("button", { type: "button", role: "tab", id: "tab-" + id, "aria-controls": "panel", "aria-selected": String(id === tab), tabindex: id === tab ? 0 : -1, onclick: () => { tab = id; draw(); } }, name)));
    body.setAttribute("aria-labelledby", "tab-" + tab);
    body.replaceChildren(tabs.find((t) => t[0] === tab)[2]());
    body.querySelectorAll("iframe").forEach((f) => f.addEventListener("load", () => { f.dataset.ready = "1"; }));
  };
  $("detail").replaceChildren(
    h("header", {},
      h("div", { class: "move" }, h("button", { type: "button", class: "back", onclick: close }, "All posts"),
        h("button", { type: "button", disabled: at <= 0, onclick: () => step(-1), "aria-keyshortcuts": "k" }, "Previous"), h("button", { type: "button", disabled: at < 0 || at + 1 >= shown.length, onclick: () => step(1), "aria-keyshortcuts": "j" }, "Next")),
      h("h2", {}, d.title),
      h("p", { class: "facts" }, chips(p), d.why && h("span", {}, d.why), d.date && h("span", {}, d.date), h("code", {}, d.path),
        /^https?:/.test(d.address || "") && h("a", { href: d.address, target: "_blank", rel: "noreferrer noopener" }, "Open the original"))),
    ...told(d), bar, body);
  draw();
  document.title = d.title + " – replant review";
  $("detail").scrollTop = 0;
  window.scrollTo(0, 0);
}
function overview() {
  document.title = "replant review";
  const count = {};
  head.posts.forEach((p) => { const w = words[p[VERDICT]] || p[VERDICT]; count[w] = (count[w] || 0) + 1; });
  $("detail").replaceChildren(h("div", { class: "prose" },
    h("div", { class: "move" }, h("button", { type: "button", class: "back", onclick: close }, "All posts")),
    h("h2", {}, plural(head.posts.length, "post")),
    h("p", { class: "facts" }, Object.entries(count).map(([w, n]) => h("span", {}, h("span", { class: "chip " + w }, w), " " + n.toLocaleString("en")))),
    head.summary && h("p", {}, head.summary),
    head.notices && h("section", { class: "told amber" }, h("h3", {}, "To know"), h("ul", { class: "scroll", tabindex: head.notices.length > 6 ? 0 : null }, head.notices.map((n) => h("li", {}, n)))),
    h("p", {}, "Choose a post to see its source beside its page. Nothing of the source acts here: it runs no script and asks for nothing but the pictures that replant has."),
    h("dl", {}, [["j", "next post"], ["k", "previous post"], ["Enter", "open it"], ["/", "search"], ["Esc", "back to the list"]].map(([k, what]) => [h("dt", {}, h("kbd", {}, k)), h("dd", {}, what)]))));
}
// step goes to the next post, or to the one before: with the mark in the list as long as none is
// open, which Enter opens.
function step(by) {
  const links = $("posts"), held = document.activeElement.closest && document.activeElement.closest("#posts a");
  const at = shown.indexOf(current >= 0 ? current : held ? Number(held.hash.slice(1)) : -1);
  const i = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))];
  if (i === undefined) return;
  grow(shown.indexOf(i) + 20);
  const a = links.querySelector('a[href="#' + i + '"]');
  if (current >= 0) location.hash = "#" + i;
  if (a && a.offsetParent) { a.scrollIntoView({ block: "nearest" }); a.focus({ preventScroll: true }); }
}
function close() {
  const was = current;
  location.hash = "";
  const a = $("posts").querySelector('a[href="#' + was + '"]');
  setTimeout(() => { if (a) { a.scrollIntoView({ block: "nearest" }); a.focus(); } });
}
function route() {
  if (location.hash === "#detail") return $("detail").focus();
  const i = /^#\d+$/.test(location.hash) ? Number(location.hash.slice(1)) : -1;
  open(i < head.posts.length ? i : -1);
}
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const typing = e.target.id === "search";
  if (e.key === "Escape") {
    if (typing) { e.target.value = ""; e.target.blur(); list(); } else if (document.body.classList.contains("open")) close();
  } else if (typing) {
    if (e.key === "Enter" && shown.length) { e.target.blur(); location.hash = "#" + shown[0]; }
    return;
  } else if (e.key === "j") step(1);
  else if (e.key === "k") step(-1);
  else if (e.key === "/") $("search").focus();
  else return;
  e.preventDefault();
});
let wait = 0;
$("search").addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(list, 80); });
window.addEventListener("hashchange", route);
const frameStyle = {{frameStyle}};
$("site").textContent = head.site;
if (head.notices) { $("about").textContent = head.notices.length + " to know"; $("about").hidden = false; }
buttons();
list();
route();
if (inFile) whole.then(list);
})();
