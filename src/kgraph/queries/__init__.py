"""Questions as ``.rq`` files, and beside them the functions that run them."""
