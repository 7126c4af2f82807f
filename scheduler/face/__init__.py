"""The public face for notebooks and other programs: a programme is loaded and asked, and its answers show themselves."""
