"""WARC and WACZ files that others made: read within bounds, looked over, and transcribed into records of our own."""
