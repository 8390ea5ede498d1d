"""`python -m tests.accessibility` writes docs/accessibility.md anew."""

from tests.accessibility.statement import statement
from tests.serving import ROOT

(ROOT / "docs/accessibility.md").write_text(statement(), "utf-8")
