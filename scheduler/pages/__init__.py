"""Pages that need no server and no script to be read: one for each learner, an overview for staff, and mails."""
