"""What a branch's own rule may do, seen to by the database, whatever the rule's text says.

It runs on a connection of its own that cannot write, sees only what rules may see, ends in time, and reads the same moment
as the run that it is part of. That its text was looked at before (`segments/check.py`) is a courtesy to its author.
"""
