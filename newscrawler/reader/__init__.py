"""Pages read in processes of their own, which can be ended: nothing that a page holds stops a crawl or a rebuild."""
