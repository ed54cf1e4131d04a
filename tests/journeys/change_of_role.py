"""`python -m tests.journeys.change_of_role DIR`: the demo's window changes roles and comes back, by its menu alone."""

import sys
from pathlib import Path

from tests.journeys.hands import Person
from tests.journeys.seats import application, leave
from tests.support.portal_process import PortalProcess, load_accounts
from tools.run_window import demo_office

ROLES = ("ctv.vanhoa", "truongban", "ctv.vanhoa")


def main(folder: Path) -> int:
    """Prints who sat there, in order."""
    app = application()
    accounts = load_accounts(folder / "portal.sqlite")
    seen: list[str] = []
    with PortalProcess(folder / "portal.sqlite") as portal:
        office = demo_office(app, portal.url, folder / "homes", accounts=accounts, first=ROLES[0])
        assert office.open(office.first)
        person = Person(lambda: office.window if office.window and office.window.isVisible() else None)
        for number, role in enumerate(ROLES):
            if number:
                person.front()
                person.take("F10", ("menu", "menu.roles"), ("menu.roles", f"role.{role}"))
            label = next(one["label"]["vi"] for one in accounts if one["username"] == role)
            person.read("status.who", label)
            person.read("status.network", "Trực tuyến")
            seen.append(label)
        person.picture(folder / "change-of-role.png")
        office.close()
        leave(app)
    sys.stdout.write(" → ".join(seen) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
