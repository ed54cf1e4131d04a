"""Guards to be taken out of the client's sync and rules, each as one patch: the tests of a scenario must notice."""

from collections.abc import Callable

import pytest

from desktop.application import devices, drafting, stages
from desktop.domain import fold, merge, text, workflow
from desktop.sync import (
    apply_changes,
    apply_results,
    backoff,
    bodies,
    client,
    faults,
    plan,
    reading,
    removals,
    schedule,
    sides,
    strict_json,
    transport,
    wire,
)
from desktop.sync.cycle import Cycle
from tests.scenarios.removing import edit, swap


def late_answers_are_applied(patch: pytest.MonkeyPatch) -> None:
    """An answer is laid into the store whatever has become of the home since the question."""
    edit(patch, plan.Plan.still_true, "return now == (self.account, self.epoch, self.cursor)", "return True")


def removals_go_unasked(patch: pytest.MonkeyPatch) -> None:
    """A feed that removes many entries is applied at once."""
    swap(patch, removals.stop_if_many, _nothing)


def strange_outcomes_are_final(patch: pytest.MonkeyPatch) -> None:
    """What the portal answers in words of its own is taken for done."""
    edit(patch, apply_results.apply_result, "if result.outcome in FINAL:", "if result.outcome not in LATER:")


def portals_wishes_are_boundless(patch: pytest.MonkeyPatch) -> None:
    """A Retry-After of ten years is kept."""
    patch.setattr(backoff, "LONGEST_WISH", 1e12)


def portals_wishes_are_not_heard(patch: pytest.MonkeyPatch) -> None:
    """Retry-After is not looked at."""
    edit(patch, backoff.delay, "return drawn if wish is None else", "return drawn if not failures + 1 else drawn or")


