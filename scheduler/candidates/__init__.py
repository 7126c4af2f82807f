"""The dates on which something could be held: of the waitlist, of a repair, of one more run in a month; one policy for all."""
