"""What a recogniser makes up is refused; what people say is not."""

from __future__ import annotations

import pytest

from central.speech.gate import refuse

pytestmark = pytest.mark.unit

MADE_UP = "a phrase that recognisers make up from noise"
SCRIPT = "another script than the interview's language"
LOOP = "the text repeats itself"


@pytest.mark.parametrize(
    ("text", "language", "voiced_ms", "confidence", "reason"),
    [
        ("저는 결제 시스템을 만들었습니다.", "ko", 2500, -0.3, None),
        ("자막 팀에서 일했습니다.", "ko", 1500, -0.3, None),
        ("감사합니다.", "ko", 800, -0.2, None),
        ("네, 네, 그렇습니다.", "ko", 1200, -0.4, None),
        ("Thank you.", "en", 700, -0.2, None),
        ("I subscribe to events from the queue.", "en", 2500, -0.2, None),
        ("It was 1000000 requests a day.", "en", 2500, -0.2, None),
        ("where are the real i see the real every week", "en", 4800, None, None),
        ("", "ko", 1500, -0.1, "nothing was recognised"),
        (" ... ", "en", 1500, -0.1, "nothing was recognised"),
        ("네", "ko", 120, -0.1, "too little voice"),
        ("한글자막 by 한효정", "ko", 3000, -0.2, MADE_UP),
        ("시청해 주셔서 감사합니다.", "ko", 3000, -0.2, MADE_UP),
        ("구독과 좋아요 부탁드립니다", "ko", 3000, -0.2, MADE_UP),
        ("MBC 뉴스 이덕영입니다.", "ko", 3000, -0.2, MADE_UP),
        ("Thanks for watching!", "en", 3000, -0.2, MADE_UP),
        ("Subtitles by the Amara.org community", "en", 3000, -0.2, MADE_UP),
        ("감사합니다.", "ko", 300, -0.2, MADE_UP),
        ("you", "en", 400, -0.2, MADE_UP),
        ("감사합니다. 감사합니다. 감사합니다. 감사합니다.", "ko", 4000, -0.2, LOOP),
        ("네네네네네네네네네네네네", "ko", 3000, -0.2, LOOP),
        ("and then and then and then and then we left", "en", 4000, -0.2, LOOP),
        ("ご視聴ありがとうございました", "ko", 3000, -0.2, SCRIPT),
        ("저는 일했습니다", "en", 3000, -0.2, SCRIPT),
        ("저는 결제 시스템을 만들고 매주 결과를 측정했습니다", "ko", 400, -0.2,
         "more text than the voice has time for"),
        ("저는 결제 시스템을 만들었습니다.", "ko", 2500, -1.2, "the recogniser itself is not sure"),
        ("저는 그렇게", "ko", 700, -0.9, "the recogniser itself is not sure"),
        ("저는 그렇게", "ko", 1700, -0.9, None),
    ],
)  # fmt: skip
def test_the_gate(
    text: str, language: str, voiced_ms: int, confidence: float | None, reason: str | None
) -> None:
    found = refuse(text, language=language, voiced_ms=voiced_ms, confidence=confidence)
    assert found == reason
