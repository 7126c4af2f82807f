"""Many learners at once: one path a learner, shared things priced, every bound a sum of whole numbers."""
