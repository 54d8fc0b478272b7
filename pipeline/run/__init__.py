"""A batch from its inputs to the finished set."""
