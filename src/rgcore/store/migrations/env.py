"""Run migrations on the connection that `rgcore.store.migrate` passes in."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=False
)
context.run_migrations()
