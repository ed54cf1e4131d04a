"""Made-up legal documents that carry their own truth, and what scores an extractor on them; knows nothing of the product.

Written from the layouts of Nghị định 30/2020/NĐ-CP, Thông tư 01/2011/TT-BNV and Thông tư liên tịch 55/2005/TTLT-BNV-VPCP.
Every person in them is a random row of syllables: none of them lives.
"""

from pathlib import Path
from typing import Final

WANTED: Final = Path(__file__).with_name("wanted.json")
