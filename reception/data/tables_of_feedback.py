"""The tables of what people told the office: that they did, what about and by when it was answered, never in which
words or who they are.
"""

from reception.data.columns import DAY, OFFICE, Table, columns, instant, named, text, whole, yes

FEEDBACK = Table(
    "feedback",
    "What people told us",
    "One row for each compliment, comment and complaint. Neither its words nor whose it is are in it.",
    ("feedback",),
    "made",
    columns(
        OFFICE,
        text("feedback", "Its id", always=True),
        DAY,
        text("kind", "compliment, comment or complaint", always=True),
        text("state", "open, put right, answered, closed or withdrawn", always=True),
        text("source", "kiosk, phone, desk, api, letter, telephone or email", always=True),
        instant("made", "When it was told", always=True),
        text("theme", "What it is about: the theme's key in the settings"),
        named("service", "The service it is about"),
        text("language", "The tag of the language it was told in"),
        whole("stage", "A complaint's stage: 0 put right at once, then 1, 2", always=True),
        text("answer_on", "The last day on which the present stage is answered"),
        instant("ended", "When it came to its end"),
    ),
)
FEEDBACK_STAGES = Table(
    "feedback_stages",
    "Stages of complaints",
    "One row for each stage that a complaint went through, with its dates.",
    ("feedback", "stage"),
    "began",
    columns(
        OFFICE,
        text("feedback", "The complaint's id", always=True),
        whole("stage", "1, 2, …", always=True),
        DAY,
        instant("began", "When the stage began", always=True),
        text("acknowledge_on", "The last day for saying that it is here; empty where nothing is promised"),
        text("acknowledged_on", "The day on which that was said"),
        text("promised_on", "The last day for the answer as first said, which figures are measured by", always=True),
        text("answer_on", "The last day for the answer as last said", always=True),
        text("answered_on", "The day of the answer"),
        yes("in_time", "answered by the day said first; empty until it is answered", always=False),
        text("finding", "upheld, partly, not upheld or no finding"),
        whole("extended", "How often the answer was put off", always=True),
    ),
    to=(("feedback", "feedback"),),
)
