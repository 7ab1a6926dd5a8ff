# ruff: noqa: E501  markup is data, and stands as pages have it
"""Layouts as the systems of Vietnamese papers, portals and unions make them; each written for this set."""

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


def nukeviet(w: Words) -> MadePage:
    s = story(w)
    html = f"""<div class="header"><span class="date-now">Thứ tư, 20/06/2024</span></div>{menu(w, "navbar")}
    <div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body">
    <h1 class="title margin-bottom-lg" itemprop="headline">{s.title}</h1><div class="row"><span class="h5">Thứ hai - 05/03/2024 08:15</span>
    <ul class="list-inline"><li><a title="Gửi bài viết" href="#">Gửi bài viết</a></li><li><a href="/print">In ra</a></li></ul></div>
    <div class="clearfix"><div class="hometext m-bottom" itemprop="description">{s.lede}</div></div>
    <div id="news-bodyhtml" class="bodytext margin-bottom-lg">{s.body(noise=[figure(w)])}</div>
    <div class="m-bottom"><p class="h5 text-right"><strong>Tác giả: </strong>{w.name()}</p></div></div></div>
    <div class="news_column panel panel-default"><div class="panel-body"><div class="h5"><em class="fa fa-tags"></em><strong>Từ khóa: </strong>
    <a href="/tag/x"><em>{w.pick({"vi": "tình nguyện|hè", "en": "x"})}</em></a></div></div></div>
    <div class="panel-body"><div class="h5"><em>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</em></div></div>
    <div class="news_column panel panel-default"><div class="panel-body"><p class="h3"><strong>Những tin mới hơn</strong></p>
    <ul class="detail-related related list-none list-items">{links(w, 4)}</ul><p class="h3"><strong>Những tin cũ hơn</strong></p>
    <ul class="detail-related related list-none list-items">{links(w, 5)}</ul></div></div>
    <div class="panel"><div class="panel-heading">Tin xem nhiều</div><ul class="block_tophits">{links(w, 5)}</ul></div>{footer(w)}"""
    url = f"https://tinhdoan.example.vn/vi/news/tin-hoat-dong/{slug(w)}-{w.chance.randint(100, 999)}.html"
    return MadePage("nukeviet", url, page(w, meta(s), html, title=s.title), s.lede, s.gold)


def wordpress(w: Words) -> MadePage:
    s = story(w, lede=False)
    widget = "".join(
        f'<aside class="widget widget_recent_entries"><h2>Bài viết mới</h2><ul>{links(w, 5)}</ul></aside>'
        for _ in range(2)
    )
    html = f"""<div id="page"><header class="site-header"><nav>{menu(w)}</nav></header><div id="content"><main id="main"><article class="post-{number(w)} post type-post">
    <header class="entry-header"><h1 class="entry-title">{s.title}</h1><div class="entry-meta"><time datetime="2024-03-05T08:15:00+07:00">05 Th3 2024</time>
    <span class="author vcard"><a href="/author/an">{w.name()}</a></span></div></header><div class="entry-content">
    {s.body(noise=[f'<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">{w.caption()}</p></div>'])}
    <div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a href="#">Facebook</a></li></ul></div>
    <div id="jp-relatedposts" class="jp-relatedposts"><h3>Có liên quan</h3>{links(w, 3, '<div class="jp-relatedposts-post"><h4><a href="{url}">{title}</a></h4></div>')}</div>
    </div><footer class="entry-footer"><a rel="tag" href="/tag/he">hè</a></footer></article>
    <div id="comments"><h2>2 bình luận</h2><ol class="comment-list">{comments(w, 2)}</ol><form><p class="comment-notes">Email của bạn sẽ không được hiển thị công khai.</p></form></div>
    </main></div><div id="secondary">{widget}</div>{footer(w)}</div>"""
    return MadePage(
        "wordpress", f"https://doan.example.vn/{slug(w)}/", page(w, meta(s), html, title=s.title), None, s.gold
    )


