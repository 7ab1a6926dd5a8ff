"""The timeline of hot news."""
