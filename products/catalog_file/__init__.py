"""The catalog as a CSV file: one format for import and export, one line per variant.

columns    which columns there are and what may stand in them
reading    bytes to lines: encoding, separator, header
rows       the cells of one line, each understood or refused
groups     which lines speak of one product
planning   what the lines would change, compared with the database
writing    the plans, in bulk and in one transaction each portion
importing  a whole file, portion by portion
exporting  the way back
"""
