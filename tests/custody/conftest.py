from tests.keeping.conftest import branch, ledger_database

__all__ = ["branch", "ledger_database"]
