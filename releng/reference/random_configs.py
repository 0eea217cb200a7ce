# SPDX-License-Identifier: EPL-2.0
"""Configurations drawn at random, and what the reference makes of each: equal here, or refused by name.

releng/checks/configs draws others than those that the tests keep. See common.py for how to run it.
VENV/bin/python releng/reference/random_configs.py FOLDER [SEED [COUNT [KIND…]]]
"""
import random
import sys
import warnings

from common import folder

warnings.filterwarnings("ignore")
OUT = folder()
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 60
KINDS = sys.argv[4:] or ["lora", "scheduler", "tokenizer", "networks"]

for kind in KINDS:
    draw = __import__("random_" + kind)
    draw.write(OUT, random.Random(f"{kind} {SEED}"), COUNT)
