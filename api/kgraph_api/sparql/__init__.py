"""The public SPARQL endpoint: SPARQL 1.1 Protocol, queries only.

https://www.w3.org/TR/sparql11-protocol/

``route.Endpoint`` is its ASGI application. Nothing is imported here: the query workers start from
a process that has loaded no more than they need.
"""
