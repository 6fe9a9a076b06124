"""What a page of the dashboard shows while readings come, as the browser itself sees it."""

from __future__ import annotations

import statistics
from typing import Any, Final

from playwright.async_api import CDPSession, Page

FRAME_MS: Final = 1_000 / 60
WATCH: Final = """() => {
  window.late = []; window.gaps = []; const seen = new Set();
  new MutationObserver((changes) => {
    const now = performance.timeOrigin + performance.now();
    for (const { target } of changes) {
      const stamp = (target.dataset.room ?? "") + target.dataset.wallNs;
      if (seen.has(stamp)) continue;
      seen.add(stamp);
      window.late.push(now - Number(target.dataset.wallNs) / 1e6);
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-wall-ns"] });
  let last = performance.now();
  const tick = (now) => { window.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
"""A change of the DOM is seen in the same task; pages mark it with the reading's own time."""


async def watch(page: Page) -> tuple[CDPSession, float]:
    """Begin; what `measured` wants."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable")
    await page.evaluate(WATCH)
    return session, await _busy_s(session)


async def measured(page: Page, begun: tuple[CDPSession, float], seconds: float) -> dict[str, Any]:
    """Since `watch`: milliseconds from a reading's stamp to the change, frames that were missed, and the
    share of the time that the page's own thread worked.
    """
    session, busy_s = begun
    late_ms: list[float] = await page.evaluate("window.late")
    gaps_ms: list[float] = await page.evaluate("window.gaps")
    used_s = await _busy_s(session) - busy_s
    return {
        "changes": len(late_ms),
        "p50_ms": _part(late_ms, 0.5),
        "p99_ms": _part(late_ms, 0.99),
        "worst_ms": round(max(late_ms), 1) if late_ms else None,
        "frames": len(gaps_ms),
        "frames_missed": sum(max(0, round(gap / FRAME_MS) - 1) for gap in gaps_ms),
        "worst_frame_ms": round(max(gaps_ms), 1) if gaps_ms else None,
        "page_cpu": round(used_s / seconds, 3),
    }


async def _busy_s(session: CDPSession) -> float:
    found = await session.send("Performance.getMetrics")
    return float(next(one["value"] for one in found["metrics"] if one["name"] == "TaskDuration"))


def _part(values: list[float], share: float) -> float | None:
    if len(values) < 2:
        return None
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return round(cuts[round(share * 100) - 1], 1)
