"""The mail server by which people are told what cannot wait. Its password is no setting: RECEPTION_MAIL_PASSWORD."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from reception.setting_parts.kinds import Part

ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,190}")


def _address(text: str) -> str:
    if text and not ADDRESS.fullmatch(text):
        raise ValueError('write an e-mail address like "front.desk@example.gov.uk"')
    return text


Address = Annotated[str, AfterValidator(_address)]


class MailPart(Part):
    server: Annotated[str, Field(max_length=200, pattern=r"^[^\s/@]*$")]
    port: Annotated[int, Field(ge=1, le=65_535)]
    security: Literal["starttls", "tls", "none"]
    sender: Address
    sign_in: Annotated[str, Field(max_length=200)]

    @model_validator(mode="after")
    def somebody_sends(self):
        if self.server and not self.sender:
            raise ValueError("with a server, 'sender' says from whom the mail is")
        if self.sign_in and self.security == "none":
            raise ValueError('a password is not sent over an open line: set security to "starttls" or "tls"')
        return self
