"""Inputs that nobody would write, for everything that reads what others wrote: `python -m tests.fuzz`.

A target is a parser with example inputs; a run changes the examples at random and hands them over. Found is whatever
the parser does not say that it raises, and whatever takes it longer than it may. What was found once stays in
`found/`, a folder a target, and is tried in every test run.
"""
