"""The phone's pages."""

from flask import Blueprint

blueprint = Blueprint("phone", __name__, url_prefix="/phone", static_folder="static", template_folder="templates")
