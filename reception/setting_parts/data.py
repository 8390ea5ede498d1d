"""What stands with the tables that an office hands out."""

from typing import Annotated

from pydantic import Field

from reception.setting_parts.kinds import Part


class DataPart(Part):
    """`licence` and its address are said in the database for analysts and in the archive."""

    licence: Annotated[str, Field(max_length=120)]
    licence_url: Annotated[str, Field(max_length=200, pattern=r"^(https?://\S+)?$")]
