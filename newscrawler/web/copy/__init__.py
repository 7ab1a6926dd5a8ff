"""A static copy: a folder of plain pages with a search that needs no server, to be handed to a library.

The pages are those of the reading room under other addresses. The same archive gives the same bytes.
"""

from __future__ import annotations

from newscrawler.errors import ExitCode
from newscrawler.export.order import Order, Written
from newscrawler.export.places import new_folder, refuse_folder, telling
from newscrawler.export.source import source
from newscrawler.text import counted
from newscrawler.web.copy.making import make


def write(order: Order) -> Written:
    """Write the folder; it is there when it is whole.

    A picture or document whose record is damaged is told of; a sign, or a link to its address, stands in its place.

    :raises NewsCrawlerError: if there are no articles, or if something is at `order.out` that is not to be replaced.
    :raises DiskError: if it cannot be written.
    """
    refuse_folder(order.data, order.out, force=order.force)
    with telling(order.out), source(order) as found, new_folder(order.out) as root:
        made = make(found, root, order.lang)
    more = [counted(made.pictures, "picture"), counted(made.documents, "document")]
    return Written(
        articles=found.tally.articles,
        size=made.size,
        more=", ".join(more),
        complaints=made.complaints,
        exit_code=ExitCode.DAMAGED if made.complaints else ExitCode.COMPLETE,
    )
