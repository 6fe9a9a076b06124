import { button, h, icon } from "../dom";
import { points } from "../points";
import type { Context, Mount, Screen } from "../screen";

/** An offer that says what skipping means; once it is taken, the points. */
export const calibrating: Mount = (context, state) => {
  const offered = offer(context);
  const shown = points(context);
  const root = h("div", { class: "calibrating" }, offered.root);
  let running = false;
  const screen: Screen = {
    root,
    update(now) {
      if ((now.calibration !== null) !== running) {
        running = now.calibration !== null;
        root.replaceChildren(running ? shown.root : offered.root);
        (running ? shown.root : offered.focus()).focus({ preventScroll: true });
      }
      if (now.calibration !== null) {
        shown.update(now.calibration);
      } else {
        offered.update();
      }
    },
  };
  screen.update(state, 0);
  screen.focus = running ? shown.root : offered.focus();
  return screen;
};

/** Places on the screen are known only where the page fills it. */
function fillsScreen(): boolean {
  return innerWidth >= 0.97 * screen.width && innerHeight >= 0.97 * screen.height;
}

function offer({ words, press }: Context) {
  const begin = button("primary", "arrow-right", words.calibrating.begin, () => press({ type: "begin_calibration" }));
  const skip = button("quiet", "skip-forward", words.calibrating.skip, () => press({ type: "skip_calibration" }));
  for (const one of [begin, skip]) {
    one.classList.add("large");
  }
  const small = h("p", { class: "hint" }, words.calibrating.needsWholeScreen);
  const items = words.calibrating.points.map(([name, text]) =>
    h("li", {}, icon(name ?? "check"), h("span", {}, text ?? "")),
  );
  const update = (): void => {
    begin.hidden = !fillsScreen();
    small.hidden = !begin.hidden;
  };
  update();
  return {
    root: h(
      "section",
      { class: "screen welcome" },
      h("h1", { class: "title" }, words.calibrating.title),
      h("p", { class: "lead" }, words.calibrating.lead),
      h("ul", { class: "points" }, ...items),
      h("div", { class: "go" }, begin, skip, small),
    ),
    focus: () => (begin.hidden ? skip : begin),
    update,
  };
}
