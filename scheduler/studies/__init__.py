"""What-ifs: named changes of an instance, solved in batches, as one table."""
