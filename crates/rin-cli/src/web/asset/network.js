// The picture of the network on a canvas: weave and circles, pan and zoom, pointing and walking through it.
//
// Every figure comes from `/network/picture`; what is computed here is where on the screen it stands.

"use strict";

(() => {
  const canvas = document.getElementById("network");
  if (!canvas) return;
  const pen = canvas.getContext("2d");
  const words = JSON.parse(canvas.dataset.words);
  const lang = canvas.dataset.lang;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");
  const field = document.getElementById("filter");
  const said = document.getElementById("filter-said");
  const facts = document.getElementById("facts");

  const ALIVE = 0;
  const FADING = 1;
  const LAPSED = 2;
  const MOST_LABELS = 18;
  const PADDING = 34;

  let net = null;
  let near = [];
  let colours = [];
  let view = { x: 0, y: 0, scale: 1 };
  let mix = 0; // 0 is the weave, 1 the circles.
  let chosen = -1;
  let isWaiting = false;
  let width = 0;
  let height = 0;
  let xs = new Float32Array(0);
  let ys = new Float32Array(0);
  let radii = new Float32Array(0);
  let isOut = new Uint8Array(0);
  let byStrength = [];

  // ---- what is drawn

  async function load(source) {
    const answer = await fetch(source, { headers: { accept: "application/json" } });
    if (answer.status === 422) {
      const trouble = await answer.json();
      said.textContent = [trouble.what, trouble.remedy].filter(Boolean).join(" – ");
      said.hidden = false;
      return false;
    }
    if (!answer.ok) return false;
    said.hidden = true;
    take(await answer.json());
    return true;
  }

  function take(picture) {
    const key = chosen >= 0 ? net.parties[chosen] : 0;
    net = picture;
    const n = net.names.length;
    xs = new Float32Array(n);
    ys = new Float32Array(n);
    isOut = new Uint8Array(n);
    for (const at of net.left_out) isOut[at] = 1;
    near = Array.from({ length: n }, () => []);
    for (let i = 0; i < net.links.length; i += 2) {
      near[net.links[i]].push(net.links[i + 1]);
      near[net.links[i + 1]].push(net.links[i]);
    }
    radii = new Float32Array(n);
    byStrength = [...net.names.keys()].sort((a, b) => net.strengths[b] - net.strengths[a]);
    chosen = key ? net.parties.indexOf(key) : -1;
    measure();
  }

  function readColours() {
    const shown = document.querySelectorAll("#legend [data-platform] .platform");
    colours = [...shown].map((one) => getComputedStyle(one, "::before").backgroundColor);
  }

  // ---- where it stands

  function measure() {
    const ratio = devicePixelRatio || 1;
    width = canvas.clientWidth;
    height = canvas.clientHeight;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    if (net) grow();
    place();
  }

  // Dots are as large as there is room for; of many only groups are.
  function grow() {
    const room = Math.min(width, height) / Math.sqrt(Math.max(xs.length, 1));
    const isGathered = Object.keys(net.members).length > 0;
    const size = Math.min(1.35, Math.max(0.4, room / 40)) * (isGathered ? 0.65 : 1);
    for (let at = 0; at < xs.length; at += 1) {
      const members = net.members[at];
      const strength = Math.sqrt(net.strengths[at] / 10);
      radii[at] = members ? 3 + Math.min(30, 0.4 * Math.sqrt(members)) : size * (2.6 + Math.min(8.5, 2.3 * strength));
    }
  }

  // The part of the plane that the weave takes, so that it fills the canvas whatever its shape.
  function extent() {
    let [left, right, top, bottom] = [1, -1, 1, -1];
    for (let i = 0; i < net.places.length; i += 4) {
      const [x, y] = [net.places[i] / 1000, net.places[i + 1] / 1000];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
  }

  function circleScale() {
    return Math.min(width, height) / 2 - PADDING;
  }

  function place() {
    if (!net || !width) return;
    const around = extent();
    const room = { width: width - 2 * PADDING, height: height - 2 * PADDING };
    const woven = Math.min(
      room.width / Math.max(around.width, 0.2),
      room.height / Math.max(around.height, 0.2),
      width / 1.4,
    );
    const round = circleScale();
    const eased = mix * mix * (3 - 2 * mix);
    for (let at = 0; at < xs.length; at += 1) {
      const [wx, wy, cx, cy] = [0, 1, 2, 3].map((k) => net.places[4 * at + k] / 1000);
      xs[at] = (1 - eased) * (wx - around.x) * woven + eased * cx * round;
      ys[at] = (1 - eased) * (wy - around.y) * woven + eased * cy * round;
    }
    ask();
  }

  const screenX = (at) => width / 2 + view.x + xs[at] * view.scale;
  const screenY = (at) => height / 2 + view.y + ys[at] * view.scale;
  // In the circles the crowd is in the middle, so dots are smaller there.
  const radius = (at) => radii[at] * Math.sqrt(view.scale) * (1 - 0.25 * mix);

  // ---- drawing

  function ask() {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(draw);
  }

  function draw() {
    isWaiting = false;
    if (!net) return;
    const ratio = devicePixelRatio || 1;
    const ink = getComputedStyle(canvas).color;
    const sheet = getComputedStyle(canvas).backgroundColor;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.globalAlpha = 1;
    pen.clearRect(0, 0, width, height);
    if (mix > 0) drawRings(ink);
    drawLinks(ink);
    drawDots(sheet);
    drawLabels(ink, sheet);
    if (chosen >= 0) {
      pen.globalAlpha = 1;
      pen.strokeStyle = ink;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(screenX(chosen), screenY(chosen), radius(chosen) + 4, 0, 7);
      pen.stroke();
    }
  }

  function drawRings(ink) {
    const [x, y] = [width / 2 + view.x, height / 2 + view.y];
    const round = circleScale() * view.scale;
    pen.strokeStyle = ink;
    pen.fillStyle = ink;
    pen.lineWidth = 1;
    pen.font = "12px system-ui, sans-serif";
    pen.textAlign = "center";
    for (const [share, at] of net.rings) {
      pen.globalAlpha = 0.16 * mix;
      pen.beginPath();
      pen.arc(x, y, at * round, 0, 7);
      pen.stroke();
      pen.globalAlpha = 0.75 * mix;
      pen.fillText(`${Math.round(100 * share)} %`, x, y - at * round - 3);
    }
    if (net.sectors.length < 2) return;
    for (const [platform, from, to] of net.sectors) {
      pen.strokeStyle = colours[platform] ?? ink;
      pen.lineWidth = 3;
      pen.globalAlpha = 0.8 * mix;
      pen.beginPath();
      pen.arc(x, y, 1.04 * round, from - Math.PI / 2, to - Math.PI / 2);
      pen.stroke();
      const name = document.querySelector(`#legend [data-platform="${platform}"] .platform`)?.textContent;
      const middle = (from + to) / 2;
      const out = 1.04 * round + 12;
      pen.globalAlpha = mix;
      pen.fillStyle = ink;
      // On a narrow screen a name stands over its arc rather than beyond the edge.
      const wide = pen.measureText(name ?? "").width;
      const left = x + out * Math.sin(middle) - (Math.sin(middle) < 0 ? wide : 0);
      pen.textAlign = "start";
      pen.fillText(name ?? "", Math.max(4, Math.min(width - wide - 4, left)), y - out * Math.cos(middle) + 4);
    }
  }

  function drawLinks(ink) {
    const links = net.links;
    const crowd = Math.min(1, 400 / Math.max(1, links.length / 2));
    pen.strokeStyle = ink;
    pen.lineWidth = 1;
    pen.globalAlpha = (0.07 + 0.2 * crowd) * (chosen >= 0 ? 0.4 : 1) * (1 - (crowd < 1 ? 1 : 0.7) * mix);
    pen.beginPath();
    for (let i = 0; i < links.length; i += 2) {
      pen.moveTo(screenX(links[i]), screenY(links[i]));
      pen.lineTo(screenX(links[i + 1]), screenY(links[i + 1]));
    }
    pen.stroke();
    if (chosen < 0) return;
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const other of near[chosen]) {
      pen.moveTo(screenX(chosen), screenY(chosen));
      pen.lineTo(screenX(other), screenY(other));
    }
    pen.stroke();
  }

  // One path for each colour and level, however many dots there are.
  function drawDots(sheet) {
    drawGroups();
    const piles = new Map();
    for (let at = 0; at < xs.length; at += 1) {
      if (net.members[at]) continue;
      const [x, y, r] = [screenX(at), screenY(at), radius(at)];
      if (x < -r || y < -r || x > width + r || y > height + r) continue;
      const key = 16 * net.platforms[at] + 4 * isOut[at] + net.levels[at];
      if (!piles.has(key)) piles.set(key, []);
      piles.get(key).push([x, y, r]);
    }
    const keys = [...piles.keys()].sort((a, b) => (b & 7) - (a & 7));
    for (const key of keys) {
      const [platform, out, level] = [key >> 4, (key >> 2) & 1, key & 3];
      pen.fillStyle = colours[platform] ?? "gray";
      pen.strokeStyle = pen.fillStyle;
      pen.globalAlpha = out ? 0.12 : 1;
      pen.beginPath();
      for (const [x, y, r] of piles.get(key)) {
        pen.moveTo(x + r, y);
        pen.arc(x, y, r, 0, 7);
      }
      if (level === ALIVE) {
        pen.fill();
        pen.lineWidth = 1;
        pen.strokeStyle = sheet;
        pen.stroke();
        continue;
      }
      pen.fillStyle = level === FADING ? mixed(colours[platform], sheet) : sheet;
      pen.globalAlpha = out ? 0.12 : level === LAPSED ? 0.85 : level === FADING ? 1 : 0.5;
      pen.fill();
      pen.lineWidth = level === FADING ? 2 : 1.2;
      pen.stroke();
    }
  }

  // Groups lie under those drawn singly.
  function drawGroups() {
    for (const at of Object.keys(net.members).map(Number)) {
      pen.fillStyle = colours[net.platforms[at]] ?? "gray";
      pen.strokeStyle = pen.fillStyle;
      pen.beginPath();
      pen.arc(screenX(at), screenY(at), radius(at), 0, 7);
      pen.globalAlpha = 0.08 + (0.3 * Math.max(0, net.alive[at])) / 100;
      pen.fill();
      pen.globalAlpha = 0.6;
      pen.lineWidth = 1;
      pen.stroke();
    }
  }

  function mixed(colour, sheet) {
    return CSS.supports("color", `color-mix(in oklab, ${colour}, ${sheet} 65%)`)
      ? `color-mix(in oklab, ${colour}, ${sheet} 65%)`
      : sheet;
  }

  // Names of the strongest that do not cover each other.
  function drawLabels(ink, sheet) {
    const wanted = chosen >= 0 ? [chosen, ...near[chosen], ...byStrength] : byStrength;
    const most = Math.round(MOST_LABELS * Math.min(6, view.scale) * Math.min(1, width / 700));
    const taken = [];
    pen.font = "500 12px system-ui, sans-serif";
    pen.textAlign = "start";
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = sheet;
    pen.fillStyle = ink;
    pen.globalAlpha = 1;
    for (const at of wanted.slice(0, 160)) {
      if (taken.length >= Math.max(6, most)) break;
      if (isOut[at]) continue;
      const name = short(net.names[at]);
      const [x, y] = [screenX(at) + radius(at) + 4, screenY(at) + 4];
      const wide = pen.measureText(name).width;
      if (x < 0 || y < 14 || x + wide > width || y > height - 4) continue;
      const covers = (box) => x < box.x + box.wide + 6 && box.x < x + wide + 6 && Math.abs(y - box.y) < 15;
      if (taken.some(covers)) continue;
      if (at !== chosen && hides(x, y - 9, x + wide, y + 3) > (xs.length > 1000 ? 5 : 1)) continue;
      taken.push({ x, y, wide });
      pen.strokeText(name, x, y);
      pen.fillText(name, x, y);
    }
  }

  // Of an address the part that people call somebody by; the whole stands on the card.
  function short(name) {
    const part = name.indexOf("@") > 0 && !name.includes(" ") ? name.slice(0, name.indexOf("@")) : name;
    return part.length > 22 ? `${part.slice(0, 21)}…` : part;
  }

  // How many dots would lie under a name.
  function hides(left, top, right, bottom) {
    let n = 0;
    for (let at = 0; at < xs.length; at += 1) {
      const [x, y, r] = [screenX(at), screenY(at), 0.6 * radius(at)];
      if (x + r > left && x - r < right && y + r > top && y - r < bottom) n += net.levels[at] === ALIVE ? 2 : 1;
    }
    return n;
  }

  // ---- pointing

  function nearest(x, y) {
    let [best, least] = [-1, 20 * 20];
    for (let at = 0; at < xs.length; at += 1) {
      if (isOut[at]) continue;
      const far = Math.hypot(screenX(at) - x, screenY(at) - y) - radius(at);
      const square = far > 0 ? far * far : far;
      if (square < least) [best, least] = [at, square];
    }
    return best;
  }

  function choose(at) {
    if (at === chosen) return;
    chosen = at;
    canvas.classList.toggle("on-dot", at >= 0);
    for (const row of document.querySelectorAll("#people tr[data-at]")) {
      row.classList.toggle("chosen", Number(row.dataset.at) === at);
    }
    facts.hidden = at < 0;
    if (at >= 0) facts.replaceChildren(...describe(at));
    ask();
  }

  function made(tag, text, className) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  const day = (number) =>
    new Date(number * 864e5).toLocaleDateString(lang === "de" ? "de-DE" : "en-GB", {
      timeZone: "UTC",
      day: "numeric",
      month: "short",
      year: "numeric",
    });

  function describe(at) {
    const title = made("h3", net.names[at]);
    const platform = document.querySelector(`#legend [data-platform="${net.platforms[at]}"] .platform`);
    const place = platform ? platform.cloneNode(true) : made("span", "");
    const level = [words.alive, words.fading, words.lapsed, words.unknown][net.levels[at]];
    const share = net.alive[at] < 0 ? "" : ` · ${words.within} ${net.alive[at]} %`;
    const first = made("p", "");
    const state = net.alive[at] < 0 ? level : net.levels[at] === ALIVE ? "" : level;
    first.append(place, [state && ` · ${state}`, share].join(""));
    const lines = [title, first];
    if (net.members[at]) lines.push(made("p", `${net.members[at]} ${words.members}`, "faint"));
    const dated = [];
    if (net.last[at] !== null) dated.push(`${words.last} ${day(net.last[at])}`);
    if (net.lapse[at] !== null) {
      dated.push(`${net.levels[at] === LAPSED ? words.lapsedOn : words.lapse} ${day(net.lapse[at])}`);
    }
    if (dated.length) lines.push(made("p", dated.join(" · "), "faint small"));
    if (net.linked[at]) lines.push(made("p", `${words.links}: ${net.linked[at]}`, "faint small"));
    const link = made("a", net.opens[at] ? words.show : words.open, "button");
    link.href = target(at);
    lines.push(link);
    return lines;
  }

  const target = (at) => net.opens[at] ?? `/people/${net.parties[at]}`;

  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    held = { x: event.offsetX - view.x, y: event.offsetY - view.y, from: [event.offsetX, event.offsetY] };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointerup", (event) => {
    const moved = held ? Math.hypot(event.offsetX - held.from[0], event.offsetY - held.from[1]) : 0;
    held = null;
    if (moved > 5) return;
    const at = nearest(event.offsetX, event.offsetY);
    const isMouse = event.pointerType === "mouse";
    if (at >= 0 && at === chosen && isMouse) location.assign(target(at));
    else choose(at);
  });
  canvas.addEventListener("pointercancel", () => (held = null));
  canvas.addEventListener("pointermove", (event) => {
    if (!net) return;
    if (held) {
      view.x = event.offsetX - held.x;
      view.y = event.offsetY - held.y;
      ask();
    } else if (event.pointerType === "mouse") {
      const at = nearest(event.offsetX, event.offsetY);
      if (at >= 0) choose(at);
    }
  });

  // ---- scale and keyboard

  function zoom(factor, x = width / 2, y = height / 2) {
    const scale = Math.max(0.5, Math.min(40, view.scale * factor));
    const by = scale / view.scale;
    view.x = x - width / 2 - (x - width / 2 - view.x) * by;
    view.y = y - height / 2 - (y - height / 2 - view.y) * by;
    view.scale = scale;
    ask();
  }

  function whole() {
    view = { x: 0, y: 0, scale: 1 };
    ask();
  }

  canvas.addEventListener(
    "wheel",
    (event) => {
      // The page scrolls as ever unless somebody works with the picture.
      if (!event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY);
    },
    { passive: false },
  );

  function walk(step) {
    if (!net || !net.listed.length) return;
    const at = net.listed.indexOf(chosen);
    const next = at < 0 && step < 0 ? net.listed.length - 1 : (at + step + net.listed.length) % net.listed.length;
    choose(net.listed[next]);
    const [x, y] = [screenX(chosen), screenY(chosen)];
    if (x < 20 || y < 20 || x > width - 20 || y > height - 20) {
      view.x -= x - width / 2;
      view.y -= y - height / 2;
      ask();
    }
  }

  const moves = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    if (move) {
      view.x += move[0];
      view.y += move[1];
      ask();
    } else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") whole();
    else if (event.key === "n") walk(1);
    else if (event.key === "p") walk(-1);
    else if (event.key === "Escape") choose(-1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(target(chosen));
    else return;
    event.preventDefault();
  });

  document.getElementById("closer").addEventListener("click", () => zoom(1.4));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("whole").addEventListener("click", whole);

  // ---- weave or circles

  function show(circles, isAtOnce) {
    document.getElementById("weave").setAttribute("aria-pressed", String(!circles));
    document.getElementById("circles").setAttribute("aria-pressed", String(circles));
    document.getElementById("legend-weave").hidden = circles;
    document.getElementById("legend-circles").hidden = !circles;
    history.replaceState(null, "", location.pathname + location.search + (circles ? "#as-circles" : ""));
    const [from, to, began] = [mix, circles ? 1 : 0, performance.now()];
    const lasts = isAtOnce || isStill.matches ? 1 : 600;
    const step = (now) => {
      const gone = Math.min(1, Math.max(0, (now - began) / lasts));
      mix = from + (to - from) * gone;
      place();
      if (gone < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
  document.getElementById("weave").addEventListener("click", () => show(false));
  document.getElementById("circles").addEventListener("click", () => show(true));

  // ---- the table and the filter beside it

  document.addEventListener("pointerover", (event) => {
    const row = event.target.closest?.("#people tr[data-at]");
    if (row && net) choose(Number(row.dataset.at));
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("#people tr[data-at]");
    if (row && net) choose(Number(row.dataset.at));
  });

  // Puts the words and the table of another filter where those of the last one were.
  async function narrow() {
    const query = `?${new URLSearchParams(new FormData(field.form))}`;
    const asked = field.value;
    choose(-1);
    if (!(await load(`/network/picture${query}`)) || asked !== field.value) return;
    const answer = await fetch(`/network${query}`);
    if (!answer.ok || asked !== field.value) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [".head", ".beside #who ~ *", "#legend"]) {
      const [there, come] = [document, page].map((root) => [...root.querySelectorAll(part)]);
      if (there.length) there[0].before(...come);
      there.forEach((one) => one.remove());
    }
    history.replaceState(null, "", (query === "?filter=" ? location.pathname : query) + location.hash);
    readColours();
    ask();
  }

  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(narrow, 250);
  });

  // ---- begin

  readColours();
  new ResizeObserver(measure).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColours();
    ask();
  });
  if (location.hash === "#as-circles") show(true, true);
  load(canvas.dataset.source).then(() => canvas.setAttribute("data-drawn", ""));
})();
