"""Manners: robots.txt as RFC 9309 has it, Crawl-delay, Retry-After, a budget for each host. All waits of a host meet in
one gate before the network."""

from newscrawler.politeness.closing import Closing as Closing
from newscrawler.politeness.closing import HostClosedError as HostClosedError
from newscrawler.politeness.closing import RobotsForbiddenError as RobotsForbiddenError
from newscrawler.politeness.closing import RobotsUnreachableError as RobotsUnreachableError
from newscrawler.politeness.gate import HostGate as HostGate
from newscrawler.politeness.retry import PatientRetry as PatientRetry
from newscrawler.politeness.retry_after import retry_after as retry_after
from newscrawler.politeness.robots import RobotsPolicy as RobotsPolicy
