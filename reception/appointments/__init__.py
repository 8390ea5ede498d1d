"""Booked appointments: reading what a booking system wrote, and recognising somebody who has one. All of it is pure."""
