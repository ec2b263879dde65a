"""The API: JSON in, JSON out, problem+json when something is wrong."""

from . import verifying

blueprints = (verifying.blueprint,)
