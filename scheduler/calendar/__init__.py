"""The year's calendar: what to add, when and with whom, so that learners graduate soonest."""
