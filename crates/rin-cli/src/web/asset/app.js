// What saves reloading. Every page reads and every form but the one for dropped files works without it.
"use strict";

const german = document.documentElement.lang === "de";
const pick = (en, de) => (german ? de : en);

// Forms marked so are sent in the background, and only the content is exchanged.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-soft]")) {
    return;
  }
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  for (const button of form.querySelectorAll("button")) {
    button.disabled = true;
  }
  try {
    await show(await fetch(form.action, { method: form.method, body }));
  } catch {
    location.reload();
  }
});

async function show(response) {
  const text = await response.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("main");
  if (!fresh) {
    location.reload();
    return;
  }
  const change = () => {
    document.querySelector("main").replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    (fresh.querySelector("[data-focus]") ?? fresh).focus({ preventScroll: !fresh.querySelector("[role=alert]") });
    begin();
  };
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (document.startViewTransition && !isCalm) {
    const transition = document.startViewTransition(change);
    // Whoever goes on at once skips the rest of it, which is no fault.
    transition.ready.catch(() => {});
    transition.finished.catch(() => {});
    await transition.updateCallbackDone;
  } else {
    change();
  }
}

// On a narrow screen the place where one is may lie beyond the edge of the navigation.
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// Whatever a page needs once its content is there.
function begin() {
  const drop = document.querySelector("[data-drop]");
  if (drop) {
    receive(drop);
  }
  const progress = document.querySelector("[data-import]");
  if (progress) {
    follow(progress);
  }
}

// Files are dropped or chosen, sent one by one, and read when all are there.
function receive(drop) {
  const choose = (input) => input.addEventListener("change", () => send(drop, chosen(input)));
  drop.querySelectorAll("input[type=file]").forEach(choose);
  for (const button of drop.querySelectorAll("[data-opens]")) {
    button.addEventListener("click", () => drop.querySelector(button.dataset.opens).click());
  }
  const over = (is) => (event) => {
    event.preventDefault();
    drop.classList.toggle("over", is);
  };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", async (event) => {
    over(false)(event);
    // Both lists are gone once this function waits for anything.
    const plain = [...event.dataTransfer.files].map((file) => ({ path: file.name, file }));
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry());
    const files = [];
    for (const entry of entries.filter(Boolean)) {
      await walk(entry, files);
    }
    send(drop, files.length > 0 ? files : plain);
  });
}

function chosen(input) {
  return [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function walk(entry, files) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    files.push({ path: entry.fullPath.replace(/^\/+/, ""), file });
    return;
  }
  const reader = entry.createReader();
  const read = () => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  for (let some = await read(); some.length > 0; some = await read()) {
    for (const inner of some) {
      await walk(inner, files);
    }
  }
}

async function send(drop, files) {
  if (files.length === 0) {
    return;
  }
  const bar = drop.querySelector("progress");
  const say = drop.querySelector("[data-says]");
  bar.hidden = false;
  for (const control of drop.querySelectorAll("button, input")) {
    control.disabled = true;
  }
  try {
    const { job } = await (await post("/import")).json();
    for (const [number, { path, file }] of files.entries()) {
      bar.value = number / files.length;
      say.textContent = pick(`Taking in ${path}`, `Nehme entgegen: ${path}`);
      await post(`/import/file/${job}?path=${encodeURIComponent(path)}`, file);
    }
    await post(`/import/start/${job}`);
    location.assign(`/import/${job}`);
  } catch (error) {
    bar.hidden = true;
    say.textContent = pick(`That did not work: ${error.message}`, `Das ging nicht: ${error.message}`);
    for (const control of drop.querySelectorAll("button, input")) {
      control.disabled = false;
    }
  }
}

async function post(address, body) {
  const response = await fetch(address, { method: "POST", body });
  if (!response.ok) {
    throw new Error((await response.text()).slice(0, 300));
  }
  return response;
}

// An import tells how far it is; when it is done, the report is shown in its place.
function follow(progress) {
  const bar = progress.querySelector("progress");
  const say = progress.querySelector("[data-says]");
  const events = new EventSource(progress.dataset.import);
  events.addEventListener("message", async (event) => {
    const { source, done, total, is_over } = JSON.parse(event.data);
    if (is_over) {
      events.close();
      await show(await fetch(location.href));
      return;
    }
    say.textContent = source;
    if (total > 0) {
      bar.max = total;
      bar.value = done;
    }
  });
}

begin();
