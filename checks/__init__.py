"""Relations that figures should keep: flags, proofs, repairs."""
