"""Scrapy's own commands, where this project adds to them."""
