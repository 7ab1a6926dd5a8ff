"""HTML in, Article out: pure functions that know neither network nor disk.

From the bottom: `letters`, `dates` and `body` know no page; `page` is one before its article is known; `fields` what it
says of itself; `generic` finds an article without a layout; `comments` and `sections` what stands around it; `blocks`,
`article` and `explain` put these together; `leads` is what a crawl wants to know besides. Imports run downward.
"""
