"""`python -m verifier` is `certify-verify`."""

import sys

from .cli import main

sys.exit(main())
