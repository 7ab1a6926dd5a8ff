"""The labelled parts of a page - hot, newest, related - and their entries; what of them stands inside an article."""
