"""`make catalogues`: every catalogue holds the sentences that are in the source now, and what waits is listed."""

from reception.languages import CATALOGUES
from reception.translations import SOURCE
from reception.translations.extracting import template, update


def main() -> None:
    found = template()
    for tag, language in CATALOGUES.items():
        if tag != SOURCE:
            waiting = update(tag, found)
            print(f"{tag}.po ({language.name}): {len(waiting)} of {len(found)} wait to be translated")
            for english in waiting:
                print(f"    {english}")


if __name__ == "__main__":
    main()
