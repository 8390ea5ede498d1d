"""default.toml and the model say the same, and each mistake names the file, the key and the likely intention."""

import re
import tomllib
from typing import get_args

import pytest
from pydantic import BaseModel

from reception.settings import CONFIG, Settings, SettingsError, load

DEFAULT = (CONFIG / "default.toml").read_text("utf-8")
OFFICE = """
[[services]]
key = "council-tax"
name = "Council Tax"
letter = "A"

[[desks]]
key = "1"
name = "Desk 1"
"""
# Tables that hold an office's own lists: in default.toml they stand as commented examples.
LISTS = (
    "groups",
    "services",
    "desks",
    "printers",
    "rooms",
    "teams",
    "signposts",
    "webhooks",
    "boards",
    "slides",
    "alerts",
)
GIVEN = ("needs", "standards")  # lists that default.toml fills


def part(annotation) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Service, ...]` or `Hours | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := part(inner))), None)


def keys_of(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def uncommented() -> dict:
    """default.toml with its commented examples as if somebody had taken the # away."""
    text = re.sub(r"(?m)^# (?=\[|\w+ = )", "", DEFAULT)
    return tomllib.loads(text.replace("whsec_...", "whsec_" + "QUJD" * 10))  # a secret that nobody copies


@pytest.fixture
def told(tmp_path):
    """What a person is told about an office's file with this text."""

    def explain(text: str) -> list[str]:
        path = tmp_path / "office.toml"
        path.write_text(text, "utf-8")
        with pytest.raises(SettingsError) as mistakes:
            load(path, env={})
        sentences = str(mistakes.value).splitlines()
        assert all(sentence.startswith(f"{path}: ") and sentence.endswith((".", "?")) for sentence in sentences)
        return [sentence.removeprefix(f"{path}: ") for sentence in sentences]

    return explain


def test_default_toml_has_every_setting_and_no_other():
    default = tomllib.loads(DEFAULT)
    assert set(default) == keys_of(Settings) - {"demo", "texts", *LISTS}
    assert {name: set(table) for name, table in default.items() if name not in GIVEN} == {
        name: keys_of(part(Settings.model_fields[name].annotation)) for name in default if name not in GIVEN
    }
    for name in GIVEN:
        model = part(Settings.model_fields[name].annotation)
        assert {key for one in default[name] for key in one} == keys_of(model)


@pytest.mark.parametrize("name", LISTS)
def test_the_commented_examples_show_every_setting_of_a_list(name):
    (example,) = uncommented()[name]
    assert set(example) == keys_of(part(Settings.model_fields[name].annotation))


def test_the_commented_examples_are_a_working_office_without_their_comment_signs():
    example = uncommented()
    example["services"][0]["hours"] = example["hours"]
    made = Settings(**example)
    assert [made.services[0].group, made.desks[0].services] == ["money", ("council-tax",)]


def test_every_setting_has_its_sentence():
    lines = [line.removeprefix("# ") for line in DEFAULT.splitlines()]
    bare = [line for line in lines if re.match(r"\w+ = ", line) and " # " not in line]
    # A few say themselves what they are, or are said by the line above.
    spoken_for = set(
        "name about port dpi product_id key kind print_job_days guess_minutes address opening phone email url secret"
        " pause hold transfer out_of_turn cancel change adjustment desk asked language discreet sentences"
        " largest_megabytes longest_retry_seconds title text promise measure at_least at_most unit source owner".split()
    )
    weekdays = keys_of(part(Settings.model_fields["hours"].annotation)) - {"closed_on"}
    assert {line.split(" = ")[0] for line in bare} - weekdays <= spoken_for | {"log_level"}


def test_an_office_says_only_what_differs(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(OFFICE + "[promise]\ntarget_seconds = 600\n")
    settings = load(path, env={})
    assert (settings.promise.target_seconds, settings.promise.near_seconds) == (600, 180)
    assert settings.serves == {"1": frozenset({"council-tax"})}
    assert not settings.demo


def test_opening_hours_are_replaced_whole(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(OFFICE + '[hours]\nmonday = ["10:00-12:00"]\n')
    weekly = load(path, env={}).hours.weekly
    assert [day for day, spans in weekly.items() if spans] == ["monday"]


def test_without_an_office_of_its_own_it_is_the_demo_office():
    if (CONFIG / "office.toml").exists():
        pytest.skip("this machine has an office of its own")
    assert load(env={}).demo
    assert load(CONFIG / "demo.toml", env={}).demo


def test_the_environment_outranks_the_files(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(OFFICE)
    env = {"RECEPTION_OFFICE": str(path), "RECEPTION_PORT": "81", "RECEPTION_HOST": "::1", "RECEPTION_DATA": "/srv/q"}
    server = load(env=env).server
    assert (server.port, server.host, str(server.data)) == (81, "::1", "/srv/q")


def test_the_demo_office_listens_on_this_machine_alone():
    env = {"RECEPTION_HOST": "0.0.0.0", "RECEPTION_PORT": "81"}
    server = load(CONFIG / "demo.toml", env=env).server
    assert (server.host, server.port) == ("127.0.0.1", 81)


def test_a_misspelt_setting_is_told_with_the_likely_one(told):
    assert told(OFFICE + "[promise]\ntarget_secs = 600\n") == [
        "promise.target_secs: no setting has this name; did you mean 'target_seconds'?"
    ]


def test_a_misspelt_table_is_told_with_the_likely_one(told):
    assert told(OFFICE + "[bord]\nrecent = 3\n") == ["bord: no setting has this name; did you mean 'board'?"]


def test_a_misspelt_key_in_a_list_is_told_with_its_place(told):
    assert told(OFFICE + '[[desks]]\nkey = "2"\nname = "Desk 2"\nservice = ["council-tax"]\n') == [
        "desks.1.service: no setting has this name; did you mean 'services'?"
    ]


def test_a_misspelt_weekday_of_a_service_is_told(told):
    text = OFFICE.replace("[[desks]]", '[services.hours]\nmondy = ["09:00-10:00"]\n[[desks]]')
    assert told(text) == ["services.0.hours.mondy: no setting has this name; did you mean 'monday'?"]


def test_a_desk_with_an_unknown_service_is_told_the_likely_one(told):
    (sentence,) = told(OFFICE + 'services = ["counciltax"]\n')
    assert "desks: '1' takes a service 'counciltax' that is not there; did you mean 'council-tax'?" in sentence


def test_a_service_in_an_unknown_group_is_told(told):
    (sentence,) = told(OFFICE.replace('letter = "A"', 'letter = "A"\ngroup = "money"'))
    assert "services: 'council-tax' is in a group 'money' that is not there" in sentence


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ('[office]\ntimezone = "Europe/Londn"\n', "office.timezone", "no time zone is called 'Europe/Londn'"),
        ('[hours]\nmonday = ["9 to 5"]\n', "hours.monday.0", 'write opening times like "09:00-17:00"'),
        ('[hours]\nmonday = ["17:00-09:00"]\n', "hours.monday.0", "it closes before it opens"),
        ('[hours]\nmonday = ["25:00-26:00"]\n', "hours.monday.0", "hour must be in 0..23"),
        ("[promise]\ntarget_seconds = 0\n", "promise.target_seconds", "greater than 0 (given: 0)"),
        ('[promise]\ntarget_seconds = "soon"\n', "promise.target_seconds", "(given: 'soon')"),
        ("[kiosk]\nwarning_seconds = 5\n", "kiosk.warning_seconds", "greater than or equal to 20 (given: 5)"),
        ("[server]\nport = 70000\n", "server.port", "less than or equal to 65535 (given: 70000)"),
        ('[[printers]]\nkey = "p"\nkind = "network"\n', "printers.0", "a network printer needs 'host'"),
        ('[[printers]]\nkey = "p"\nkind = "laser"\n', "printers.0.kind", "'virtual', 'network', 'usb'"),
        ("[keeping]\nmax_pages = -1\n", "keeping.max_pages", "greater than or equal to 0 (given: -1)"),
    ],
)
def test_a_wrong_value_is_told_with_its_key_and_what_was_given(told, text, key, says):
    (sentence,) = told(OFFICE + text)
    assert sentence.startswith(f"{key}: ")
    assert says in sentence


@pytest.mark.parametrize("wrong", ['secret = "whsec_oh!"', 'url = "ftp://crm.example.org/?token=whsec_oh!"'])
def test_a_secret_that_is_wrong_is_not_repeated(told, wrong):
    right = {"secret": f"whsec_{'QUJD' * 10}", "url": "https://crm.example.org"}
    lines = [f'{key} = "{value}"' for key, value in right.items() if not wrong.startswith(key)]
    (sentence,) = told("\n".join([OFFICE, "[[webhooks]]", 'key = "crm"', wrong, *lines, ""]))
    assert sentence.startswith("webhooks.0.")
    assert "whsec_oh" not in sentence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (OFFICE + '[[desks]]\nkey = "1"\nname = "Again"\n', "desks: the key '1' stands twice"),
        (OFFICE.replace('"A"', '"AB"'), "services.0.letter: "),
        (OFFICE.replace('"council-tax"', '"Council Tax!"', 1), "services.0.key: "),
        (OFFICE.split("[[desks]]")[0], "desks: an office needs at least one; write it under [[desks]]."),
        (
            OFFICE.partition("[[desks]]")[2].join(["[[desks]]", ""]),
            "services: an office needs at least one; write it under [[services]].",
        ),
        ("server = 3\n" + OFFICE, "server: "),
        ("demo = true\n" + OFFICE, "demo: no setting has this name"),
        ("promise = 3\n" + OFFICE, "promise: "),
    ],
)
def test_an_office_that_does_not_hold_together_is_told_why(told, text, says):
    (sentence,) = told(text)
    assert says in sentence


