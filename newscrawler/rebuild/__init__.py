"""Index, captures, articles, versions, links and media again from the WARC files alone, through the same reading code.

`restore_file` is the step that `rebuild`, `import` and the start of a run after a kill have in common.
"""

from newscrawler.rebuild.checking import Checked, check
from newscrawler.rebuild.renewal import rebuild
from newscrawler.rebuild.restore import catch_up, restore_file, restore_files
from newscrawler.rebuild.restored import Restored

__all__ = ["Checked", "Restored", "catch_up", "check", "rebuild", "restore_file", "restore_files"]
