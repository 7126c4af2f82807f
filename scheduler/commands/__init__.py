"""One module for each command: read the options, load, ask, show."""
