// The time slider: a histogram of events whose two ends can be dragged, and that plays.
import { drawn } from "./dom.js";

const DAY = 86400000;
const MOST = 60;
const STEP = 700;
const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// Days at which bars begin: whole days, months, quarters or years over the time in which nearly all events lie.
export const bins = (days) => {
  const starts = days.map(([first]) => first).sort();
  if (!starts.length) return [];
  const [low, high] = [starts[Math.floor(starts.length * 0.03)], starts[Math.ceil(starts.length * 0.98) - 1]];
  const length = number(high) - number(low) + 1;
  const edges = [];
  if (length <= MOST) for (let day = number(low); day <= number(high) + 1; day += 1) edges.push(iso(day));
  else {
    const months = [1, 3, 12, 60, 120].find((step) => length / 30.4 / step <= MOST) || 600;
    let at = Number(low.slice(0, 4)) * 12 + Number(low.slice(5, 7)) - 1;
    at -= at % months;
    for (;;) {
      const edge = `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
      edges.push(edge);
      if (edge > high) break;
      at += months;
    }
  }
  if (starts[0] < edges[0]) edges.unshift("");
  const last = edges[edges.length - 1];
  if (days.some(([first]) => first >= last)) edges.push("9999");
  return edges;
};

export const makeTime = (parts, filter, words, state) => {
  const edges = bins(filter.days);
  const count = Math.max(edges.length - 1, 0);
  const { svg, low, high, play, reading, undated, undatedText, box } = parts;
  box.hidden = count < 1;
  const bars = [];
  svg.setAttribute("viewBox", `0 0 ${Math.max(count, 1) * 10} 40`);
  const band = drawn("rect", { class: "band", y: 0, height: 40 });
  svg.append(band);
  for (let index = 0; index < count; index += 1) {
    bars.push(["all", "now"].map((name) => svg.appendChild(drawn("rect", { class: name, x: index * 10 + 1, width: 8 }))));
  }
  const bin = (day) => {
    let at = 0;
    while (at < count - 1 && edges[at + 1] <= day) at += 1;
    return at;
  };
  const tally = (days) => {
    const made = new Array(count).fill(0);
    for (const [first] of days) made[bin(first)] += 1;
    return made;
  };
  const total = tally(filter.days);
  const top = Math.max(...total, 1);
  const height = (value) => (value ? Math.max(Math.sqrt(value / top) * 38, 2) : 0);
  const size = (bar, value) => {
    bar.setAttribute("height", height(value));
    bar.setAttribute("y", 40 - height(value));
  };
  total.forEach((value, index) => size(bars[index][0], value));
  for (const input of [low, high]) input.max = count;

  const before = (day) => iso(number(day) - 1);
  const window_ = (now) => [now.from ? bin(now.from) : 0, now.to ? bin(now.to) + 1 : count];
  const set = (a, b) => {
    const [left, right] = [Math.max(Math.min(a, count - 1), 0), Math.min(Math.max(b, 1), count)];
    state.set({ from: left > 0 ? edges[left] : "", to: right < count ? before(edges[right]) : "" });
  };
  const say = (index, end) => {
    const day = edges[index];
    if (day === "") return words.text("before", { day: words.day(edges[1]) });
    if (day === "9999") return words.text("after", { day: words.day(edges[index - 1]) });
    return words.day(end ? before(day) : day);
  };
  low.addEventListener("input", () => set(Math.min(Number(low.value), Number(high.value) - 1), Number(high.value)));
  high.addEventListener("input", () => set(Number(low.value), Math.max(Number(high.value), Number(low.value) + 1)));
  undated.addEventListener("change", () => state.set({ undated: undated.checked }));

  // The window itself moves when its middle is dragged.
  let grip = null;
  svg.addEventListener("pointerdown", (event) => {
    const [a, b] = window_(state.now);
    grip = { x: event.clientX, a, b };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const moved = Math.round(((event.clientX - grip.x) / svg.clientWidth) * count);
    const shift = Math.max(-grip.a, Math.min(moved, count - grip.b));
    if (shift || moved) set(grip.a + shift, grip.b + shift);
  });
  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => (grip = null));

  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    label();
  };
  const label = () => {
    play.textContent = timer ? "❚❚" : "▶";
    play.setAttribute("aria-label", words.text(timer ? "pause" : "play"));
    play.title = words.text(timer ? "pause" : "play");
  };
  play.addEventListener("click", () => {
    if (timer) return stop();
    let [a, b] = window_(state.now);
    if (b >= count) {
      const length = a === 0 ? Math.max(Math.round(count / 8), 1) : b - a;
      [a, b] = [0, length];
      set(a, b);
    }
    timer = setInterval(() => {
      const [left, right] = window_(state.now);
      if (right >= count) return stop();
      set(left + 1, right + 1);
    }, STEP);
    return label();
  });

  return {
    rename() {
      label();
      svg.setAttribute("aria-label", words.text("histogram", { n: filter.days.length }));
    },
    show(found, now) {
      if (!count) return;
      tally(found.days).forEach((value, index) => size(bars[index][1], value));
      const [a, b] = window_(now);
      bars.forEach(([, bar], index) => bar.classList.toggle("out", index < a || index >= b));
      band.setAttribute("x", a * 10);
      band.setAttribute("width", (b - a) * 10);
      low.value = a;
      high.value = b;
      low.setAttribute("aria-valuetext", say(a, false));
      high.setAttribute("aria-valuetext", say(b, true));
      reading.textContent = `${now.from ? words.day(now.from) : say(a, false)} – ${now.to ? words.day(now.to) : say(b, true)}`;
      undated.checked = now.undated;
      undatedText.textContent = words.text("undated", { n: found.undated });
    },
    stop,
  };
};
