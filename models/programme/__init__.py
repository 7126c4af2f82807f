"""The nouns of a programme: days, editions, offerings, people, an instance, a plan."""
