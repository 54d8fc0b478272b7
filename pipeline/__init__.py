"""The order of the stages, and how a batch of documents goes through them."""
