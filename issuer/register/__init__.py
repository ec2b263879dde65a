"""The register: SQLAlchemy tables, migrations, and the few queries on them. It stores and finds; it decides nothing."""

from .database import open_register, transaction

__all__ = ["open_register", "transaction"]
