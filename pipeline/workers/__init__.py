"""Processes that read documents, and the ledger of what they read."""
