// How long what is recorded is kept, in words: the site's own, and the day of deletion where there is one.
import type { Context } from "./screen";
import type { Kept, Language } from "./state";

export function kept({ words, language }: Context, given: Kept): string {
  const until = given.until === "" ? "" : words.receipt.until(day(given.until, language));
  return [given[language], until].filter((one) => one !== "").join(" ") || words.receipt.kept;
}

/** A date of the calendar, which is the same in every time zone. */
function day(iso: string, language: Language): string {
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}
