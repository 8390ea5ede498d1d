"""Reception's server: wires every part and serves them; it decides nothing.

`python server.py` serves the office of config/office.toml, or the demo office when there is none.
"""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402  gevent has to come before everything else

from reception.running import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
