"""Planned crawls."""
