"""`toasoan network`: the proxy and the authorities of one home; what an administrator laid down holds where nothing is set."""

from pathlib import Path

from desktop.cli.parser import Arguments
from desktop.domain.digest import Json
from desktop.settings import NetworkSettings, network, own_network, set_network
from desktop.wiring import keep_proxy_password


def set_up(home: Path, given: Arguments, *, password: str | None) -> tuple[dict[str, Json], str]:
    """Set what is named and show what holds now."""
    wanted = NetworkSettings(given.proxy or "", given.proxy_user or "", tuple(given.certificate or ()))
    if given.proxy is not None or given.proxy_user is not None or given.certificate is not None:
        own = own_network(home)
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        set_network(
            home,
            NetworkSettings(
                own.proxy if given.proxy is None else wanted.proxy,
                own.proxy_user if given.proxy_user is None else wanted.proxy_user,
                own.certificates if given.certificate is None else tuple(p.resolve() for p in wanted.certificates),
            ),
        )
    if password is not None:
        keep_proxy_password(home, password)
    found = network(home)
    files: list[Json] = [str(path) for path in found.certificates]
    data: dict[str, Json] = {"proxy": found.proxy, "proxy_user": found.proxy_user, "certificates": files}
    named = ", ".join(str(path) for path in found.certificates) or "của hệ điều hành"
    user = f" (tên {found.proxy_user})" if found.proxy_user else ""
    return data, f"Proxy: {found.proxy or 'theo hệ điều hành'}{user}. Cơ quan chứng thực: {named}."
