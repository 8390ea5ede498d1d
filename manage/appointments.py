"""Appointments for managers: today's list, and taking in a file of them with a report by line."""
