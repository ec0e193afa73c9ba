"""The languages Adjutant speaks: texts marked for translation, their catalogues, and how numbers are written."""
