"""The kiosk's pages."""

from flask import Blueprint

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk", static_folder="static", template_folder="templates")
