"""`python -m tests.pages.write FILE…` prints what is read of saved pages as expected JSON, for review by eye.

Address and time are taken from the JSON beside a page, where there is one; else from `--url` and `--fetched-at`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from tests.pages.facts import ALL, expected, facts_of, read_file

_NOT_PRINTED = ("html", "counts", "body_sha256", "lede_sha256")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--url", default="", help="Address of the pages.")
@click.option("--fetched-at", default="2024-11-20T10:00:00+07:00", show_default=True)
@click.option("--all", "everything", is_flag=True, help="Hashes, counts and HTML as well.")
def main(files: tuple[Path, ...], url: str, fetched_at: str, everything: bool) -> None:
    """Print the facts of pages."""
    for file in files:
        beside = file.with_suffix(".json")
        known = expected(beside) if beside.exists() else {"url": url, "fetched_at": fetched_at}
        facts = facts_of(read_file(file, known))
        wanted = {
            key: facts[key] for key in ALL if (facts[key] or key in known) and (everything or key not in _NOT_PRINTED)
        }
        click.echo(as_json({**{key: known[key] for key in ("url", "fetched_at")}, **wanted}))


def as_json(facts: dict[str, Any]) -> str:
    """JSON with a line for each value, and for each paragraph, row or comment of a list."""
    lines = []
    for key, value in facts.items():
        if isinstance(value, list) and value:
            rows = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f'  "{key}": [\n    {rows}\n  ]')
        else:
            lines.append(f'  "{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(lines) + "\n}"


if __name__ == "__main__":
    main()
