"""One day's visits for managers, each with its story and the correction of its times."""
