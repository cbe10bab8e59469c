"""Runs migrations on the connection that ``data.initial`` hands over, inside its transaction."""

from alembic import context

from data.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    user_module_prefix="base.",
)
context.run_migrations()
