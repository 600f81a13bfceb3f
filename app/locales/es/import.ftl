# Import.
