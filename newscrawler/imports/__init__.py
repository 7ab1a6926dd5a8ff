"""Files that others made, taken over into the archive: transcribed into WARC files of our own, then read like those.

A source is taken over whole or not at all: until its last record is written, nothing of it can be seen; after a kill,
the next command finishes what was begun, and importing the file again adds what is missing.
"""

from newscrawler.imports.result import Imported, exit_code
from newscrawler.imports.taking import PASSES, import_files

__all__ = ["PASSES", "Imported", "exit_code", "import_files"]
