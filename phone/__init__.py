"""The visitor's own page, reached by the QR code of a ticket, without an account, an app or a name.

It is the one face that strangers' phones reach. A reverse proxy has to publish these and nothing else:

    /t/            the page and its own files (/t/static/)
    /feedback      how it went, told by anybody, and what was noted
    /static/       what every page shares: tokens.css, base.css, fonts.css, look.js, live.js, fill.js, now.js, clock.js,
                   ticket.svg and, under vendor/, the typefaces and socket.io.min.js; there is no secret among them
    /socket.io/    its socket; the other faces' namespaces there ask for a key or a cookie, as everywhere
"""
