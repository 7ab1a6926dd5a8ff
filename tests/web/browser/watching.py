"""Whether a page ran what it should not, or holds what could."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

_HOOKS = """
for (const name of ["alert", "prompt", "confirm", "print", "open"]) {
  const told = (...words) => { window.__ran = (window.__ran || []).concat(name + "(" + words.join() + ")"); };
  Object.defineProperty(window, name, { value: told, writable: false, configurable: false });
}
"""
# What none of our pages may hold, whatever the archive says: code, plug-ins, foreign frames, odd addresses.
_FORBIDDEN = """() => {
  const found = [];
  const own = location.origin;
  for (const element of document.querySelectorAll("*")) {
    const tag = element.localName;
    if (["object", "embed", "applet", "base", "frame", "frameset", "marquee", "portal", "math", "template", "noscript"].includes(tag))
      found.push(tag);
    if (tag === "script" && (element.textContent.trim() || !element.src.startsWith(own + "/"))) found.push("script " + element.outerHTML);
    if (tag === "iframe" && (element.getAttribute("sandbox") === null || /allow-(scripts|same-origin)/.test(element.getAttribute("sandbox"))))
      found.push("iframe " + element.outerHTML);
    if (["foreignobject", "use", "animate", "animatemotion", "animatetransform", "set", "image"].includes(tag.toLowerCase()))
      found.push("svg with " + tag);
    const policy = (element.httpEquiv || "").toLowerCase() === "content-security-policy";  // can only forbid more
    if (tag === "style" || (tag === "meta" && element.httpEquiv && !policy)) found.push(element.outerHTML.slice(0, 99));
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc") found.push(tag + " " + name);
      if (["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "srcset", "cite"].includes(name)) {
        let scheme = ""; try { scheme = new URL(value, location.href).protocol; } catch { continue; }
        if (!["http:", "https:", "mailto:", "file:"].includes(scheme)) found.push(tag + " " + name + "=" + value);
        if (["src", "srcset", "poster", "background"].includes(name) && new URL(value, location.href).origin !== own)
          found.push(tag + " asks elsewhere: " + value);
      }
    }
  }
  return found;
}"""


@dataclass
class Watch:
    """What was seen on the pages that one tab opened."""

    page: Page
    ran: list[str] = field(default_factory=list)
    asked_elsewhere: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    pages: int = 0

    def __post_init__(self) -> None:
        self.page.add_init_script(_HOOKS)
        self.page.on("dialog", lambda dialog: (self.ran.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._requested(request.url))

    def _requested(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "file://", "data:image/", "about:")):
            self.asked_elsewhere.append(url)

    def visit(self, address: str, *, ours: bool = True) -> None:
        """Open a page, and look through it and its frames; of pages that are not `ours`, at what ran only."""
        answer = self.page.goto(address, wait_until="load")
        assert answer is None or answer.status < 500, f"{address}: {answer.status if answer else ''}"
        self.pages += 1
        for frame in self.page.frames:
            self.ran += [f"{address}: {what}" for what in frame.evaluate("window.__ran || []")]
        if ours:
            self.forbidden += [f"{address}: {what}" for what in self.page.evaluate(_FORBIDDEN)]

    def assert_clean(self) -> None:
        """Nothing ran, nothing could, and nobody else was asked."""
        assert not self.ran, self.ran[:5]
        assert not self.forbidden, self.forbidden[:5]
        assert not self.asked_elsewhere, self.asked_elsewhere[:5]
