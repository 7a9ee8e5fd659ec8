"""The page in a real browser: looked at, worked with by hand and by keyboard, and checked for accessibility.

    python3 -m venv V && V/bin/pip install playwright && npm pack axe-core && tar xzf axe-core-*.tgz
    V/bin/python tests/browser/page.py RIN WORLD EXPORTS [--axe package/axe.min.js] [--shots FOLDER] [--few]
    V/bin/python tests/browser/page.py RIN WORLD EXPORTS --readme docs

RIN is the program as it is installed (its plugins beside it), WORLD the network that `cargo demo` leaves (it is copied
and stays as it is), EXPORTS is tests/data. Chromium is the system's own. Ends with 0 if all holds, 1 with what does not,
and 0 with a message where there is no browser. With --few each view is looked at once in each language. With --readme
the pictures of README.md are made, and nothing is checked; pngquant makes them small.
"""

import argparse
import base64
import itertools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

NOW = "2026-08-17"
# What is looked at; words before a colon say what is done there first.
VIEWS = {
    "network": "/network",
    "circles": "circles:/network",
    "network-narrowed": "/network?filter=platform%3Amastodon%20alive",
    "network-wrong": "/network?filter=platform%3A",
    "week": "/week",
    "week-open": "open:/week?calendar=new",
    "people": "/people",
    "people-fading": "/people?text=a&level=fading",
    "party": "first:/people",
    "party-open": "open:/people/2",
    "programme": "/programme",
    "programme-budget": "/programme?budget=1",
    "campaigns": "/campaigns",
    "campaign-over": "/campaigns/lesesommer",
    "campaign-runs": "/campaigns/buchherbst",
    "exit": "/exit",
    "exit-asked": "/exit?platform=&from=2026-09-01&until=2027-03-01",
    "handover": "/exit/handover?from=stadtbuecherei.muehlbach&to=post%40buecherei.example",
    "plugins": "/plugins",
    "plugin": "/plugins/org.rin.mastodon",
    "import": "/import",
    "nothing": "/nowhere",
}
WIDTHS = {1440: 1000, 380: 800}
LANGS = ["de", "en"]
SCHEMES = ["light", "dark"]

failed = []


def check(what, holds, more=""):
    print(("ok    " if holds else "FAILS ") + what, more if not holds else "", flush=True)
    if not holds:
        failed.append(what)


