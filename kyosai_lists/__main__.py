"""`python -m kyosai_lists`"""

from kyosai_lists.cli.main import run

run()
