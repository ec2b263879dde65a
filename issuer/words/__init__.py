"""What each use case says: lines for people, and the same as JSON for programs; and the words that pages share."""
