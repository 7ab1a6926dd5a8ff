"""Every fault of the catalogue (facts: reliability §2), acted out by a server on loopback, crawled by the real spider, and
laid beside the trace that it must leave in the database. `python -m tests.faults` prints the table."""
