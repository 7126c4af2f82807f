"""Repeat dates for a waitlist: who waits, what could be held, which dates cover most, and why somebody is left over."""
