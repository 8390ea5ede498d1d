"""What helps against what: keys alone, so that the printers' process need not load what words them (`words`)."""

REMEDY_OF = {
    "near_end": "change_roll_soon",
    "out": "load_paper",
    "cover": "close_cover",
    "cutter": "clear_cutter",
    "hot": "let_cool",
    "error": "switch_off_and_on",
    "offline": "switch_off_and_on",
    "unreachable": "check_power_and_cable",
    "not_found": "check_power_and_cable",
    "not_allowed": "check_settings",
    "no_driver": "check_settings",
    "dropped": "one_user",
    "hung": "switch_off_and_on",
    "silent": "look_at_printer",
    "not_monitored": "look_at_printer",
    "interrupted": "look_at_printer",
    "stale": "print_again",
    "missing": "look_at_printer",
    "drawing": "check_settings",
}

# Causes under which nobody has heard from the printer itself.
NOT_HEARD = frozenset({"unreachable", "not_found", "not_allowed", "no_driver", "dropped", "hung"})


def remedy_of(cause: str | None, *, state: str | None = None) -> str | None:
    """What helps: a key of `words.REMEDIES`, or None. For an unconfirmed slip: to look first."""
    if state == "unconfirmed" and (cause in NOT_HEARD or cause is None):
        return "look_at_printer"
    return REMEDY_OF.get(cause)
