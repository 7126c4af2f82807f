"""One goal a file, found by name."""
