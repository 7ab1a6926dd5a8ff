"""The article's body: its HTML into typed parts, byline and captions told apart, and back into HTML safe to show."""
