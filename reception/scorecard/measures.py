"""What a standard may be measured by: from a month's report to how many kept the promise, of how many.

Pure. It also knows which people subtracting one measure from another would count, for suppressing.py.
"""

from reception.scorecard.suppressing import Rest

SEEN, LEFT, DATED = "seen_in_time", "left_without_being_seen", "next_step_dated"
VALIDATED = "first_contact_validated"
TOLD = "estimate_kept"
OF_ARRIVALS = ("acknowledged_in_time", "first_contact", VALIDATED, "appointment_punctual", TOLD)
COMPLAINTS = {
    "complaint_stage1": "stage1",
    "complaint_stage2_acknowledged": "stage2_acknowledged",
    "complaint_stage2_answered": "stage2",
}


def counted(report: dict, complaints: dict | None = None) -> dict[str, tuple[int, int]]:
    """measure -> (how many, of how many). A measure that nothing is known of is left out."""
    total, told = report["total"], (report["told"]["walk_ins"], report["told"]["appointments"])
    shares = {
        "acknowledged_in_time": total["acknowledgement"].get("within"),
        SEEN: total,
        "first_contact": total["resolved"],
        VALIDATED: total["validated"],
        "next_step_dated": report["next_steps"]["with_date"],
        "next_step_kept": report["next_steps"]["kept"],
        LEFT: {"hits": total["left_without_being_seen"], "n": total["arrivals"]},
        "appointment_punctual": report["appointments"]["punctual"],
        TOLD: {name: sum(one[name] for one in told) for name in ("hits", "n")},
    }
    found = {key: (share["hits"], share["n"]) for key, share in shares.items() if share and share["n"]}
    for key, stage in COMPLAINTS.items():
        if one := (complaints or {}).get(stage):
            found[key] = (one["met"], one["n"])
    return {key: (int(hits), int(n)) for key, (hits, n) in found.items() if n}


def rests(arrivals: int, measured: dict[str, tuple[int, int]]) -> list[Rest]:
    """Whom the published measures would count together, if all were shown.

    Of all who came, those whose wait was not judged; of those not answered at once, those with an appointment; how many
    left, which beside the waits tells how many of the late ones did; and, of those answered at once, who came back.
    """
    found = [Rest(arrivals - measured[key][1], arrivals, key) for key in (SEEN, *OF_ARRIVALS) if key in measured]
    if "first_contact" in measured and DATED in measured:
        (hits, n), passed_on = measured["first_contact"], measured[DATED][1]
        parts = (hits, n - hits, arrivals - n, n - hits - passed_on)
        found += [Rest(count, arrivals, DATED, wholly=True) for count in parts]
    if SEEN in measured and LEFT in measured:
        (hits, n), left = measured[SEEN], measured[LEFT][0]
        parts = (hits, n - hits, arrivals - n, arrivals - hits - left, left - (arrivals - n))
        found += [Rest(count, arrivals, LEFT, wholly=True) for count in parts]
    if "first_contact" in measured and VALIDATED in measured:
        (hits, n), (stayed, carrying) = measured["first_contact"], measured[VALIDATED]
        parts = (n - carrying, hits - stayed, n - hits - (carrying - stayed))
        found += [Rest(count, arrivals, VALIDATED, wholly=True) for count in parts]
    return found
