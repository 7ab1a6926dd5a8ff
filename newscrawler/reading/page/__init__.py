"""A page before its article is known: guarded, parsed once, as lines, in reading order, with its addresses."""
