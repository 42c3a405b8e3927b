"""``python -m policycmp`` is the ``policycmp`` command."""

from policycmp.cli import main

raise SystemExit(main())
