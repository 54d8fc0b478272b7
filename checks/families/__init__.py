"""The families of relations a report holds: one file a relation, each from a table to its equations."""
