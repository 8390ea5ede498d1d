"""The API: the same methods over JSON, for other systems."""

from flask import Blueprint

blueprint = Blueprint("api", __name__)
