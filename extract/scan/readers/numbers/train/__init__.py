"""How the number reader's weights are made: synthetic strings, a degraded print of each, a network.

Needs the `train` extra (PyTorch). Nothing here is imported when reading.
"""
