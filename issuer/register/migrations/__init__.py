"""Migrations of the register, applied when it is opened."""
