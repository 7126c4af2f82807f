"""What people see: texts and tables made from answers, never solved here."""
