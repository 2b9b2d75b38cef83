"""The sample branch with campaigns of a single small union, on either database."""

from tests.keeping.conftest import branch, ledger_database

__all__ = ["branch", "ledger_database"]
