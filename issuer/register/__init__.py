"""The register: SQLAlchemy tables, migrations, and the few queries on them. It stores and finds; it decides nothing."""

from .database import checkpoint, open_register, reopen, snapshot, transaction

__all__ = ["checkpoint", "open_register", "reopen", "snapshot", "transaction"]
