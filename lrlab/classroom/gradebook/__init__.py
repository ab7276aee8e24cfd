"""Grades on their way out: one grid of exact numbers, and one file for every format they leave in.

`grid` counts, `cells` writes numbers and texts safely, and `spreadsheet`, `canvas`, `moodle` and `attempt_log` each
know one format. Every file that leaves is in the audit.
"""
