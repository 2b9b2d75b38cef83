"""kyosai-lists: from a branch's membership and contract records to each union's call list."""

__version__ = "0.1.0"
