"""Imported by the process that others are forked from: they find everything loaded."""

from tests.kit.home import catalog

catalog()
