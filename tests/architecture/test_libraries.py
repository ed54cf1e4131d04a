"""Which library may be imported where. A library without a row here is not a dependency."""

import re
import sys
import tomllib

from tests.architecture.sources import ALL, ROOT, modules, report, within

QT = ("desktop.ui", "desktop.editor.widgets", "desktop.bootstrap", "desktop.main")
DATABASE = ("desktop.store", "server_stub")

# The library and the rooms of the product that may import it.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "PySide6": QT,
    "shiboken6": QT,
    "qtawesome": ("desktop.ui", "desktop.bootstrap"),
    "fontpkg": ("desktop.ui", "desktop.bootstrap"),
    "fontpkg_be_vietnam_pro": ("desktop.ui", "desktop.bootstrap"),
    "requests": ("desktop.sync",),
    "urllib3": ("desktop.sync",),
    "truststore": ("desktop.sync.network",),
    "pypac": ("desktop.sync.network",),
    "sqlalchemy": DATABASE,
    "alembic": DATABASE,
    "pysqlite3": DATABASE,
    "psycopg": ("server_stub.store",),  # SQLAlchemy imports it by the URL
    "fsspec": ("server_stub.store.bucket",),
    "s3fs": ("server_stub.store.bucket",),  # fsspec imports it by the URL
    "keyring": ("desktop.sync.vault",),
    "secretstorage": ("desktop.sync.vault",),
    "platformdirs": ("desktop.settings",),
    "markdown": ("desktop.editor.text",),
    "pymdownx": ("desktop.editor.text",),
    "viparse": ("desktop.editor.text.legacy",),
    "mammoth": ("desktop.editor.text.incoming.docx",),
    "lxml": ("desktop.editor.text.incoming", "desktop.editor.text.exports"),
    "bs4": ("desktop.editor.text.incoming",),
    "markdownify": ("desktop.editor.text.incoming.writing",),
    "pypdfium2": ("desktop.editor.text.incoming.pdf",),
    "PIL": ("desktop.editor.text.images",),
    "nh3": ("desktop.editor.text", "server_stub"),
    "icalendar": ("desktop.editor.text.calendar_ics",),
    "dateutil": ("desktop.editor.text.calendar_ics",),
    "docx": ("desktop.editor.text.exports",),
    "cobalt": ("desktop.editor.text.exports",),
    "bluebell": ("desktop.editor.text.exports",),
    "jinja2": ("desktop.editor.text", "server_stub"),
    "markupsafe": ("desktop.editor.text", "server_stub"),
    "fastapi": ("server_stub",),
    "starlette": ("server_stub",),
    "pydantic": ("server_stub",),
    "uvicorn": ("server_stub",),
    "httptools": (),  # uvicorn imports both where they are installed
    "uvloop": (),
    "argon2": ("server_stub",),
    "jsonschema": ("server_stub",),
    "referencing": ("server_stub",),
}

WEB = ("fastapi", "starlette", "uvicorn", "pydantic")
SHELL_FREE = ("server_stub.core",)


def test_each_library_stays_in_its_rooms() -> None:
    wrong = []
    for module in modules("desktop", "server_stub", "resources"):
        for item in module.imports:
            library = item.target.split(".")[0]
            if library in sys.stdlib_module_names or library in ALL:
                continue
            rooms = LIBRARIES.get(library, ())
            if not any(within(module.name, room) for room in rooms):
                wrong.append(
                    f"{module.place}:{item.line} imports {item.target} (allowed in: {', '.join(rooms) or 'nowhere'})"
                )
    report(
        "A library lives behind one door, so that it can be replaced and its errors are translated in one place. Use the port "
        "that stands before it; a new library needs a row in LIBRARIES and a line in requirements/ and pyproject.toml.",
        wrong,
    )


def test_the_domain_is_standard_library_only() -> None:
    # Files, sockets, processes, clocks and databases are outside as well: the domain gets values and returns values.
    doors = {
        "os",
        "pathlib",
        "io",
        "shutil",
        "socket",
        "subprocess",
        "threading",
        "asyncio",
        "sqlite3",
        "time",
        "random",
        "logging",
    }
    wrong = []
    for module in modules("desktop/domain"):
        for item in module.imports:
            top = item.target.split(".")[0]
            if top in doors or (top not in sys.stdlib_module_names and not within(item.target, "desktop.domain")):
                wrong.append(f"{module.place}:{item.line} imports {item.target}")
    report(
        "desktop.domain is pure: no Qt, SQL, HTTP, files, threads, clocks, dice or log. Pass the time or the id in.",
        wrong,
    )


def test_nobody_uses_the_interpreters_own_sqlite() -> None:
    wrong = [
        f"{m.place}:{item.line}"
        for m in modules("desktop", "server_stub")
        for item in m.imports
        if item.target.split(".")[0] == "sqlite3"
    ]
    report("The sqlite3 module of Debian 12 brings SQLite 3.40: use pysqlite3 (>= 3.51.3) through SQLAlchemy.", wrong)


def test_the_portals_decisions_know_no_web_framework() -> None:
    wrong = [
        f"{m.place}:{item.line} imports {item.target}"
        for m in modules("server_stub")
        for item in m.imports
        if any(within(m.name, room) for room in SHELL_FREE) and item.target.split(".")[0] in WEB
    ]
    report(
        "FastAPI is a shell: server_stub/core decides in plain functions that the checker drives in one thread.", wrong
    )


def test_presenters_are_free_of_qt() -> None:
    wrong = [
        f"{m.place}:{item.line} imports {item.target}"
        for m in modules("desktop/ui")
        for item in m.imports
        if within(m.name, "desktop.ui.presenters")
        and item.target.split(".")[0] in {"PySide6", "shiboken6", "qtawesome"}
    ]
    report(
        "A presenter turns state into words and choices; a widget shows them. Without Qt it is tested in microseconds.",
        wrong,
    )


def test_unit_tests_need_neither_qt_nor_a_portal() -> None:
    about_qt = "tests.unit.test_none_refcount"
    outer = ("PySide6", "pytestqt", "desktop.editor.widgets", "desktop.bootstrap", "uvicorn")
    wrong = [
        f"{m.place}:{item.line} imports {item.target}"
        for m in modules("tests/unit")
        for item in m.imports
        if m.name != about_qt and any(within(item.target, part) for part in outer)
    ]
    report("A test with windows lies in tests/ui, one with a real server in tests/contract or tests/journeys.", wrong)


def test_every_declared_dependency_has_a_room() -> None:
    modules_of = {
        "pyside6": "PySide6",
        "fontpkg-be-vietnam-pro": "fontpkg_be_vietnam_pro",
        "pymdown-extensions": "pymdownx",
        "argon2-cffi": "argon2",
        "beautifulsoup4": "bs4",
        "python-dateutil": "dateutil",
        "pillow": "PIL",
        "python-docx": "docx",
        "bluebell-akn": "bluebell",
        # FastAPI reads form bodies with it; nobody imports it by name.
        "python-multipart": "fastapi",
    }
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [line.split(";")[0].split("[")[0] for line in declared]
    names = [re.split(r"[<>=!~ ]", name)[0].lower() for name in names]
    unknown = [name for name in names if modules_of.get(name, name) not in LIBRARIES]
    report(
        "A dependency of the wheel that no room may import is dead weight: remove it, or give it a row in LIBRARIES.",
        unknown,
    )
