"""What all pages of the sample site share: stylesheets, a script, an icon, a picture behind the head."""

from __future__ import annotations

from newscrawler.demo.addresses import HOME
from newscrawler.demo.images import png

CONTENT = f"{HOME}/Content"
OLD_STYLESHEET = f"{CONTENT}/style.css"
STYLESHEET = f"{CONTENT}/site.css"
SCRIPT = f"{HOME}/Scripts/trang.js"
ICON = f"{CONTENT}/bieu-tuong.png"

_OLD_STYLE = """body { font-family: Arial, Helvetica, sans-serif; font-size: 12px; color: #222222 }
.banner { background: #cc0000 url(hinh/nen-dau-trang.png) repeat-x; color: #ffffff; height: 90px }
.mnu a { color: #003399; text-decoration: none }
.tieude { font-size: 16px }
"""
_STYLE = """@import url("mau-sac.css");
#dau-trang { background-image: url('hinh/nen-dau-trang.png'); padding: 12px }
#menu li { display: inline-block; margin-right: 14px }
#cot-chinh { float: left; width: 68% }
#cot-phu { float: right; width: 28% }
.nhan { border-bottom: 2px solid; text-transform: uppercase }
"""
_COLOURS = """body { color: #1f2d3d }
a, .nhan { color: #0054a6 }
"""
_SCRIPT_TEXT = """(function () {
  "use strict";
  var pictures = document.getElementsByTagName("img");
  for (var i = 0; i < pictures.length; i += 1) {
    pictures[i].style.maxWidth = "100%";
  }
}());
"""

_FILES = {
    OLD_STYLESHEET: ("text/css", _OLD_STYLE.encode()),
    STYLESHEET: ("text/css; charset=utf-8", _STYLE.encode()),
    f"{CONTENT}/mau-sac.css": ("text/css; charset=utf-8", _COLOURS.encode()),
    SCRIPT: ("application/javascript", _SCRIPT_TEXT.encode()),
    ICON: ("image/png", png("bieu-tuong", 16, 16)),
    f"{CONTENT}/hinh/nen-dau-trang.png": ("image/png", png("nen-dau-trang", 64, 48)),
}
_BY_LOWER = {path.lower(): answer for path, answer in _FILES.items()}


def file_at(path: str) -> tuple[str, bytes] | None:
    """Content type and bytes of such a file, letter case of the path ignored as on the real server; None if there is
    none."""
    return _BY_LOWER.get(path.lower())
