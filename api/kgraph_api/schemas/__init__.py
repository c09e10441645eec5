"""What the JSON answers look like; each item is made from a model object and nothing else.

An empty cell of a table is ``null``. Dates stay as their source prints them.
"""
