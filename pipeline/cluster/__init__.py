"""Documents read by the workers of a Dask cluster."""
