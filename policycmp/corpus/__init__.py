"""More than two plans: one template and thousands, sources, lineage, reuse."""
