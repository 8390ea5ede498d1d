"""The figures' tables for analysts: what is counted and measured of each day, month and service (docs/figures.md)."""

from reception.data.columns import DAY, OFFICE, Table, columns, named, seconds, share, text, whole

MEASURED = (
    *whole("n", "How many were judged: hits + misses", always=True),
    *whole("hits", "Seen within the target", always=True),
    *whole("misses", "Seen later, or gone or still waiting past the target", always=True),
    *share("share", "hits ÷ n; empty where nobody was judged"),
    *share("share_from", "Lower end of the share's 95% interval, while n < 400"),
    *share("share_to", "Upper end of it"),
    *share("share_of_all", "The strict form: all seen within the target ÷ all arrivals"),
    *share("share_with_outages", "The share with those judged, too, into whose wait an outage fell"),
    *whole("arrivals", "Who came, without those excluded and those too recent to be judged", always=True),
    *whole("seen", "Whom somebody began to help", always=True),
    *whole("left", "Went from the line, never seen", always=True),
    *whole("no_shows", "Called, not there, never seen", always=True),
    *whole("closed_unserved", "Still in the line at the end of the day", always=True),
    *whole("left_without_being_seen", "left + no_shows + closed_unserved", always=True),
    *whole("left_in_time", "Not judged: left before the target had passed", always=True),
    *whole("not_there_in_time", "Not judged: called in time and not there", always=True),
    *whole("cancelled", "Not judged: tickets that were mistakes", always=True),
    *whole("outage", "Not judged: the server was away while they waited", always=True),
    *whole("excluded", "Left out by the settings of their day, in no other count", always=True),
    *whole("recent", "Too recent to be judged, in no other count", always=True),
    *whole("inferred", "Seen without anybody pressing Start: worked out from the call", always=True),
    *whole("late_returns", "Were called and not there, came back and were seen", always=True),
    *whole("auto_closed", "Ended by the system with the day", always=True),
    *whole("without_outcome", "Finished without an outcome being said", always=True),
    *seconds("median", "The middle wait of those seen, by nearest rank"),
    *seconds("p90", "The wait that nine of ten seen did not exceed"),
    *seconds("p95", "The wait that nineteen of twenty seen did not exceed"),
    *seconds("longest", "The longest wait, completed or current"),
    *whole("definitions", "The version of the definitions these figures are by", always=True),
)

BY_DAY = Table(
    "figures_by_day",
    "Figures by day",
    "The figures of each day on which anybody came, as the managers' pages and /api/figures tell them.",
    ("office", "day"),
    "day",
    columns(OFFICE, DAY, list(MEASURED)),
)
BY_MONTH = Table(
    "figures_by_month",
    "Figures by month",
    "The same of each calendar month; of a period's edges only the days in it.",
    ("office", "month"),
    "day",
    columns(OFFICE, text("month", "Such as 2026-03", always=True), list(MEASURED)),
)
BY_SERVICE = Table(
    "figures_by_service",
    "Figures by month and service",
    "The same of each month and each service that people came for.",
    ("office", "month", "service"),
    "day",
    columns(
        OFFICE,
        text("month", "Such as 2026-03", always=True),
        named("service", "The service that they came for", always=True),
        list(MEASURED),
    ),
)
