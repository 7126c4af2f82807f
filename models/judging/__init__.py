"""What a plan holds and how far it leads, read without a solver."""
