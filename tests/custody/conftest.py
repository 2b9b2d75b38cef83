from tests.keeping.conftest import branch, branch_database

__all__ = ["branch", "branch_database"]
