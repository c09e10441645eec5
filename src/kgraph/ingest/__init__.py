"""Tables to a release: checked, resolved, stated, derived, published."""
