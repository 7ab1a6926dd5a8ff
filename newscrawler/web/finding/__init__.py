"""The search: its form, its page, and the same result as JSON and Atom."""
