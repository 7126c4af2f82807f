"""One module a question: an instance, what is asked and a budget make a whole answer that every face can show."""
