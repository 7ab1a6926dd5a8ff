"""The front page: what is in the archive at a glance."""
