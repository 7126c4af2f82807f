"""What an answer says, as values and sentences that every face shows: it knows no screen."""
