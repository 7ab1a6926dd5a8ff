"""What lies in the WARC files behind an article: shown, proved, and handed out."""
