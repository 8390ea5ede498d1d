"""What the build promises: pinned and hashed dependencies, and assets that are the ones expected or none at all."""

import io
import re
import shutil
import tarfile
import tomllib
from pathlib import Path

import pytest
from PIL import ImageFont

from reception import build_assets

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def requirements(lock: Path) -> list[str]:
    """The lock's logical lines, one a package."""
    lines = [line for line in lock.read_text().replace("\\\n", " ").splitlines() if not line.strip().startswith("#")]
    return [line for line in lines if line.strip()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_package_has_one_version_and_hashes_and_no_registry_is_named(lock):
    assert requirements(lock)
    for line in requirements(lock):
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
    assert "://" not in lock.read_text() and "--index" not in lock.read_text()


def test_the_locks_agree_where_they_name_the_same_package():
    pinned = {}
    for lock in LOCKS:
        for line in requirements(lock):
            name, version = line.split()[0].split("==")
            condition = line.split("--hash")[0].partition(";")[2].strip()
            pinned.setdefault(name, {}).setdefault(version, set()).add(condition)
    # Two versions of one package are right only where each is for its own Python.
    assert [
        name for name, versions in pinned.items() if len(versions) > 1 and "" in set().union(*versions.values())
    ] == []


def test_the_package_asks_for_the_libraries_that_are_locked():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    listed = (ROOT / "requirements" / "runtime.in").read_text().splitlines()
    assert sorted(re.match(r"[a-z0-9-]+", line)[0] for line in asked) == sorted(
        line.partition("[")[0] for line in listed if line and not line.startswith("#")
    )


def test_every_icon_a_page_names_is_taken_in():
    named = set()
    for template in ROOT.glob("*/**/templates/**/*.html"):
        named |= set(re.findall(r"""icon\(["']([a-z0-9-]+)["']\)""", template.read_text()))
    assert named - set(build_assets.ICONS) == set()


def test_assets_that_are_there_are_not_fetched_again(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert build_assets.put_assets() is False


@pytest.mark.parametrize("face", ["regular.ttf", "bold.ttf"])
def test_the_slips_face_has_the_letters_of_welsh_romanian_and_polish(face):
    font = ImageFont.truetype(ROOT / build_assets.FONTS / face, 40)
    missing = bytes(font.getmask("\uffff"))
    assert [letter for letter in "ŵŷŴŶẁẃẅșțȘȚăąęłżźé£–’" if bytes(font.getmask(letter)) == missing] == []


@pytest.mark.parametrize(
    ("script", "letters"),
    {
        "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأؤئآةى٠١٢٣٤٥٦٧٨٩،؛؟",
        "nastaliq": "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئؤآۂۓ۔،؟",
        "gurmukhi": "ਅਆਇਈਉਊਏਐਓਔਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵਸਹ਼ਾਿੀੁੂੇੈੋੌ੍ੰੱਂਸ਼ਖ਼ਗ਼ਜ਼ਫ਼ੜ।",
        "bengali": "অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহড়ঢ়য়ৎংঃঁািীুূৃেৈোৌ্০১২৩৪৫৬৭৮৯।",
        "gujarati": "અઆઇઈઉઊઋએઐઓઔકખગઘચછજઝઞટઠડઢણતથદધનપફબભમયરલવશષસહળાિીુૂૃેૈોૌ્ંઃ૦૧૨૩૪૫૬૭૮૯",
    }.items(),
)
@pytest.mark.parametrize("weight", [400, 700])
def test_each_script_has_its_letters(script, letters, weight):
    face = ROOT / build_assets.VENDOR / f"noto-{script}-{weight}.woff2"
    font = ImageFont.truetype(face, 40, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\uffff"))
    assert [letter for letter in letters if bytes(font.getmask(letter)) == missing] == []


def test_every_face_the_pages_name_comes_with_the_build():
    css = (ROOT / "reception/web/static/fonts.css").read_text()
    named = set(re.findall(r'url\("(vendor/[^"]+)"\)', css))
    assert {f"reception/web/static/{name}" for name in named} == {
        to for package in build_assets.PACKAGES for to in package.files.values() if to.endswith(".woff2")
    }


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Call it with an archive's files: from then on `npm pack` gives that archive."""
    archive, commands = tmp_path / "given.tgz", tmp_path / "bin"
    commands.mkdir()
    command = commands / "npm"
    command.write_text(f'#!/bin/sh\n{shutil.which("cp")} "{archive}" ./package-1.0.0.tgz\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(commands))

    def give(files: dict[str, bytes]) -> None:
        with tarfile.open(archive, "w:gz") as tar:
            for name, content in files.items():
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))

    return give


def test_an_archive_other_than_the_pinned_one_is_refused_and_nothing_is_kept(npm, tmp_path):
    npm({"dist/socket.io.min.js": b"alert(1)", "LICENSE": b""})
    with pytest.raises(build_assets.AssetsError, match=r"not the one Reception was built with"):
        build_assets.put_assets(tmp_path / "project")
    assert not (tmp_path / "project").exists()


def test_an_asset_changed_by_hand_is_noticed(tmp_path):
    for path in (build_assets.VENDOR, build_assets.FONTS):
        shutil.copytree(ROOT / path, tmp_path / path)
    assert build_assets.assets_are_in_place(tmp_path)
    (tmp_path / build_assets.VENDOR / "socket.io.min.js").write_text("alert(1)")
    assert not build_assets.assets_are_in_place(tmp_path)
