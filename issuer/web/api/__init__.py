"""The API: JSON in, JSON out, problem+json when something is wrong."""

from . import batches, openapi, results, staff, verifying

blueprints = (openapi.blueprint, verifying.blueprint, results.blueprint, staff.blueprint, batches.blueprint)
