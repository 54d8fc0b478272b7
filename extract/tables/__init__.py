"""Tables: ruled, borderless, in text; stitched over pages; understood."""
