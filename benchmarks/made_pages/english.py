# ruff: noqa: E501  markup is data, and stands as pages have it
"""Layouts as English papers, magazines and blogs have them; each written for this set."""

from __future__ import annotations

from benchmarks.made_pages.story import (
    MadePage,
    comments,
    figure,
    footer,
    links,
    menu,
    meta,
    number,
    page,
    slug,
    story,
    teasers,
)
from benchmarks.made_pages.words import Words

_NEWSLETTER = """<div class="newsletter-signup"><h3>Sign up to our morning briefing</h3><p>The stories that matter, every weekday, free in your inbox.</p>
<form><input type="email"><p>We use your address for this letter only. See our Privacy Policy for more.</p></form></div>"""
_COOKIES = """<div id="consent" class="cookie-banner"><p>We and our partners store and read information on your device, such as cookies, to show you
personalised advertisements and to measure how our pages are used. You may change your mind at any time.</p><button>Accept all</button></div>"""


def broadsheet(w: Words) -> MadePage:
    s = story(w, paragraphs=(5, 18))
    rich_link = f'<aside class="element-rich-link"><p>Related: <a href="/{slug(w)}">{w.title()}</a></p></aside>'
    html = f"""<header>{menu(w, "main-nav")}</header><main><article><div class="content__header"><h1>{s.title}</h1><div class="content__standfirst"><p>{s.lede}</p></div>
    <address>By <a rel="author" href="/p/a">{w.name()}</a></address><time datetime="2024-03-05T08:15:00Z">Tue 5 Mar 2024 08.15</time></div>{figure(w)}
    <div class="article-body-viewer"><div class="content__article-body">{s.body(noise=[rich_link, _NEWSLETTER, '<div class="ad-slot">Advertisement</div>'])}</div>
    <div class="submeta"><span>Explore more on these topics</span><ul><li><a href="/a">Farming</a></li><li><a href="/b">Bridges</a></li></ul></div></div></article></main>
    <section class="most-popular"><h2>Most viewed</h2><ol>{links(w, 8)}</ol></section><section><h2>More on this story</h2>{teasers(w, 5, "fc-item")}</section>{footer(w)}"""
    return MadePage(
        "broadsheet",
        f"https://broadsheet.example.com/world/2024/mar/05/{slug(w)}",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def hashed_classes(w: Words) -> MadePage:
    """Paragraphs in several wrappings with advertisements between, under names that mean nothing."""
    s = story(w, paragraphs=(6, 16), rich=False)
    blocks = [f'<p class="css-at9mc1 evys1bk0">{text}</p>' for _tag, text in s.blocks]
    parts = [blocks[i : i + 3] for i in range(0, len(blocks), 3)]
    split = '<div class="css-8atqhb"><p class="css-adtxt">Advertisement</p><a class="css-skip" href="#after">SKIP ADVERTISEMENT</a></div>'.join(
        f'<div class="css-1fanzo5 StoryBodyCompanionColumn"><div class="css-53u6y8">{"".join(part)}</div></div>'
        for part in parts
    )
    html = f"""<div id="app"><div class="css-1q2w3e">{menu(w, "css-menu1")}</div><main id="site-content"><article id="story" class="css-1vxca1d"><header class="css-1n8ks0"><h1 class="css-88wicj">{s.title}</h1>
    <p id="article-summary" class="css-1n0orw4">{s.lede}</p><div class="css-bsn42l"><p>By <span>{w.name()}</span></p><time>March 5, 2024</time></div></header><section name="articleBody" class="css-1r7ky0e">{split}</section>
    <div class="bottom-of-article"><p class="css-bio">{w.name()} is a reporter who covers bridges and farms. {w.sentence()}</p><p class="css-print">A version of this article appears in print on March 6, 2024, Section A, Page 1. Order Reprints | Today's Paper | Subscribe</p></div></article></main>
    <div class="css-rel"><h2>Related Content</h2>{teasers(w, 4, "css-k0")}</div></div>{footer(w)}"""
    return MadePage(
        "hashed classes",
        f"https://www.hashed.example.com/2024/03/05/us/{slug(w)}.html",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def component_blocks(w: Words) -> MadePage:
    """Each paragraph in a box of its own, boxes of links beside them."""
    s = story(w, lede=False, paragraphs=(6, 14))
    box = f'<div data-component="links-block"><div><ul>{links(w, 3)}</ul></div></div>'
    body = s.body(
        p='<div data-component="text-block" class="ssrcss-7u"><div class="ssrcss-r"><p class="ssrcss-1q">{}</p></div></div>',
        h2='<div data-component="subheadline-block"><h2>{}</h2></div>',
        noise=[box, f'<div data-component="image-block">{figure(w)}</div>'],
    )
    html = f"""<div id="root">{menu(w, "global-navigation")}<main id="main-content"><article><div data-component="headline-block"><h1>{s.title}</h1></div><div data-component="byline-block"><span>{w.name()}</span> <span>BBN News, Newtown</span></div>
    {body}<div data-component="topic-list"><h2>Related topics</h2><ul><li><a href="/t/1">Bridges</a></li></ul></div><div data-component="links-block"><h2>More on this story</h2><ul>{links(w, 4)}</ul></div></article></main>
    <div class="sidebar"><h2>Top stories</h2>{teasers(w, 3, "promo")}<h2>Most read</h2><ol>{links(w, 10)}</ol></div></div>{footer(w)}"""
    return MadePage(
        "component blocks",
        f"https://www.component.example.co.uk/news/uk-{number(w)}",
        page(w, meta(s), html, title=s.title),
        None,
        s.gold,
    )


def blog_breaks(w: Words) -> MadePage:
    s = story(w, lede=False, rich=False)
    html = f"""<div class="header-outer"><h1 class="title">The Example Log</h1><p class="description">Notes from a small town by the sea, since 2006.</p></div>{menu(w, "tabs")}<div class="post hentry"><h3 class="post-title entry-title">{s.title}</h3>
    <div class="post-body entry-content">{s.body(p="{}<br /><br />")}<div style="clear: both;"></div></div><div class="post-footer">Posted by <span class="fn">{w.name()}</span> at 8:15 AM</div></div>
    <div class="comments"><h4>3 comments:</h4>{comments(w, 3, "comment-block")}</div><div class="sidebar"><h2>Blog Archive</h2><ul>{links(w, 12)}</ul><h2>About Me</h2><p>{w.paragraph(1, 2)}</p></div>"""
    return MadePage(
        "blog with breaks",
        f"https://log.example.com/2024/03/{slug(w)}.html",
        page(w, "", html, title=s.title),
        None,
        s.gold,
    )


def section_soup(w: Words) -> MadePage:
    s = story(w, paragraphs=(5, 12))
    html = f"""<div class="u-nav">{menu(w)}</div><div class="grid"><div class="col-8"><div class="hd"><h1>{s.title}</h1><h2 class="subtitle">{s.lede}</h2><div class="by">{w.name()} · 6 min read</div></div>
    <section class="s s--body">{s.body(p='<p id="0a" class="graf graf--p">{}</p>', h2='<h3 class="graf graf--h3">{}</h3>')}</section><section class="s--last"><p>{w.name()} writes on towns. Follow for more.</p></section>
    <div class="claps">312 claps</div></div><div class="col-4"><h3>Read next</h3>{teasers(w, 4, "card")}<h3>Recommended</h3>{teasers(w, 3, "card")}</div></div>{footer(w)}"""
    return MadePage(
        "section soup",
        f"https://soup.example.com/@pen/{slug(w)}-{number(w)}a1",
        page(w, meta(s, dated=False), html, title=s.title),
        s.lede,
        s.gold,
    )


def drupal(w: Words) -> MadePage:
    s = story(w)
    html = f"""{_COOKIES}<div id="page-wrapper"><div class="region-header">{menu(w, "block-menu")}</div><div class="region region-content"><h1 id="page-title">{s.title}</h1><div class="node node-article node-full"><div class="submitted">Submitted by {w.name()} on 5 March 2024</div>
    <div class="field field-name-field-teaser"><div class="field-items"><div class="field-item even">{s.lede}</div></div></div><div class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even" property="content:encoded">{s.body(noise=[figure(w)])}</div></div></div>
    <div class="field field-name-field-tags"><div class="field-label">Tags:&nbsp;</div><a href="/t">boats</a></div><ul class="links inline"><li><a href="/login">Log in</a> to post comments</li></ul></div>
    <div class="view-related"><h2>See also</h2>{links(w, 5, '<div class="views-row"><a href="{url}">{title}</a></div>')}</div></div></div>{footer(w)}"""
    return MadePage(
        "drupal", f"https://press.example.org/en/{slug(w)}", page(w, meta(s), html, title=s.title), s.lede, s.gold
    )


def amp(w: Words) -> MadePage:
    s = story(w, paragraphs=(4, 12))
    html = f"""<amp-sidebar id="sb">{menu(w)}</amp-sidebar><header class="amp-header"><a href="/">Example</a></header><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{s.title}</h1></header>
    <p class="amp-excerpt">{s.lede}</p><div class="amp-wp-article-content">{s.body(noise=['<amp-ad width="300" height="250"><div placeholder>Ad</div></amp-ad>', f'<amp-img src="/a.jpg"></amp-img><p class="wp-caption-text">{w.caption()}</p>'])}</div><div class="amp-wp-meta">Categories: <a href="/n">News</a></div></article>
    <div class="amp-related"><h3>You may also like</h3><ul>{links(w, 4)}</ul></div>{footer(w)}"""
    return MadePage(
        "amp",
        f"https://amp.example.com/news/{slug(w)}-{number(w)}/amp",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def listicle(w: Words) -> MadePage:
    s = story(w, lede=True, paragraphs=(2, 3), rich=False)
    for _ in range(6):
        s.blocks += [("h2", w.heading()), ("p", w.paragraph(1, 2))]
    s.blocks += [("li", w.sentence()) for _ in range(5)]
    html = f"""{menu(w)}<div class="layout"><div class="story"><h1>{s.title}</h1><div class="deck">{s.lede}</div><div class="byline">By {w.name()} | Mar 05, 2024</div><div class="story-content">{s.body(h2="<h3>{}</h3>", noise=[_NEWSLETTER])}
    <p><em>Read more: <a href="/{slug(w)}-{number(w)}">{w.title()}</a></em></p></div><div class="trending"><h4>Trending</h4><ul>{links(w, 6)}</ul></div></div></div>{footer(w)}"""
    return MadePage(
        "listicle",
        f"https://lists.example.com/{slug(w)}-{number(w)}",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def inline_promos(w: Words) -> MadePage:
    """Promotions of other articles as paragraphs of the same look as the text."""
    s = story(w, paragraphs=(6, 14), rich=False)
    promos = [
        f'<p><strong>READ MORE: <a href="/news/{slug(w)}-{number(w)}">{w.title()}</a></strong></p>' for _ in range(2)
    ]
    promos.append(
        f'<div class="mol-related"><h3>RELATED ARTICLES</h3><ul>{links(w, 3)}</ul><p>Share this article</p></div>'
    )
    html = f"""{menu(w, "page-header")}<div class="article wide"><div id="js-article-text"><h2>{s.title}</h2><ul class="mol-bullets"><li><strong>{s.lede}</strong></li></ul><p class="author-section">By <a href="/profile">{w.name()}</a></p>
    <p class="byline-section">Published: 08:15 GMT, 5 March 2024</p><div itemprop="articleBody">{s.body(noise=promos)}</div></div><div id="reader-comments"><h3>Comments 14</h3>{comments(w, 6)}<p>The views expressed in the contents above are those of our users.</p></div></div>
    <div class="beta"><h3>DON'T MISS</h3>{teasers(w, 10, "femail")}</div>{footer(w)}"""
    return MadePage(
        "inline promos",
        f"https://www.promo.example.co.uk/news/article-{number(w)}/{slug(w)}.html",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def paywalled(w: Words) -> MadePage:
    s = story(w, paragraphs=(3, 6), rich=False)
    html = f"""<div class="masthead">{menu(w)}</div>{_COOKIES}<article class="article"><header><h1>{s.title}</h1><p class="dek">{s.lede}</p></header><div class="article__content">{s.body()}</div>
    <div class="paywall-prompt"><h3>Keep reading for 1 a month</h3><p>Subscribe today and get unlimited access to all our reporting, puzzles and archive. Cancel whenever you like.</p><p>Already a subscriber? Log in</p></div></article>
    <div class="legal"><p>The value of your investments may fall as well as rise. Prices are delayed by at least fifteen minutes and come from our partners.</p></div>{footer(w)}"""
    return MadePage(
        "paywalled", f"https://pay.example.com/content/{slug(w)}", page(w, meta(s), html, title=s.title), s.lede, s.gold
    )


def article_of_articles(w: Words) -> MadePage:
    """The body in one `article`, its neighbours in others of the same class."""
    s = story(w, paragraphs=(3, 8), rich=False)
    others = "".join(
        f'<article class="post"><h2><a href="/{slug(w)}">{w.title()}</a></h2><p>{w.paragraph(2, 3)}</p><a href="/more">Continue reading</a></article>'
        for _ in range(5)
    )
    html = f"""<nav>{menu(w)}</nav><article class="post"><h1>{s.title}</h1><p><em>{s.lede}</em></p>{s.body()}</article><h2>Latest news</h2>{others}{footer(w)}"""
    return MadePage(
        "article of articles",
        f"https://many.example.net/2024/03/{slug(w)}",
        page(w, meta(s, dated=False), html, title=s.title),
        s.lede,
        s.gold,
    )


def interview(w: Words) -> MadePage:
    s = story(w, paragraphs=(1, 2), rich=False)
    for _ in range(5):
        s.blocks += [("p", f"<strong>{w.clause()}?</strong>"), ("p", w.paragraph(2, 4))]
    html = f"""{menu(w)}<div class="container"><h1 class="headline">{s.title}</h1><div class="article-intro"><p>{s.lede}</p></div><div class="row"><div class="col-md-8"><div class="article-text">{s.body(noise=[figure(w)])}
    <blockquote class="twitter-tweet"><p>{w.sentence()}</p><a href="https://t.example/1">5 March</a></blockquote></div></div><div class="col-md-4"><div class="box"><h3>Popular</h3>{teasers(w, 3)}</div></div></div></div>{footer(w)}"""
    gold = tuple(text.replace("<strong>", "").replace("</strong>", "") for text in s.gold)
    return MadePage(
        "interview",
        f"https://talk.example.com/interviews/{slug(w)}-{number(w)}.html",
        page(w, meta(s), html, title=s.title),
        s.lede,
        gold,
    )


ENGLISH = (
    broadsheet,
    hashed_classes,
    component_blocks,
    blog_breaks,
    section_soup,
    drupal,
    amp,
    listicle,
    inline_promos,
    paywalled,
    article_of_articles,
    interview,
)
