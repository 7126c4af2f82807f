"""One rule a file, found by name."""
