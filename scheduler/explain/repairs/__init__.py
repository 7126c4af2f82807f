"""Which few changes would let learners graduate: the cheapest sets, each verified on the changed instance."""
