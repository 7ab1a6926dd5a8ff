"""The reading room: the archive as pages that people enjoy, as a plugin of Datasette.

A page is an `Answer`, a function of the database and of what was asked, and a template; `pages.page` makes a view of
the two. `Addresses` says where each page lies, so that the same templates serve the live room and a static copy.
"""