class Page:
    """A served network in a folder of its own."""

    def __init__(self, rin, world, *words):
        self.folder = tempfile.TemporaryDirectory()
        home = pathlib.Path(self.folder.name)
        data = home / "rin"
        # What the program needs of the system's own: on Windows, for one, nothing starts without it.
        self.environment = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT")} | {
            "RIN_DATA_DIR": str(data),
            "XDG_DATA_HOME": str(home),
            "TZ": "UTC",
            "LANG": "C",
        }
        self.rin = rin
        if world:
            shutil.copytree(world, data)
        else:
            self.run("init")
        self.server = subprocess.Popen(
            [rin, "serve", "--port", "0", "--now", NOW, *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.server.stdout.readline().strip()
        self.root = self.address.split("/?")[0]

    def run(self, *words):
        done = subprocess.run([self.rin, *words, "--now", NOW], env=self.environment, check=False, capture_output=True)
        return done.stdout.decode()

    def close(self):
        self.server.kill()
        self.server.wait()
        self.folder.cleanup()


def visit(browser, page, lang="en", **how):
    """Returns a window that has entered the page, what its console complains of, and whom it asks besides."""
    context = browser.new_context(**how)
    window = context.new_page()
    complaints = []
    window.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    elsewhere = []
    window.on(
        "request",
        lambda request: None if request.url.startswith((page.root, "data:")) else elsewhere.append(request.url),
    )
    window.goto(page.address)
    window.goto(f"{page.root}/language/{lang}?to=/week")
    return window, complaints, elsewhere


def go(window, page, path):
    """Goes to a view, and waits until it stands still."""
    how, _, path = path.rpartition(":/") if ":/" in path else ("", "", path[1:])
    window.goto(f"{page.root}/{path}")
    if how == "first":
        window.locator("tbody a").first.click()
        window.wait_for_url("**/people/*")
    if how == "open":
        window.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    if how == "circles":
        window.locator("#circles").click()
    if window.locator("canvas").count():
        window.wait_for_function("'drawn' in document.querySelector('canvas').dataset")


def look(browser, page, asked):
    """Every view, both languages, light and dark, wide and narrow."""
    ways = list(itertools.product(LANGS, SCHEMES, WIDTHS))
    if asked.few:
        ways = [("de", "dark", 380), ("en", "light", 1440)]
    axe = asked.axe.read_text() if asked.axe else None
    for lang, scheme, width in ways:
        size = {"width": width, "height": WIDTHS[width]}
        window, complaints, elsewhere = visit(
            browser, page, lang, viewport=size, color_scheme=scheme, reduced_motion="reduce"
        )
        for name, path in VIEWS.items():
            go(window, page, path)
            label = f"{name} {lang} {scheme} {width}"
            wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            check(f"fits: {label}", wide <= 0, wide)
            lines = window.evaluate(TOP_LINES)
            check(f"one line of navigation: {label}", lines <= 1, lines)
            if axe:
                window.evaluate(axe)
                found = window.evaluate("axe.run()")["violations"]
                told = [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
                check(f"axe: {label}", not found, told)
            if asked.shots:
                file = asked.shots / f"{name}-{lang}-{scheme}-{width}.png"
                window.screenshot(path=file, full_page=True)
        # What is not there and what is not understood is told to the console by the browser itself.
        loud = [one for one in complaints if "404" not in one and "422" not in one]
        check(f"quiet: {lang} {scheme} {width}", not loud, loud[:3])
        check(f"asks nobody else: {lang} {scheme} {width}", not elsewhere, elsewhere[:3])
        window.context.close()


# In how many lines the places of the navigation stand.
TOP_LINES = """() => {
    const shown = [...document.querySelectorAll("nav a")].map((one) => one.getBoundingClientRect());
    return new Set(shown.filter((one) => one.width > 0).map((one) => Math.round(one.top))).size;
}"""


def work(browser, page):
    """A week worked off, taken back, the language switched."""
    window, complaints, _ = visit(browser, page)
    lines = window.locator(".line")
    before, name = lines.count(), lines.first.locator("h2").inner_text()
    minutes = window.locator(".minutes strong").inner_text()
    lines.first.get_by_role("button", name="Done").click()
    news = window.locator(".said")
    news.get_by_text("Done:").wait_for()
    check("done says so", name in news.inner_text(), news.inner_text())
    check("the line is gone", name not in window.locator(".lines h2").all_inner_texts())
    check("focus is on what happened", window.evaluate("document.activeElement.hasAttribute('data-focus')"))
    check("minutes went down", minutes != window.locator(".minutes strong").inner_text())
    news.get_by_role("button", name="Undo").click()
    news.get_by_text("Taken back").wait_for()
    check("the line is back", lines.count() == before and name in window.locator(".lines").inner_text())
    check("the minutes are back", minutes == window.locator(".minutes strong").inner_text())
    while window.locator(".line").count():
        first = window.locator(".line").first.locator("h2").inner_text()
        window.locator(".line").first.get_by_role("button", name="Later").click()
        news.get_by_text(f"Later: {first}").wait_for()
    check("the week is worked off", "Said this week" in window.locator("main").inner_text())
    window.get_by_role("link", name="Deutsch").click()
    check("the language is switched", "Diese Woche" in window.locator("h1").inner_text())
    check("no complaints", not complaints, complaints)
    window.context.close()


def keys(browser, page):
    """The same with nothing but a keyboard, on a narrow screen."""
    window, _, _ = visit(browser, page, viewport={"width": 380, "height": 800})
    window.goto(page.root + "/week")
    window.keyboard.press("Tab")
    skip = window.evaluate("document.activeElement.className")
    check("the first stop skips the navigation", skip == "skip", skip)
    window.keyboard.press("Enter")
    for _ in range(12):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.value") == "later":
            break
    check("later is reached", window.evaluate("document.activeElement.value") == "later")
    ring = window.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    check("the focus is seen", ring == "solid", ring)
    window.keyboard.press("Enter")
    window.locator(".said").get_by_text("Later:").wait_for()
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.locator(".said").get_by_text("Taken back").wait_for()
    check("later and back by keyboard", True)
    # Every place of the navigation is reached and seen when it has the focus.
    window.goto(page.root + "/week")
    seen = []
    for _ in range(12):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.closest('nav') !== null"):
            box = window.evaluate("(({left, right}) => [left, right])(document.activeElement.getBoundingClientRect())")
            seen.append((window.evaluate("document.activeElement.textContent"), box))
    check("every place is reached by keyboard", len(seen) == 8, seen)
    check("and seen there", all(0 <= left and right <= 380 for _, (left, right) in seen), seen)
    for _ in range(40):
        window.keyboard.press("Shift+Tab")
        if window.evaluate("document.activeElement.textContent") == "Network":
            break
    window.keyboard.press("Enter")
    window.wait_for_url("**/network")
    window.wait_for_function("'drawn' in document.querySelector('canvas').dataset")
    window.locator("canvas").focus()
    window.keyboard.press("n")
    told = window.locator("#facts")
    told.wait_for()
    name = told.inner_text().split("\n")[0]
    window.keyboard.press("Enter")
    window.wait_for_url("**/people/*")
    check("a dot is opened by keyboard", window.locator("h1").inner_text() in name, name)
    window.context.close()


def wander(browser, page):
    """The network narrowed down, a person looked up and written about, a campaign opened."""
    window, complaints, _ = visit(browser, page)
    window.goto(page.root + "/network")
    rows = window.locator("#people tbody tr")
    before = rows.count()
    window.locator("#filter").fill("fading")
    window.keyboard.press("Enter")
    window.wait_for_url("**filter=fading**")
    check("a filter narrows", 0 < rows.count() < before, (rows.count(), before))
    rows.first.locator("a").click()
    window.wait_for_url("**/people/*")
    window.locator("#tag").fill("<b>press")
    window.keyboard.press("Enter")
    window.get_by_text("<b>press", exact=True).wait_for()
    window.locator("#note").fill("Met at the fair")
    window.keyboard.press("Enter")
    window.locator("li p", has_text="Met at the fair").wait_for()
    window.get_by_role("button", name=re.compile("^Remove.*<b>press")).click()
    window.locator(".sure summary").click()
    window.get_by_role("button", name="For good").click()
    window.locator(".sure").wait_for(state="detached")
    check("words and notes come and go", "press" not in window.locator("main").inner_text())
    window.goto(page.root + "/campaigns")
    window.locator(".cards a").first.click()
    window.wait_for_url("**/campaigns/*")
    check("a campaign is opened", window.locator("h1").count() == 1)
    check("no complaints", not complaints, complaints)
    window.context.close()


# What a person does who drops files from another window.
DROP = """([name, text]) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const there = new DataTransfer();
    there.items.add(new File([bytes], name));
    const drop = document.querySelector("[data-drop]");
    drop.dispatchEvent(new DragEvent("drop", { dataTransfer: there, bubbles: true, cancelable: true }));
}"""


def bring(browser, page, exports):
    """An export dropped, one chosen as a folder, and one that is none."""
    window, complaints, _ = visit(browser, page)
    window.goto(page.root + "/import")
    archive = next((exports / "mastodon").glob("*.zip"))
    window.evaluate(DROP, [archive.name, base64.b64encode(archive.read_bytes()).decode()])
    window.wait_for_url("**/import/*")
    window.get_by_role("heading", name="Imported").wait_for()
    check("a dropped export is imported", "Mastodon" in window.locator("main").inner_text())
    window.goto(page.root + "/import")
    window.set_input_files("#folder", str(exports / "bluesky/pds"))
    window.wait_for_url("**/import/*")
    window.get_by_role("heading", name="Imported").wait_for()
    check("a folder is imported", "Bluesky" in window.locator("main").inner_text())
    window.goto(page.root + "/import")
    window.evaluate(DROP, ["holiday.txt", base64.b64encode(b"this is no export").decode()])
    window.wait_for_url("**/import/*")
    window.get_by_role("heading", name="Nothing could be imported").wait_for()
    check("what is no export is told so", "holiday.txt" in window.locator("main").inner_text())
    window.goto(page.root + "/week")
    check("the week is there", window.locator(".line").count() > 3)
    check("no complaints", not complaints, complaints)
    window.context.close()


def forbid(browser, page):
    """What the policy keeps from running."""
    window, complaints, _ = visit(browser, page)
    ran = window.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            return window.ran === true;
        }"""
    )
    check("an inline script does not run", not ran and any("script-src" in c for c in complaints))
    fetched = window.evaluate("fetch('https://example.org/').then(() => true, () => false)")
    check("no request leaves the machine", not fetched)
    window.context.close()


# The pictures of README.md: the view, the looks, the height.
README = {
    "page-network": ("/network", "light", 900),
    "page-week": ("/week", "dark", 900),
    "page-exit": ("/exit?platform=&from=2026-09-01&until=2027-03-01", "light", 1000),
}


def picture(browser, page, folder):
    """Makes the pictures that README.md shows."""
    for name, (path, scheme, height) in README.items():
        window, _, _ = visit(
            browser,
            page,
            viewport={"width": 1440, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        go(window, page, path)
        file = folder / f"{name}.png"
        window.screenshot(path=file)
        window.context.close()
        if shutil.which("pngquant"):
            words = ["pngquant", "--force", "--skip-if-larger", "--strip", "--speed", "1", "--output", file, "64", file]
            subprocess.run(words, check=False)
        print(f"{file}: {file.stat().st_size / 1024:.0f} KiB")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("rin")
    words.add_argument("world", type=pathlib.Path)
    words.add_argument("exports", type=pathlib.Path)
    words.add_argument("--axe", type=pathlib.Path)
    words.add_argument("--shots", type=pathlib.Path)
    words.add_argument("--few", action="store_true")
    words.add_argument("--readme", type=pathlib.Path)
    asked = words.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import Error as PlaywrightError
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if not chromium:
        print("skipped: there is no browser, or no playwright")
        return 0
    if asked.shots:
        asked.shots.mkdir(parents=True, exist_ok=True)
    full, empty = Page(asked.rin, asked.world), Page(asked.rin, None)
    try:
        with sync_playwright() as play:
            words = ["--no-sandbox", "--disable-dev-shm-usage"]
            try:
                browser = play.chromium.launch(executable_path=chromium, args=words)
            except PlaywrightError as error:
                print(f"skipped: the browser does not start: {str(error).splitlines()[0]}")
                return 0
            if asked.readme:
                picture(browser, full, asked.readme)
            else:
                look(browser, full, asked)
                wander(browser, full)
                keys(browser, full)
                work(browser, full)
                forbid(browser, full)
                bring(browser, empty, asked.exports)
            browser.close()
    finally:
        full.close()
        empty.close()
    print(f"{len(failed)} do not hold" if failed else "all hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
