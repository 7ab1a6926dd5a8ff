"""The reader for sites without a layout: where the article stands, what is seen around it, and lists of articles."""
