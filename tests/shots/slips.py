"""Slips of many languages, widths and sizes, on the page of an office in Wales that has virtual printers."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.fernleigh import FERNLEIGH, Office
from tests.shots.camera import PAPER, take

READS = ("cy", "ur", "pa", "bn", "gu", "ar", "ro")
PRINTERS = [
    {"key": "wide", "name": "80 mm paper", "kind": "virtual"},
    {"key": "narrow", "name": "58 mm paper", "kind": "virtual", "dots": 384},
]
TEXTS = {
    "cy": {"Fernleigh Council": "Cyngor Fernleigh", "Council Tax": "Treth y Cyngor"},
    "ur": {"Fernleigh Council": "فرنلی کونسل", "Council Tax": "کونسل ٹیکس"},
    "pa": {"Fernleigh Council": "ਫ਼ਰਨਲੀ ਕੌਂਸਲ", "Council Tax": "ਕੌਂਸਲ ਟੈਕਸ"},
    "bn": {"Fernleigh Council": "ফার্নলি কাউন্সিল", "Council Tax": "কাউন্সিল ট্যাক্স"},
    "gu": {"Fernleigh Council": "ફર્નલી કાઉન્સિલ", "Council Tax": "કાઉન્સિલ ટેક્સ"},
    "ar": {"Fernleigh Council": "مجلس فيرنلي", "Council Tax": "ضريبة المجلس"},
    "ro": {"Council Tax": "Impozit local"},
}


def many_languages(folder: Path) -> Office:
    return Office(
        folder,
        office={**FERNLEIGH, "nation": "wales"},
        catalogues={"offered": ["en", *READS]},
        texts=TEXTS,
        printers=PRINTERS,
    )


def slips(browser: Browser, office: Office) -> None:
    """A ticket in each language, one for somebody called discreetly, and large print."""
    tickets = [{"reads": tag} for tag in READS]
    tickets += [{"reads": "ur", "needs": ["large-print"]}, {"reads": "cy", "needs": ["large-print", "discreet"]}]
    for printer in PRINTERS:
        for asked in tickets:
            office.door.issue(service="council-tax", by="screen:lobby", printer=printer["key"], **asked)
    page = office.open(browser, "/kiosk/printer", "Sam", PAPER)
    while page.get_by_role("img").count() < len(PRINTERS) * len(tickets):
        page.wait_for_timeout(500)
        page.reload()
    for picture in page.get_by_role("img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
    take(page, "printer-languages", full=True)
