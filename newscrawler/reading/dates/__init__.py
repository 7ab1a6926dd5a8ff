"""Dates as pages print, state and tell them: stamps, prose, addresses, image folders; and which of them counts."""
