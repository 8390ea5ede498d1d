"""How many desks it takes to keep the promise, from what the office's own record says of people and visits.

Pages ask `parts.staffing` (`working.Staffing`), which never makes them wait:

- `kept() -> Plan | None`: the last plan, from the store; None: none was made yet.
- `progress() -> Progress`; `start()` makes a new plan in the background, `cancel()` stops it.
- `what_if(day, changes) -> WhatIf | None`: None while it is being worked out (look again in a second).
- `today() -> Today | None`: the next half hour and hour; None while it is being worked out.
- `made_of.changed_since(plan.made_of, settings)`: the settings that make a plan out of date.

The rest is pure: `planning.py` makes plans, `trials.py` plays days through, `demand.py` says who comes.
"""

from reception.staffing.shapes import (
    Ahead,
    BackTest,
    Changed,
    Changes,
    DayPlan,
    HalfHour,
    Plan,
    Progress,
    Share,
    Shortfall,
    Today,
    Week,
    WhatIf,
)

__all__ = [
    "Ahead",
    "BackTest",
    "Changed",
    "Changes",
    "DayPlan",
    "HalfHour",
    "Plan",
    "Progress",
    "Share",
    "Shortfall",
    "Today",
    "Week",
    "WhatIf",
]
