"""The sample branch with campaigns of a single small union, on either database."""

from tests.keeping.conftest import branch, branch_database

__all__ = ["branch", "branch_database"]
