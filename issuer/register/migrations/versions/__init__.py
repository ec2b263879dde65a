"""One file a migration, oldest first. Never edited once released."""
