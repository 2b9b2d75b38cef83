"""What somebody does to the store who goes around the program."""

from kyosai_lists.usecases.workspace import Workspace


def change(workspace: Workspace, *statements: str) -> None:
    """As somebody with the database's own tools: references are not held."""
    with workspace.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        off = "PRAGMA foreign_keys = OFF" if sqlite else "SET session_replication_role = replica"
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(off)
        for statement in statements:
            assert driver.execute(statement).rowcount > 0
        driver.execute("PRAGMA foreign_keys = ON" if sqlite else "SET session_replication_role = origin")
        driver.commit()
