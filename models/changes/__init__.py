"""Changes of an instance, each a function Instance -> Instance."""
