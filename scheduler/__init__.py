"""Finds, checks, explains, compares and shows plans."""
