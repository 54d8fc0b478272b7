"""Headers whose cells a dump has torn over lines and mixed: put together from what headings are called."""
