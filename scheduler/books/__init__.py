"""Answers as workbooks: what staff hand to their director. First the answer in sentences, then its tables, laid out for print."""