def any_answer_is_ours(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks for the portal's mark on an answer."""
    swap(patch, transport._require_ours, _nothing)


def redirects_are_followed(patch: pytest.MonkeyPatch) -> None:
    """The token goes wherever a network in between says."""
    edit(patch, transport.Transport.send, "allow_redirects=False", "allow_redirects=True")


def plain_http_anywhere(patch: pytest.MonkeyPatch) -> None:
    """Any address will do."""
    swap(patch, transport.checked_address, lambda address: address)


def network_errors_untranslated(patch: pytest.MonkeyPatch) -> None:
    """What the sockets raise passes as it is."""
    edit(patch, faults.translated, "raise from_exception(error, now=now) from error", "raise")


def busy_portals_are_alike(patch: pytest.MonkeyPatch) -> None:
    """A portal in maintenance, a full one and a hurried one have one sentence."""
    patch.setattr(faults, "_TOLD_APART", frozenset())


def replies_are_believed(patch: pytest.MonkeyPatch) -> None:
    """Nobody compares the results of a reply with what was sent, nor the head of a change with its target."""
    edit(patch, wire.reply_from_json, "!= list(sent)", "== 0")
    edit(patch, wire._change, "if head.entry_id != target:", "if False:")


def any_id_will_do(patch: pytest.MonkeyPatch) -> None:
    """Ids of a reply may be anything, also paths."""
    edit(patch, reading.Reading.matching, "if pattern.fullmatch(value)", "if True")


def texts_need_no_id(patch: pytest.MonkeyPatch) -> None:
    """A text is taken for what the portal says it is."""
    edit(patch, wire._revision, "if made != rid:", "if False:")


def json_may_be_loose(patch: pytest.MonkeyPatch) -> None:
    """A key twice, NaN and floats are read."""
    patch.setattr(strict_json, "_once", dict)
    patch.setattr(strict_json, "_refuse", float)


def expiry_is_the_end(patch: pytest.MonkeyPatch) -> None:
    """An expired access token is not renewed."""
    patch.setattr(client, "_EXPIRED", "never")


def renewals_are_asked_anew(patch: pytest.MonkeyPatch) -> None:
    """A renewal whose answer was lost is asked for under another id."""
    edit(patch, client.HttpPortal._renew, "if not now.refresh_id:", "if True:")


def lost_devices_keep_their_tokens(patch: pytest.MonkeyPatch) -> None:
    """A device that the portal has revoked goes on asking."""
    patch.setattr(client, "_LOST", frozenset())


def fetched_files_are_believed(patch: pytest.MonkeyPatch) -> None:
    """Nobody compares the bytes of a file that came with its name."""
    edit(patch, client.HttpPortal.fetch_blob, "if hashlib.sha256(data).hexdigest() != sha256:", "if False:")


def damaged_files_stop_the_sync(patch: pytest.MonkeyPatch) -> None:
    """A file that the disk has changed ends the sync it should go up in."""
    edit(patch, bodies._read, "except FileChanged:\n        return None", "except FileChanged:\n        raise")


def damaged_files_go_untold(patch: pytest.MonkeyPatch) -> None:
    """A file that the disk has changed stays here without a word."""
    edit(
        patch, bodies.send_blobs, '_tell(store, Rule("attachment-damaged"', '_read(store, "") and _tell(store, Rule("x"'
    )


def refused_files_are_final(patch: pytest.MonkeyPatch) -> None:
    """A file that the portal does not take counts as sent."""
    edit(patch, bodies._sent, "_tell(store, replace(", "return True\n        _tell(store, replace(")


def every_file_is_sent_each_time(patch: pytest.MonkeyPatch) -> None:
    """Files go up without asking whether the portal has them, and none is noted as sent."""
    everything = {"set(portal.missing_blobs(unsent))": "{sha256 for sha256, _ in unsent}"}
    edit(patch, bodies.send_blobs, "work.blobs.mark_sent(sha256)", "pass", also=everything)


def copies_go_on(patch: pytest.MonkeyPatch) -> None:
    """A home whose copy the portal has met keeps its device."""
    swap(patch, devices.take_new_device, _nothing)


def moved_homes_are_the_same_device(patch: pytest.MonkeyPatch) -> None:
    """A home that was copied does not notice."""
    edit(patch, devices.settle_in, "if known == seat:", "if True:")


def gone_means_gone(patch: pytest.MonkeyPatch) -> None:
    """What was typed into an entry that is discarded elsewhere leaves no card."""
    swap(patch, apply_changes._keep_in_sight, _nothing)


def nothing_is_protected(patch: pytest.MonkeyPatch) -> None:
    """Number and date of a document are merged like any value."""
    swap(patch, merge._contested, lambda _group: False)
    patch.setattr(merge, "PROTECTED", "")


def syncs_overlap(patch: pytest.MonkeyPatch) -> None:
    """Two syncs of one home run at once."""
    edit(patch, Cycle.run, "self._lock.acquire(blocking=False)", "True", also={"self._lock.release()": "pass"})


def second_syncs_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Who asks during a sync gets none."""
    edit(patch, Cycle.run, "while self._asked.is_set() and", "if", also={"self._asked.clear()": "pass"})


def gestures_are_not_judged(patch: pytest.MonkeyPatch) -> None:
    """A command is queued as often as it is given."""
    edit(patch, stages.Stages._queue, "if isinstance(verdict, Refused):", "if False:")


def files_of_any_size(patch: pytest.MonkeyPatch) -> None:
    """A file that no portal takes is attached all the same."""
    edit(patch, drafting.Drafting._brought_in, "_check_limit(found[1], most)", "pass")


def loose_marks_stay(patch: pytest.MonkeyPatch) -> None:
    """Text is stored as it was typed, decomposed letters and all."""
    last = 'unicodedata.normalize("NFC", _INVISIBLE'
    edit(patch, text.tidy_text, 'unicodedata.normalize("NFC", text)', "text", also={last: "str(_INVISIBLE"})


def invisible_signs_stay(patch: pytest.MonkeyPatch) -> None:
    """Control characters, lone surrogates and byte order marks are stored."""
    edit(patch, text.tidy_text, '_INVISIBLE.sub("", _LINE_ENDS.sub("\\n", text))', '_LINE_ENDS.sub("\\n", text)')


def d_with_stroke_is_its_own_letter(patch: pytest.MonkeyPatch) -> None:
    """The search for "duong" does not find "đường"."""
    edit(patch, fold._Table.__missing__, '.replace("đ", "d")', "")
    patch.setattr(fold, "_TABLE", fold._Table())


def marks_are_searched(patch: pytest.MonkeyPatch) -> None:
    """The search takes "hòa" and "hoà" for two words."""
    edit(patch, fold._Table.__missing__, "if not unicodedata.combining(part)", "")
    patch.setattr(fold, "_TABLE", fold._Table())


def queries_are_not_quoted(patch: pytest.MonkeyPatch) -> None:
    """What is typed into the search is FTS5's own language."""
    swap(patch, fold.match_query, lambda typed: typed.strip())


def _nothing(*_given: object, **_more: object) -> None:
    pass


def waiting_texts_are_writable(patch: pytest.MonkeyPatch) -> None:
    """A text that was submitted may be written on."""
    swap(patch, workflow.may_write, lambda *_given, **_more: None)


def attachments_by_name(patch: pytest.MonkeyPatch) -> None:
    """A file replaces the one whose name looks like its own."""
    same = 'str(file.get("name")).casefold() != str(item["name"]).casefold()'
    edit(patch, drafting.Drafting.attach, 'file.get("sha256") != sha256', same)


def decisions_by_the_clock(patch: pytest.MonkeyPatch) -> None:
    """What waits is sent when this machine's clock says that it is due."""
    late = "str(self._not_before.get(op_id, '2026')) <= self._clock.now()"
    edit(patch, Cycle._is_due, "self._not_before.get(op_id, 0.0) <= self._clock.monotonic()", late)


def gestures_go_past_an_outage(patch: pytest.MonkeyPatch) -> None:
    """Whatever is done here asks a portal that is known to be away once more."""
    edit(patch, schedule.Schedule.gesture, "self if self.is_open else ", "")


def houses_come_back_at_once(patch: pytest.MonkeyPatch) -> None:
    """Whoever sees the network again after an outage asks in that moment."""
    spread = "chance.uniform(0.0, FIRST_CONTACT if self.failures else SETTLE)"
    edit(patch, schedule.Schedule.network_changed, spread, "0.0")


def networks_are_tried_at_once(patch: pytest.MonkeyPatch) -> None:
    """Each change of the network is a request."""
    edit(
        patch,
        schedule.Schedule._sooner,
        "if apart or self.failures else self.not_before",
        "if False else self.not_before",
    )


def held_texts_are_here_alone(patch: pytest.MonkeyPatch) -> None:
    """A text that the portal did not take is on this machine and nowhere else."""
    swap(patch, sides._held, lambda _work: {})


def side_drafts_are_shared(patch: pytest.MonkeyPatch) -> None:
    """What was taken up and written on replaces the other device's text at the portal."""
    edit(patch, sides._due, "new_id() if kept.taken else kept.side_id", "kept.side_id")


def late_reasons_are_dropped(patch: pytest.MonkeyPatch) -> None:
    """What was written to go with a return that came too late goes nowhere."""
    swap(patch, apply_results._keep_reason, _nothing)


GUARDS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = tuple(
    value for name, value in list(globals().items()) if getattr(value, "__module__", "") == __name__ and name[0] != "_"
)
