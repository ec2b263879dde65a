"""The API: JSON in, JSON out, problem+json when something is wrong."""

from . import results, verifying

blueprints = (verifying.blueprint, results.blueprint)
