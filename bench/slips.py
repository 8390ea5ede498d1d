"""A slip drawn, as the printers' process draws it: each with another number, another count and another code."""

import time

from reception.printing.slip import Slip, draw, warm_up

PAPER = {"dots": 576, "dpi": 203}
WORDS = {  # office, service, how many are ahead, and the sentence beside the code
    "en": (
        "Customer services",
        "Council Tax",
        "{} people are ahead of you",
        "Scan to follow your place on your phone.",
    ),
    "ur": ("فرنلی کونسل", "کونسل ٹیکس", "آپ سے آگے {} لوگ ہیں", "اپنے فون پر اپنی جگہ دیکھنے کے لیے اسکین کریں۔"),
    "ar": ("مجلس فيرنلي", "ضريبة المجلس", "أمامك {} أشخاص", "امسح الرمز لمتابعة مكانك على هاتفك."),
    "pa": ("ਫ਼ਰਨਲੀ ਕੌਂਸਲ", "ਕੌਂਸਲ ਟੈਕਸ", "ਤੁਹਾਡੇ ਤੋਂ ਅੱਗੇ {} ਲੋਕ ਹਨ", "ਆਪਣੇ ਫ਼ੋਨ ਤੇ ਆਪਣੀ ਥਾਂ ਵੇਖਣ ਲਈ ਸਕੈਨ ਕਰੋ।"),
    "bn": ("ফার্নলি কাউন্সিল", "কাউন্সিল ট্যাক্স", "আপনার আগে {} জন আছেন", "ফোনে আপনার স্থান দেখতে স্ক্যান করুন।"),
    "gu": ("ફર્નલી કાઉન્સિલ", "કાઉન્સિલ ટેક્સ", "તમારી આગળ {} લોકો છે", "તમારા ફોન પર તમારું સ્થાન જોવા સ્કેન કરો."),
}


def drawn(count: int) -> dict[str, list[float]]:
    """Language → seconds of processor time for each of `count` slips, its faces being open when the first one comes."""
    warm_up(WORDS, **PAPER)
    return {language: [_seconds(language, number) for number in range(count)] for language in WORDS}


def _seconds(language: str, number: int) -> float:
    office, service, ahead, scan = WORDS[language]
    slip = Slip(
        office=office,
        number=f"A{number:03}",
        service=[(language, service), ("en", WORDS["en"][1])],
        ahead_line=ahead.format(number),
        issued_line=f"26/11/2026 10:{number % 60:02}",
        footer=(scan,),
        url=f"https://queue.example.org/t/0123456789abcdefgh{number:04}",
        language=language,
    )
    began = time.thread_time()
    draw(slip, **PAPER)
    return time.thread_time() - began
