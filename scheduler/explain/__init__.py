"""Why something is impossible, in facts and rules."""