def joomla(w: Words) -> MadePage:
    s = story(w)
    html = f"""<div id="wrapper">{menu(w, "moduletable_menu")}<div class="breadcrumbs"><a href="/">Trang chủ</a> » Tin tức</div><div class="item-page">
    <h2 class="contentheading">{s.title}</h2><dl class="article-info"><dd class="create">Được đăng ngày Thứ ba, 05 Tháng 3 2024 08:15</dd><dd class="hits">Lượt xem: 1523</dd></dl>
    <p style="text-align: justify;"><strong>{s.lede}</strong></p>{s.body(p='<p style="text-align: justify;">{}</p>')}
    <p style="text-align: right;"><strong>{w.name()}</strong></p><ul class="pager pagenav"><li><a href="/a">&lt; Trang trước</a></li><li><a href="/b">Trang sau &gt;</a></li></ul>
    <h3>Tin mới hơn:</h3><ul class="relateditems">{links(w, 5, '<li><a href="{url}">{title}</a> - 20/02/2024 08:15</li>')}</ul>
    <h3>Tin cũ hơn:</h3><ul class="relateditems">{links(w, 5, '<li><a href="{url}">{title}</a> - 20/02/2024 08:15</li>')}</ul></div>
    <div class="moduletable"><h3>Tin nổi bật</h3>{teasers(w, 3)}</div>{footer(w)}</div>"""
    url = f"https://doanvp.example.vn/index.php/tin-tuc/739-{slug(w)}"
    return MadePage("joomla", url, page(w, "", html, title=s.title), s.lede, s.gold)


def tables_of_old(w: Words) -> MadePage:
    s = story(w, rich=False)
    texts = "<br><br>".join(text for _tag, text in s.blocks)
    rows = "".join(
        f"<tr><td>&raquo; {links(w, 1, '<a href={url}>{title}</a>')} <i>(12/01/2024)</i></td></tr>" for _ in range(6)
    )
    html = f"""<table width=980 align=center><tr><td colspan=2>{menu(w)}</td></tr><tr><td width=180 valign=top>
    <table><tr><td class=bar>Tin nóng</td></tr>{rows}</table></td><td valign=top><table><tr><td class=tieude>{s.title}</td></tr>
    <tr><td class=ngay>Ngày cập nhật 05/03/2024</td></tr><tr><td class=tomtat><b>{s.lede}</b></td></tr><tr><td class=noidung align=justify>{texts}</td></tr>
    <tr><td align=right><b>{w.name()}</b></td></tr><tr><td><b>Các tin khác</b></td></tr>{rows}</table></td></tr>
    <tr><td colspan=2 align=center>Trụ sở: 12 đường Lê Lợi. Điện thoại: 0123456. Bản quyền thuộc về Huyện đoàn</td></tr></table>"""
    url = f"http://huyendoan.example.vn/?cn=144&gd=1&tc={number(w)}"
    return MadePage("tables of old", url, page(w, "", html, title=s.title), s.lede, s.gold)


def big_paper(w: Words) -> MadePage:
    """As the large papers' own systems: boxes of other articles inside the body, a stream of teasers behind it."""
    s = story(w, paragraphs=(5, 16))
    box = f'<div class="VCSortableInPreviewMode alignRight" type="RelatedOneNews"><a href="/{slug(w)}-{number(w)}.htm"><img src="/b.jpg"></a><a href="/{slug(w)}-{number(w)}.htm" class="title">{w.title()}</a><p class="sapo">{w.sentence()}</p></div>'
    photo = f'<figure class="VCSortableInPreviewMode" type="Photo"><div><img src="/c.jpg"></div><figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{w.caption()}</p></figcaption></figure>'
    html = f"""<header class="header">{menu(w, "header__nav")}<p>Thứ bảy, 07/03/2024</p></header><div class="main" id="main-detail"><div class="detail__main"><div class="detail-top"><a href="/thoi-su.htm">Thời sự</a><div data-role="publishdate">07/03/2024 08:01 GMT+7</div></div>
    <h1 class="detail-title article-title">{s.title}</h1><div class="author-info"><a href="/tac-gia/a.htm">{w.name()}</a></div><h2 class="detail-sapo" data-role="sapo">TTO - {s.lede}</h2>
    <div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">{s.body(h2="<h3>{}</h3>", noise=[box, photo, '<div id="zone-ads-in" class="banner">Quảng cáo</div>'])}</div></div>
    <div class="detail-author-bot"><div class="name">{w.name()}</div></div><div class="detail-tab"><a href="#">Trở lại chủ đề</a></div><div class="detail__tags"><a href="/x.html">giá hoa</a></div>
    <div class="detail__comment comment-wrapper"><div class="box-comment">{comments(w, 4, "item-comment")}</div></div></div>
    <div class="box-category"><div class="box-category-top"><h2>Tin cùng chuyên mục</h2></div>{teasers(w, 4, "box-category-item")}</div>
    <div class="box-category"><div class="box-category-top"><h2>Đọc nhiều</h2></div><ul>{links(w, 6)}</ul></div>
    <div class="list__stream">{teasers(w, 8, "stream-item")}</div></div>{footer(w)}"""
    url = f"https://bao.example.vn/{slug(w)}-20240307{number(w)}.htm"
    head = meta(s) + '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>'
    gold = (f"TTO - {s.lede}", *s.gold[1:])
    return MadePage("big paper", url, page(w, head, html, title=s.title), gold[0], gold)


