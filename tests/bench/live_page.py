"""What a page of the dashboard shows while readings come, as the browser itself sees it."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from playwright.async_api import CDPSession, Page

FRAME_MS: Final = 1_000 / 60
BIN_MS: Final = 0.5
HEAP_SAMPLES: Final = 10
WATCH: Final = """(binMs) => {
  const bins = () => ({ counts: new Uint32Array(20_001), worst: 0 });
  const add = (to, ms) => {
    to.counts[Math.min(to.counts.length - 1, Math.max(0, Math.floor(ms / binMs)))] += 1;
    to.worst = Math.max(to.worst, ms);
  };
  window.late = bins(); window.gaps = bins(); window.missed = 0;
  const seen = new Map();
  new MutationObserver((changes) => {
    const now = performance.timeOrigin + performance.now();
    for (const { target } of changes) {
      const room = target.dataset.room ?? "", stamp = target.dataset.wallNs;
      if (seen.get(room) === stamp) continue;
      seen.set(room, stamp);
      add(window.late, now - Number(stamp) / 1e6);
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-wall-ns"] });
  let last = performance.now();
  const tick = (now) => {
    add(window.gaps, now - last);
    window.missed += Math.max(0, Math.round((now - last) * 60 / 1_000) - 1);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""
"""A change of the DOM is seen in the same task; pages mark it with the reading's own time. It counts in
bins, so that what it keeps does not grow with the time that it watches.
"""
READ: Final = """(name) => ({ worst: window[name].worst,
  counts: [...window[name].counts].flatMap((count, at) => count ? [[at, count]] : []) })"""


async def watched(page: Page, seconds: float) -> dict[str, Any]:
    """For so long: milliseconds from a reading's stamp to the change, frames that were missed, the
    share of the time that the page's own thread worked, and what it holds in memory after a collection
    of garbage, at the beginning, at each tenth and at the end.
    """
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable")
    heap_mb, nodes = [await _heap_mb(session)], await _metric(session, "Nodes")
    await page.evaluate(WATCH, BIN_MS)
    busy_s = await _metric(session, "TaskDuration")
    for _ in range(HEAP_SAMPLES):
        await asyncio.sleep(seconds / HEAP_SAMPLES)
        heap_mb.append(await _heap_mb(session))
    used_s = await _metric(session, "TaskDuration") - busy_s
    late, gaps = await page.evaluate(READ, "late"), await page.evaluate(READ, "gaps")
    return {
        "changes": sum(count for _, count in late["counts"]),
        "p50_ms": _part(late["counts"], 0.5),
        "p99_ms": _part(late["counts"], 0.99),
        "worst_ms": round(late["worst"], 1) if late["counts"] else None,
        "frames": sum(count for _, count in gaps["counts"]),
        "frames_missed": await page.evaluate("window.missed"),
        "worst_frame_ms": round(gaps["worst"], 1),
        "page_cpu": round(used_s / seconds, 3),
        "heap_mb": heap_mb,
        "nodes": [nodes, await _metric(session, "Nodes")],
    }


async def _heap_mb(session: CDPSession) -> float:
    await session.send("HeapProfiler.collectGarbage")
    return round(await _metric(session, "JSHeapUsedSize") / 2**20, 2)


async def _metric(session: CDPSession, name: str) -> float:
    found = await session.send("Performance.getMetrics")
    return float(next(one["value"] for one in found["metrics"] if one["name"] == name))


def _part(counts: list[list[int]], share: float) -> float | None:
    """The upper edge of the bin that a share of all lies below; None where nothing was seen."""
    left = share * sum(count for _, count in counts)
    for at, count in counts:
        left -= count
        if left <= 0:
            return (at + 1) * BIN_MS
    return None
