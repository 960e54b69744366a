"""Progress on standard error, and the end of a run that cannot go on."""

import sys
import time


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def fail(text):
    sys.exit(f"build.py: {text}")
