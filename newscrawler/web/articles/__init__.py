"""An article as people read it, and its versions side by side."""
