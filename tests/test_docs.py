"""What is written stays true: every verb and setting of the documents exists, and the other way round."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from newscrawler.cli import VERBS, cli
from newscrawler.errors import ExitCode
from newscrawler.reading.columns import COLUMNS
from newscrawler.sites import SITES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def verb(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_in_the_readme_and_has_help_with_an_example(name: str) -> None:
    assert re.search(rf"^\| `{name}\b", README, re.MULTILINE), f"{name} is missing in the README's table"
    text = verb(name).get_help(click.Context(verb(name), info_name=name))
    assert "Example:" in text
    assert f"newscrawler {name}" in text


def test_the_readme_names_no_verb_that_is_not_there() -> None:
    table = README.split("## Verbs")[1].split("## ")[0]
    assert set(re.findall(r"^\| `(\w+)", table, re.MULTILINE)) == set(VERBS)


@pytest.mark.parametrize("name", VERBS)
def test_every_option_that_the_readme_gives_a_verb_exists(name: str) -> None:
    row = re.search(rf"^\| `{name}\b.*$", README, re.MULTILINE)
    assert row is not None
    commands = [verb(name), *getattr(verb(name), "commands", {}).values()]
    known = {option for command in commands for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z]+", row.group())) <= known


def test_every_site_is_named_in_the_readme() -> None:
    for name in SITES:
        assert name in README


def test_exit_codes_are_told_in_readme_and_help() -> None:
    for code in ExitCode:
        assert re.search(rf"\b{int(code)} [a-z]", README)
        assert re.search(rf"\b{int(code)}  [a-z]", cli.get_help(click.Context(cli)))


def test_every_library_that_is_installed_is_explained() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("]\n")[0]
    for library in re.findall(r'"([a-z0-9-]+)>=', project):
        assert library in README, f"the README does not say why {library} is there"


def test_an_article_has_the_columns_of_the_contract() -> None:
    contract = (
        "id site site_article_id url title summary byline category published published_precision published_source published_raw "
        "language body_text body_html word_count content_hash first_seen last_seen last_changed capture_id extractor"
    )
    assert set(contract.split()) <= set(COLUMNS)


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:`|\$ )make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"
