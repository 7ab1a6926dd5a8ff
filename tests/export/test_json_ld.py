"""`--schema-org`: an article as the web's own vocabulary has it."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow.parquet as pq

from tests.export.conftest import rows_of
from tests.store.conftest import PAGE

OF_NEWS_ARTICLE = set(
    "url headline description creditText articleSection keywords inLanguage datePublished dateModified temporalCoverage "
    "wordCount articleBody author image associatedMedia identifier mainEntityOfPage isPartOf archivedAt comment".split()
)
"""Properties of NewsArticle, Article, CreativeWork and Thing that we use."""


def things(value):
    """All nodes of a JSON-LD document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from things(each)


def read(path):
    return {row["@id"]: row for row in map(json.loads, path.read_bytes().splitlines())}


def test_an_article_is_a_news_article(export, made, tmp_path):
    export("jsonl", made, schema_org=True)
    first = read(tmp_path / "out")[f"{PAGE}1"]
    assert first["@context"][0] == "https://schema.org"
    assert first["@type"] == "NewsArticle"
    assert (first["headline"], first["articleBody"]) == ("Tin vắn", "Sáng 26/7")
    assert first["datePublished"] == "2018-05-16T14:30:00+07:00"
    assert first["author"] == [{"@type": "Person", "name": "Lê Anh"}]
    assert first["image"] == [
        {"@type": "ImageObject", "contentUrl": f"{PAGE}a.png", "caption": "Ảnh: Lê Anh", "creditText": "Lê Anh"}
    ]
    assert [each["@type"] for each in first["associatedMedia"]] == ["MediaObject"]
    assert first["comment"] == [
        {
            "@type": "Comment",
            "position": 1,
            "text": "Hay quá",
            "author": {"@type": "Person", "name": "Hà"},
            "datePublished": "2018-05-17",
        }
    ]
    assert first["archivedAt"]["@type"] == "WebPage"
    place = {each["propertyID"]: each["value"] for each in first["archivedAt"]["identifier"]}
    assert (place["warc_filename"], place["warc_offset"]) == ("a.warc.gz", 0)


def test_every_name_is_one_of_schema_org_or_has_our_prefix(export, crawled, tmp_path):
    export("jsonl", crawled, schema_org=True, parts=("links", "media", "comments", "versions", "twins"))
    rows = read(tmp_path / "out")
    assert len(rows) == len(rows_of(crawled))
    for row in rows.values():
        own = {name for name in row if not name.startswith(("@", "newscrawler:"))}
        assert own <= OF_NEWS_ARTICLE
        assert row["@context"][1] == {"newscrawler": "urn:newscrawler:"}
        assert row["newscrawler:content_hash"]


def test_nothing_empty_is_said(export, made, tmp_path):
    export("jsonl", made, schema_org=True)
    for row in read(tmp_path / "out").values():
        for thing in (thing for thing in things(row) if "@type" in thing):
            assert not [name for name, value in thing.items() if value in (None, "", [], {})]


def test_tables_bear_the_names_as_columns(export, made, tmp_path):
    export("csv", made, schema_org=True)
    frame = pd.read_csv(tmp_path / "out").set_index("url")
    assert frame["headline"][f"{PAGE}1"] == "Tin vắn"
    assert {"datePublished", "articleBody", "author", "wordCount", "published_precision"} <= set(frame.columns)
    export("parquet", made, schema_org=True)
    table = pq.read_table(tmp_path / "out")
    assert {"headline", "associatedMedia", "comment", "published_at"} <= set(table.column_names)
    (row,) = [row for row in table.to_pylist() if row["url"] == f"{PAGE}1"]
    assert [each["contentUrl"] for each in row["associatedMedia"]] == [f"{PAGE}a.png", f"{PAGE}a.pdf"]
    assert row["comment"][0]["text"] == "Hay quá"
