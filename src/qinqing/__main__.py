"""`python -m qinqing` is the `qinqing` command."""

import sys

from qinqing.ops.cli import main

sys.exit(main())
