"""Who works here: signing in, the first password, signing out. The password is never stored; tokens are the vault's.

Source: QĐ 2567/2007/QĐ-UBND Điều 11.
"""

from dataclasses import replace

from desktop.application.freezing import Tools
from desktop.application.ports import Announce, Portal, SignedIn, Store, Vault, Work
from desktop.application.records import Account, Changes
from desktop.domain.board import member_from_json
from desktop.domain.errors import Bug, Rule, SignInRefused


class Session:
    """A home belongs to one (portal, member); another member's sign-in is refused, never mixed in."""

    def __init__(
        self,
        store: Store,
        portal: Portal,
        vault: Vault,
        tools: Tools,
        *,
        portal_url: str,
        device_name: str,
        announce: Announce,
    ) -> None:
        self._store = store
        self._portal = portal
        self._vault = vault
        self._tools = tools
        self._portal_url = portal_url
        self._device_name = device_name
        self._announce = announce

    def account(self) -> Account | None:
        """The member this home belongs to; None before the first sign-in."""
        with self._store.read() as work:
            return work.feed.account()

    @property
    def secure(self) -> bool:
        """False when there is no keyring: the sign-in lasts for this session only, and the window says so."""
        return self._vault.secure

    def sign_in(self, username: str, password: str) -> bool:
        """True if the password must be changed first; SignInRefused, Offline, NotOurPortal, PortalBusy."""
        username = username.strip().casefold()
        known = self.account()
        if known is not None and known.username != username:
            raise SignInRefused(Rule("other-member", params={"member": known.username}))
        answer = self._portal.sign_in(username, password, device_id=self._device(known), device_name=self._device_name)
        if answer.password_change_required:
            return True
        self._settle(answer)
        return False

    def change_password(self, username: str, *, old: str, new: str) -> None:
        """Change the password, then sign in with the new one; BadContent names the rule that `new` breaks.

        May be called again after any failure: a change whose reply was lost is found out by signing in.
        """
        try:
            self._portal.change_password(old, new)
        except SignInRefused as refused:
            try:
                must_change = self.sign_in(username, new)
            except SignInRefused:
                raise refused from None
        else:
            must_change = self.sign_in(username, new)
        if must_change:
            raise Bug("the portal still wants another password")

    def sign_out(self) -> None:
        """Forget the tokens here and at the portal; everything written stays in this home."""
        self._portal.sign_out()
        self._announce(Changes(board=True))

    def _device(self, known: Account | None) -> str:
        if known is not None:
            return known.device_id
        with self._store.write() as work:
            device_id = work.feed.value("device_id") or self._tools.new_id()
            work.feed.set_value("device_id", device_id)
            return device_id

    def _settle(self, answer: SignedIn) -> None:
        with self._store.read() as work:
            known_rev = work.feed.value("bundle_rev")
        bundle = self._portal.bundle(known_rev)
        member = member_from_json(answer.member)
        with self._store.write() as work:
            if bundle is not None:
                work.feed.put_bundle(answer.bundle_rev, bundle)
                work.feed.set_value("bundle_rev", answer.bundle_rev)
            work.board.put_member(member)
            account = work.feed.account() or self._new_account(work, answer)
            work.feed.set_account(replace(account, label=member.label))
        self._announce(Changes(lists=True, board=True, bundle=True))

    def _new_account(self, work: Work, answer: SignedIn) -> Account:
        member = member_from_json(answer.member)
        device_id = work.feed.value("device_id")
        if device_id is None:
            raise Bug("no device id at sign-in")
        return Account(self._portal_url, member.id, member.username, device_id, member.label)
