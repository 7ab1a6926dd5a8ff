"""What passes on the wire: copied below Scrapy's parser, judged at its end, and proved before a crawl begins."""
