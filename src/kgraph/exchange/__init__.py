"""Tables out to a spreadsheet and back in: templates, checks, what an import would change."""
