"""`./dev translate`: gathers the window's sentences into the .ts files and compiles them; names what is not translated.

`toasoan_vi.ts` is the translation, `toasoan_en.ts` holds plural forms only, `qt_vi.ts` words Qt's own buttons and is kept by hand.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "resources" / "locale"
SPOKEN = ("desktop/ui", "desktop/editor/widgets", "desktop/bootstrap.py", "desktop/main.py")
# Compiled file: the sources that it is made of.
COMPILED = {"toasoan_vi.qm": ("toasoan_vi.ts", "qt_vi.ts"), "toasoan_en.qm": ("toasoan_en.ts",)}


def sources() -> list[Path]:
    """Every file that may hold a sentence of the window, sorted."""
    found: list[Path] = []
    for place in SPOKEN:
        path = ROOT / place
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path] if path.exists() else []
    return found


def gather(folder: Path) -> None:
    """Refreshes `toasoan_vi.ts` and `toasoan_en.ts` in `folder` from the sources; translations that fit are kept."""
    files = [path.relative_to(ROOT).as_posix() for path in sources()]
    common = ("-locations", "none", "-no-obsolete", "-silent")
    _qt(
        "lupdate",
        *common,
        *files,
        "-source-language",
        "en",
        "-target-language",
        "vi",
        "-ts",
        str(folder / "toasoan_vi.ts"),
    )
    _qt(
        "lupdate", *common, "-pluralonly", *files,
        "-source-language", "en", "-target-language", "en", "-ts", str(folder / "toasoan_en.ts"),
    )  # fmt: skip


def compile_into(folder: Path, *, read: Path = LOCALE) -> None:
    """Writes each .qm of COMPILED into `folder` from the .ts files of `read`."""
    for name, parts in COMPILED.items():
        _qt("lrelease", "-silent", *(str(read / part) for part in parts), "-qm", str(folder / name))


def unfinished(path: Path) -> Iterator[str]:
    """`context: source` of every message of a .ts file that has no translation."""
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314  our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [] if translation is None else [translation, *translation.iter("numerusform")]
            text = "".join(form.text or "" for form in forms).strip()
            if translation is None or translation.get("type") == "unfinished" or not text:
                yield f"{context.findtext('name')}: {message.findtext('source')}"


def main(arguments: Sequence[str] = ()) -> int:
    del arguments
    gather(LOCALE)
    compile_into(LOCALE)
    missing = [line for parts in COMPILED.values() for part in parts for line in unfinished(LOCALE / part)]
    for line in missing:
        print(f"not translated: {line}", file=sys.stderr)
    return 1 if missing else 0


def _qt(tool: str, *arguments: str) -> None:
    program = Path(PySide6.__file__).parent / tool
    subprocess.run([str(program), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
