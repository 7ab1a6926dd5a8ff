"""Whether this machine and this archive are fit for work: each finding in one line, with what to do about it."""

from newscrawler.doctor.examine import examine
from newscrawler.doctor.finding import Finding, Level, worst

__all__ = ["Finding", "Level", "examine", "worst"]
