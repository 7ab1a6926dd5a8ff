"""What is measured, and against whom.

`python -m benchmarks.pipeline` crawls a whole site; `python -m benchmarks.profile_page` takes one page apart.
"""
