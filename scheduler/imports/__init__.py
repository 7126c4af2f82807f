"""What other systems hold, read into the tables of a folder: first shown, then written."""
