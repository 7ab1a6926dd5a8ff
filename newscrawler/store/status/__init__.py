"""How the archive fares: its runs and their problems, its sites at a glance, and what somebody should look at."""

from newscrawler.store.status.alarms import Alarm, Severity, alarms
from newscrawler.store.status.drift import Sample, samples
from newscrawler.store.status.glance import SiteGlance, sites_at_a_glance
from newscrawler.store.status.problems import Problem, ProblemGroup, problem_groups, problems_of
from newscrawler.store.status.runs import Run, crawls, is_unfinished, run_count, run_of, runs

__all__ = [
    "Alarm",
    "Problem",
    "ProblemGroup",
    "Run",
    "Sample",
    "Severity",
    "SiteGlance",
    "alarms",
    "crawls",
    "is_unfinished",
    "problem_groups",
    "problems_of",
    "run_count",
    "run_of",
    "runs",
    "samples",
    "sites_at_a_glance",
]
