"""The register: SQLAlchemy tables, migrations, and the few queries on them. It stores and finds; it decides nothing."""

from .copies import copy, is_sound
from .database import open_register, overwrite, reopen, snapshot, transaction
from .tables import LAST_NUMBER

__all__ = ["LAST_NUMBER", "copy", "is_sound", "open_register", "overwrite", "reopen", "snapshot", "transaction"]
