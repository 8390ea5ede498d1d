"""What people of a made-up past wrote, what the office answered, and what it changed: nobody's words, and no names."""

SAID = {  # kind -> theme -> sentences; "" for any other theme
    "complaint": {
        "waiting": (
            "I waited for forty minutes, and nobody said why.",
            "Two desks stood empty while eleven of us waited.",
            "My number was passed over. I had to ask twice.",
        ),
        "staff": (
            "I was told to come back with a form that nobody had mentioned before.",
            "The person at the desk spoke over me and would not let me finish.",
        ),
        "information": (
            "The website says to bring one paper, the desk asked for three.",
            "Nobody could tell me which office does this now.",
        ),
        "decision": (
            "My reduction was refused, and the letter gives no reason.",
            "I was charged for a month in which I had moved out already.",
        ),
        "building": ("The automatic door did not open for my wheelchair.", "There was nowhere to sit for an hour."),
        "": ("I wrote in January and have heard nothing.", "My papers were lost between two desks."),
    },
    "compliment": {
        "waiting": ("In and out in ten minutes. I had taken the whole morning off.",),
        "": (
            "The lady at the desk was patient with my father and explained it twice.",
            "Everybody was kind on a bad day. Thank you.",
            "Somebody came over with an umbrella when it began to pour.",
        ),
    },
    "comment": {
        "waiting": ("It would help to be told when it is quiet.",),
        "building": ("A hook for coats at the desks would be good.", "The sign to the lift is hard to see."),
        "": ("Could the forms be there in larger print?", "Please open earlier on one day of the week."),
    },
}
ANSWERS = {
    "upheld": "You are right, and we are sorry. We have talked it over with the team and changed how we do it.",
    "partly": "We were slower than we promise, and we are sorry. The decision itself was right, for the reasons below.",
    "not_upheld": "We have looked at what was recorded that day. What you were asked for is what the rules ask for.",
    "no_finding": "Nobody remembers it and nothing was recorded, so we cannot say what happened. We are sorry.",
}
REASON = "We are waiting for the papers of another team."
DONE = "We rang, said that we were sorry, and sorted it out the same day."
NOTE = "Well done, and thank you from all of us."
PAIRS = (  # what people said, what came of it, about which theme
    ("It takes too long on Mondays.", "On Mondays a fourth desk opens at nine.", "waiting"),
    (
        "Nobody says how long it will take.",
        "The board now says how long people with your kind of question wait.",
        "waiting",
    ),
    ("The door is too heavy.", "It opens by itself now.", "building"),
    ("You ask for papers that the website does not mention.", "Both now show the same list.", "information"),
    ("There is nowhere to talk about money in private.", "There is a room for it. Ask at any desk.", "building"),
    (
        "Your letters are hard to understand.",
        "We rewrote the twelve that we send most, and tried them out.",
        "information",
    ),
    ("I had to explain everything again at the second desk.", "Desks now hand over what you said.", "staff"),
)
