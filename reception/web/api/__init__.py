"""The API: the same methods over JSON, for other systems. Bearer keys only: a cookie opens nothing here.

asking.py is the door of every route, changing.py and looking.py are the routes, shapes.py what is asked and answered.
"""

from reception.web.api import changing, looking  # noqa: F401  their routes join the blueprint
from reception.web.api.asking import blueprint  # noqa: F401
