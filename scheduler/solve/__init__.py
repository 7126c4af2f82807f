"""From an instance and a question to a verified result."""
