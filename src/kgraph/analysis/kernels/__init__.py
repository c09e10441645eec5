"""The loops that numpy has no words for, compiled by numba at their first call.

Importing this package compiles nothing and does not import numba. The machine code is kept beside
the source, or in the user's cache folder where that cannot be written, so that only the first call
after an installation waits; where neither can be written, each process compiles once.

A kernel takes arrays and gives arrays. It knows no labels, no records and no networkx.
"""