def test_more_buttons_than_a_kiosk_shows_are_told_with_the_remedy(told):
    services = "".join(f'[[services]]\nkey = "s{n}"\nname = "S{n}"\nletter = "A"\n' for n in range(7))
    (sentence,) = told(services + OFFICE.partition("[[services]]")[2].partition("[[desks]]")[2].join(["[[desks]]", ""]))
    assert "at most six buttons fit one kiosk screen; put some under [[groups]]" in sentence


def test_every_mistake_is_told_at_once(told):
    assert len(told(OFFICE + "[promise]\ntarget_seconds = 0\nnear_secs = 3\n[board]\nrecent = 0\n")) == 3


def test_a_file_that_is_not_toml_is_told_with_its_line(told):
    (sentence,) = told("[office\nname = 3")
    assert sentence.startswith("it cannot be read as TOML: ")
    assert "line 1" in sentence


def test_a_file_that_is_not_text_is_told(tmp_path):
    path = tmp_path / "office.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load(path, env={})


def test_a_file_that_is_not_there_or_not_readable_is_told(tmp_path):
    with pytest.raises(SettingsError, match="there is no such file"):
        load(tmp_path / "nowhere.toml", env={})
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path, env={})


def test_settings_cannot_be_changed_after_reading(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(OFFICE)
    with pytest.raises(ValueError, match="frozen"):
        load(path, env={}).promise.target_seconds = 1


PRINTER = '[[printers]]\nkey = "{}"\nkind = "virtual"\n'


def test_a_backup_is_another_printer_of_the_office(told):
    lobby, desk = PRINTER.format("lobby"), PRINTER.format("desk")
    assert told(OFFICE + lobby + 'backup = "dsk"\n' + desk) == [
        "printers: 'lobby' has a backup 'dsk' that is not there; did you mean 'desk'?"
    ]
    assert told(OFFICE + lobby + 'backup = "lobby"\n') == ["printers: 'lobby' has a backup 'lobby' that is not there."]


def test_a_kiosks_slips_come_out_of_one_printer(told):
    twice = PRINTER.format("lobby") + 'kiosks = ["Door"]\n' + PRINTER.format("desk") + 'kiosks = ["door "]\n'
    assert told(OFFICE + twice) == ["printers: the kiosk 'door' has two printers; its slips come out of one."]


def test_a_standard_is_measured_by_something_there_is_and_has_one_target(told):
    standard = '\n[[standards]]\nkey = "calls"\npromise = "We answer."\nmeasure = "{}"\n{}\n'
    assert "nothing called 'luck' is measured" in told(OFFICE + standard.format("luck", "at_least = 80"))[0]
    assert "either 'at_least' or 'at_most'" in told(OFFICE + standard.format("seen_in_time", ""))[0]
    assert "needs its 'source'" in told(OFFICE + standard.format("imported:calls", "at_least = 80"))[0]


@pytest.mark.parametrize("target", ["at_least = 0", "at_most = 100"])
def test_a_standard_that_is_always_met_is_none(told, target):
    standard = f'\n[[standards]]\nkey = "seen"\npromise = "We try."\nmeasure = "seen_in_time"\n{target}\n'
    assert "always met promises nothing" in told(OFFICE + standard)[0]
