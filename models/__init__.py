"""What a programme is, what makes a plan legal, and what makes it good."""
