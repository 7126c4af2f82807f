"""What-if: named changes, batches, executors, frames."""
