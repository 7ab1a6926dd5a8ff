"""Runs, how they went, what somebody should look at, and what is missing."""
