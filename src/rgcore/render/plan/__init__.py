"""The client's plan as Markdown, part by part; each only if there is something."""
