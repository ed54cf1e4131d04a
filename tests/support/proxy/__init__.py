"""A line that fails on purpose: what a test or a soak puts between the real client and the real portal."""

from tests.support.proxy.faults import Fault
from tests.support.proxy.line import Asked, FaultProxy
from tests.support.proxy.weather import CALM, Weather

__all__ = ["CALM", "Asked", "Fault", "FaultProxy", "Weather"]
