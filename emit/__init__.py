"""From records to files: CSV, Data Package, Parquet, XLSX."""
