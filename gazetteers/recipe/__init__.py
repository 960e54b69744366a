"""The recipe that build.py runs: one concept a file."""
