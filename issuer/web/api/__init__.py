"""The API: JSON in, JSON out, problem+json when something is wrong."""

from . import results, staff, verifying

blueprints = (verifying.blueprint, results.blueprint, staff.blueprint)
