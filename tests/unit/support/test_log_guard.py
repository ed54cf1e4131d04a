"""The guard itself: an unexpected warning fails a test, an expected one must come."""

import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
import pytest
from tests.support.log_guard import LogGuard, expectation_maker
GUARD = LogGuard()
def pytest_configure(config):
    config.pluginmanager.register(GUARD)
@pytest.fixture
def expect_log():
    return expectation_maker(GUARD)
"""

CASES = {
    "unexpected": ("log.warning('boo')", "failed"),
    "below_warning": ("log.info('quiet')", "passed"),
    "expected": ("expect_log('b.o'); log.warning('boo')", "passed"),
    "expected_of_another_logger": ("expect_log('b.o', logger='y'); log.warning('boo')", "failed"),
    "expected_milder": ("expect_log('boo'); log.error('boo')", "failed"),
    "expected_but_never_came": ("expect_log('boo')", "failed"),
    "came_before_the_test": ("", "error"),
}


def test_what_fails_and_what_passes(pytester: pytest.Pytester) -> None:
    tests = [f"def test_{name}(expect_log):\n    {body or 'pass'}\n" for name, (body, _) in CASES.items()]
    noisy = (
        "@pytest.fixture(autouse=True)\ndef noisy(request):\n    if 'before' in request.node.name: log.warning('boo')\n"
    )
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile("import logging, pytest\nlog = logging.getLogger('x')\n" + noisy + "".join(tests))
    # In a process of its own: this process has a guard too.
    outcome = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", "-rA")
    words = {"failed": "FAILED", "passed": "PASSED", "error": "ERROR"}
    outcome.stdout.re_match_lines_random(
        [rf"^{words[want]} .*::test_{name}( .*)?$" for name, (_, want) in CASES.items()]
    )
    outcome.assert_outcomes(passed=2, failed=4, errors=1)
