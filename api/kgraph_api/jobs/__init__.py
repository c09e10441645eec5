"""Measures that take long: computed in processes of their own that can be watched and ended.

A request asks a :class:`~kgraph_api.jobs.question.Question`. What is answered soon is computed at
once (:mod:`.atonce`); the rest becomes a job on the :class:`~kgraph_api.jobs.board.Board`. Either
way the :class:`~kgraph_api.jobs.outcome.Outcome` is kept for whoever asks the same.
"""
