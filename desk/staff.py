"""The staff's pages beside the desk's screen (greeter, appointments, owed): their blueprint, and what they share.

How an instant, a day or a person is said here; who may use them is who may use the desk. It has no page itself.
"""

from flask import Blueprint

blueprint = Blueprint("staff", __name__)
