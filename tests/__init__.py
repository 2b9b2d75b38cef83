"""Where Python is told to keep nothing that it compiled, each program that the tests start, and each process of pytest, compiles
every library again, for seconds: until the tests end, it is kept beside. This file comes before any of those libraries.
"""

import atexit
import os
import shutil
import sys
import tempfile

if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    kept = tempfile.mkdtemp(prefix="kyosai-lists-compiled-")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = kept
    sys.dont_write_bytecode = False
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
