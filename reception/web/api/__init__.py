"""The API: the same methods over JSON, for other systems. Bearer keys only: a cookie opens nothing here.

asking.py is the door of every route, shapes.py and pictures.py what they share; each journey's file holds its routes
and what they ask and answer.
"""

from reception.web.api import (  # noqa: F401  their routes join the blueprint
    appointments,
    arriving,
    data,
    desks,
    feedback,
    figures,
    health,
    keepers,
    office,
    outages,
    owed,
    rulings,
    staffing,
    visits,
    warnings,
)
from reception.web.api.asking import blueprint  # noqa: F401
