"""Where the program `certify` begins, also as `python -m issuer`: with a sentence where an extra is not installed."""

import json
import sys

from .extras import lacking


def main() -> int:
    """Run the command line; the answer is its exit status."""
    try:
        # All commands rest on the extra issuer, and nothing can be said through them before they are loaded.
        from .cli import main as run
    except ModuleNotFoundError as error:
        found = lacking(error)
        if found is None:
            raise
        if "--json" in sys.argv:
            print(json.dumps({"error": {"code": found.code, "detail": found.detail}}, indent=2))
        print(f"certify: {found.detail} [{found.code}]", file=sys.stderr)
        return 1
    return run()


if __name__ == "__main__":
    sys.exit(main())
