"""The register: SQLAlchemy tables, migrations, and the few queries on them. It stores and finds; it decides nothing."""

from .copies import copy, is_sound
from .database import checkpoint, open_register, reopen, snapshot, transaction

__all__ = ["checkpoint", "copy", "is_sound", "open_register", "reopen", "snapshot", "transaction"]
