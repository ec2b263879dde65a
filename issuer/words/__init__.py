"""What each use case says: lines for people, and the same as JSON for programs. One file for each of `issuer/cli/`."""
