"""Only for Scrapyd, whose eggs nothing else builds: `scrapyd-deploy` calls this file. All else is pyproject.toml's."""

from setuptools import find_namespace_packages, setup

setup(packages=find_namespace_packages(include=["newscrawler*"]), package_data={"": ["*"]}, zip_safe=False)