def express(w: Words) -> MadePage:
    s = story(w, paragraphs=(4, 14))
    html = f"""<section class="section top-header">{menu(w, "main-nav")}</section><section class="section page-detail top-detail"><div class="container"><div class="sidebar-1">
    <div class="header-content"><ul class="breadcrumb"><li><a href="/kinh-doanh">Kinh doanh</a></li></ul><span class="date">Thứ bảy, 9/3/2024, 00:05 (GMT+7)</span></div>
    <h1 class="title-detail">{s.title}</h1><p class="description">{s.lede}</p><article class="fck_detail">{s.body(p='<p class="Normal">{}</p>', h2='<h2 class="Normal">{}</h2>', noise=[f'<figure class="tplCaption"><div class="fig-picture"><img data-src="/x.jpg"></div><figcaption><p class="Image">{w.caption()}</p></figcaption></figure>'])}
    <p class="Normal" style="text-align:right;"><strong>{w.name()}</strong> (theo <em>Reuters</em>)</p><ul class="list-news">{links(w, 2)}</ul></article>
    <div class="footer-content"><span>Trở lại Kinh doanh</span><div class="social_pin">Chia sẻ</div></div><div class="box_comment_vne"><h3>Ý kiến</h3>{comments(w, 3)}</div></div>
    <div class="sidebar-2"><div class="box-category"><h2 class="title-box">Xem nhiều</h2>{links(w, 5, '<article class="item-news"><h4 class="title-news"><a href="{url}">{title}</a></h4></article>')}</div></div></div></section>
    <section class="section box-news-other"><h2>Tin cùng chuyên mục</h2>{"".join(f'<article class="item-news"><h3 class="title-news"><a href="/{slug(w)}-{number(w)}.html">{w.title()}</a></h3><p class="description"><a href="/{slug(w)}-{number(w)}.html">{w.paragraph(1, 2)}</a></p></article>' for _ in range(6))}</section>{footer(w)}"""
    return MadePage(
        "express",
        f"https://nhanh.example.vn/{slug(w)}-{number(w)}.html",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def div_paragraphs(w: Words) -> MadePage:
    s = story(w, rich=False)
    more = "".join(f"<div>&gt;&gt; {links(w, 1, '<a href={url}>{title}</a>')}</div>" for _ in range(2))
    html = f"""{menu(w)}<div class="left-col"><div class="cate">Giới trẻ</div><div class="ct-title"><h1>{s.title}</h1></div><div class="ct-date">05/03/2024 08:15</div>
    <div class="ct-sapo">{s.lede}</div><div class="ct-body">{more}{s.body(p='<div style="text-align:justify">{}</div>')}<div style="text-align:right"><b>{w.name()}</b></div></div>
    <div>Bình luận</div><div class="cm-list">{comments(w, 5, "cm")}</div></div><div class="right-col"><div class="tt">Tiêu điểm</div>{teasers(w, 4)}</div>{footer(w)}"""
    return MadePage(
        "div paragraphs",
        f"https://gioitre.example.vn/gioi-tre/{slug(w)}-{number(w)}.html",
        page(w, meta(s, dated=False), html, title=s.title),
        s.lede,
        s.gold,
    )


def aspnet_portal(w: Words) -> MadePage:
    s = story(w, rich=False)
    html = f"""<form id="aspnetForm"><div id="ctl00_top">{menu(w, "AspNet-Menu")}</div><div id="ctl00_left"><div class="ms-webpart-titleText">Thông báo</div><ul>{links(w, 6)}</ul></div>
    <div class="DetailNews"><div class="TitleNews">{s.title}</div><div class="DateNews">(Cập nhật: 5/3/2024 8:15:00 AM)</div><div class="SapoNews"><strong>{s.lede}</strong></div>
    <div class="ContentNews"><div class="ms-rtestate-field">{s.body(p='<div><span style="font-size:12pt;font-family:Times New Roman">{}</span></div><div>&#160;</div>')}</div></div>
    <div class="AuthorNews">{w.name()}</div><div class="OtherNews"><span>Các tin khác</span><ul>{links(w, 6, '<li><a href="{url}">{title}</a> (03/03/2024)</li>')}</ul></div></div>
    <div id="ctl00_footer"><span>Cổng thông tin điện tử. Người chịu trách nhiệm: ông Trần Văn A, Phó Bí thư thường trực. Địa chỉ: số 1 đường Hùng Vương.</span></div></form>"""
    return MadePage(
        "aspnet portal",
        f"https://portal.example.vn/tin-tuc/Pages/chi-tiet.aspx?ItemID={number(w)}",
        page(w, "", html, title=s.title),
        s.lede,
        s.gold,
    )


def long_comments(w: Words) -> MadePage:
    s = story(w, paragraphs=(2, 4), rich=False)
    html = f"""{menu(w)}<div class="post-detail"><h1 class="post-title">{s.title}</h1><span class="post-date">05/03/2024</span><p class="post-sapo">{s.lede}</p><div class="post-content">{s.body()}</div></div>
    <div class="y-kien"><h3>Ý kiến bạn đọc (12)</h3>{comments(w, 12, "yk")}</div><div class="doc-nhieu"><h3>Đọc nhiều nhất</h3>{teasers(w, 5)}</div>{footer(w)}"""
    return MadePage(
        "long comments",
        f"https://y.example.vn/{slug(w)}-{number(w)}.html",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def short_news(w: Words) -> MadePage:
    s = story(w, paragraphs=(1, 2), rich=False)
    html = f"""{menu(w)}<div class="content-left"><div class="news-detail"><h1>{s.title}</h1><div class="time">Thứ hai, 05/03/2024 - 08:15</div><div class="intro">{s.lede}</div><div class="txt">{s.body()}</div></div>
    <div class="other"><h4>Tin bài khác</h4>{teasers(w, 6)}</div></div>{footer(w)}"""
    return MadePage(
        "short news",
        f"https://tin.example.vn/news/{slug(w)}-{number(w)}.html",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


def word_paste(w: Words) -> MadePage:
    s = story(w, rich=False)
    html = f"""<TABLE><TR><TD>{menu(w)}<TD><P CLASS=title>{s.title}<P CLASS=date>(05/03/2024 08:15)
    <DIV CLASS=nd><P CLASS=MsoNormal><B><SPAN STYLE="font-size:13pt">{s.lede}</SPAN></B><o:p></o:p>{s.body(p='<P CLASS=MsoNormal STYLE="text-align:justify"><SPAN STYLE="font-size:13pt">{}<o:p></o:p></SPAN>')}
    <P ALIGN=right><B>{w.name()}</B></DIV><P><B>TIN LIÊN QUAN</B><UL>{links(w, 5, "<LI><A HREF={url}>{title}</A>")}</UL></TABLE>"""
    return MadePage(
        "word paste", f"http://cu.example.vn/news.php?id={number(w)}", page(w, "", html, title=s.title), s.lede, s.gold
    )


def photo_story(w: Words) -> MadePage:
    s = story(w, paragraphs=(3, 5), rich=False)
    photos = [figure(w) for _ in range(4)]
    html = f"""{menu(w)}<div class="article"><h1 class="article__title">{s.title}</h1><time class="time" datetime="2024-03-05T08:15+0700">05/03/2024 08:15</time><div class="article__sapo cms-desc">{s.lede}</div>
    <div class="article__body cms-body">{photos[0]}{s.body(noise=photos[1:])}<div class="article__author">{w.name()}</div></div>
    <div class="article__tag"><a href="/tag">ảnh</a></div><div class="related-news"><h3>Tin liên quan</h3>{teasers(w, 3)}</div></div>{footer(w)}"""
    return MadePage(
        "photo story",
        f"https://anh.example.vn/{slug(w)}-post{number(w)}.tpo",
        page(w, meta(s), html, title=s.title),
        s.lede,
        s.gold,
    )


VIETNAMESE = (
    nukeviet,
    wordpress,
    joomla,
    tables_of_old,
    big_paper,
    express,
    div_paragraphs,
    aspnet_portal,
    long_comments,
    short_news,
    word_paste,
    photo_story,
)
