"""The words of each language, one module a language: `LANGUAGE` in the module named after its ISO 639-1 code.

To add a language, write its module beside the others, name its code in `retrieval.languages.CODES`, and let the tests
say what is missing. Nothing here is fitted to a collection of questions: the lists are what a grammar would give.
"""
