"""Alembic's entrance: runs the migrations on the connection that `kyosai_lists.store.migrate` hands over."""

from alembic import context

from kyosai_lists.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
