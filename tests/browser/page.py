"""The page in a real browser: looked at, worked with by hand and by keyboard, and checked for accessibility.

    python3 -m venv V && V/bin/pip install playwright && npm pack axe-core && tar xzf axe-core-*.tgz
    V/bin/python tests/browser/page.py RIN EXPORTS [--axe package/axe.min.js] [--shots FOLDER]

RIN is the program as it is installed (its plugins beside it), EXPORTS is tests/data. Chromium is the system's own. Ends
with 0 if all holds, 1 with what does not, and 0 with a message where there is no browser.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

NOW = "2026-08-17"
VIEWS = {
    "week": "/week",
    "people": "/people",
    "party": "/people?text=anna-dev",
    "plugins": "/plugins",
    "plugin": "/plugins/org.rin.mastodon",
    "import": "/import",
}
WIDTHS = {1440: 1000, 380: 800}

failed = []


def check(what, holds, more=""):
    print(("ok    " if holds else "FAILS ") + what, more if not holds else "")
    if not holds:
        failed.append(what)


class Page:
    """A served network in a folder of its own."""

    def __init__(self, rin, exports):
        self.folder = tempfile.TemporaryDirectory()
        home = pathlib.Path(self.folder.name)
        self.environment = {
            "RIN_DATA_DIR": str(home / "rin"),
            "XDG_DATA_HOME": str(home),
            "TZ": "UTC",
            "LANG": "C",
        }
        self.rin = rin
        self.run("init")
        if exports:
            self.run("import", str(exports / "mastodon"))
            self.run("import", str(exports / "bluesky/pds"), "--own", "stadtbuecherei-dev.test")
        self.server = subprocess.Popen(
            [rin, "serve", "--port", "0", "--now", NOW],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.server.stdout.readline().strip()
        self.root = self.address.split("/?")[0]

    def run(self, *words):
        subprocess.run(
            [self.rin, *words, "--now", NOW], env=self.environment, check=False, capture_output=True
        )

    def close(self):
        self.server.kill()
        self.server.wait()
        self.folder.cleanup()


def visit(browser, page, lang="en", **how):
    """Returns a window that has entered the page, and what its console complains of."""
    context = browser.new_context(**how)
    window = context.new_page()
    complaints = []
    window.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    elsewhere = []
    window.on(
        "request",
        lambda request: None
        if request.url.startswith((page.root, "data:"))
        else elsewhere.append(request.url),
    )
    window.goto(page.address)
    window.goto(f"{page.root}/language/{lang}?to=/week")
    return window, complaints, elsewhere


def go(window, page, path):
    window.goto(page.root + path)
    if path.startswith("/people?"):
        window.locator("tbody a").first.click()
        window.wait_for_url("**/people/*")


def look(browser, page, axe, shots):
    """Every view, both languages, light and dark, wide and narrow."""
    for lang in ["de", "en"]:
        for scheme in ["light", "dark"]:
            for width, height in WIDTHS.items():
                size = {"width": width, "height": height}
                window, complaints, elsewhere = visit(
                    browser, page, lang, viewport=size, color_scheme=scheme
                )
                for name, path in VIEWS.items():
                    go(window, page, path)
                    label = f"{name} {lang} {scheme} {width}"
                    wide = window.evaluate(
                        "document.documentElement.scrollWidth - window.innerWidth"
                    )
                    check(f"fits: {label}", wide <= 0, wide)
                    if axe:
                        window.evaluate(axe.read_text())
                        found = window.evaluate("axe.run()")["violations"]
                        told = [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
                        check(f"axe: {label}", not found, told)
                    if shots:
                        file = shots / f"{name}-{lang}-{scheme}-{width}.png"
                        window.screenshot(path=file)
                check(f"quiet: {lang} {scheme} {width}", not complaints, complaints[:3])
                check(f"asks nobody else: {lang} {scheme} {width}", not elsewhere, elsewhere[:3])
                window.context.close()


def work(browser, page):
    """A week worked off, taken back, the language switched."""
    window, complaints, _ = visit(browser, page)
    lines = window.locator(".line")
    before, name = lines.count(), lines.first.locator("h2").inner_text()
    lines.first.get_by_role("button", name="Done").click()
    news = window.get_by_role("status")
    news.get_by_text("Done:").wait_for()
    check("done says so", name in news.inner_text(), news.inner_text())
    check("the line is gone", name not in window.locator(".lines").inner_text())
    check("focus is on what happened", window.evaluate("document.activeElement.hasAttribute('data-focus')"))
    check("minutes went down", "60 of 60" not in window.locator(".minutes").inner_text())
    news.get_by_role("button", name="Undo").click()
    news.get_by_text("Taken back").wait_for()
    check("the line is back", lines.count() == before and name in window.locator(".lines").inner_text())
    window.get_by_role("link", name="Deutsch").click()
    check("the language is switched", "Diese Woche" in window.locator("h1").inner_text())
    check("no complaints", not complaints, complaints)
    window.context.close()


def keys(browser, page):
    """The same with nothing but a keyboard."""
    window, _, _ = visit(browser, page)
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
    window.get_by_role("status").get_by_text("Later:").wait_for()
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.get_by_role("status").get_by_text("Taken back").wait_for()
    check("later and back by keyboard", True)
    window.context.close()


def bring(browser, page, exports):
    """An export chosen, and one dropped."""
    window, complaints, _ = visit(browser, page)
    window.goto(page.root + "/import")
    window.set_input_files("#folder", str(exports / "mastodon"))
    window.wait_for_url("**/import/*")
    window.get_by_role("heading", name="Imported").wait_for()
    check("a folder is imported", "Mastodon" in window.locator("main").inner_text())
    window.goto(page.root + "/import")
    window.evaluate(
        """async () => {
            const there = new DataTransfer();
            there.items.add(new File(["this is no export"], "holiday.txt"));
            const drop = document.querySelector("[data-drop]");
            drop.dispatchEvent(new DragEvent("drop", { dataTransfer: there, bubbles: true }));
        }"""
    )
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


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("rin")
    words.add_argument("exports", type=pathlib.Path)
    words.add_argument("--axe", type=pathlib.Path)
    words.add_argument("--shots", type=pathlib.Path)
    asked = words.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if not chromium:
        print("skipped: there is no browser, or no playwright")
        return 0
    if asked.shots:
        asked.shots.mkdir(parents=True, exist_ok=True)
    full, empty = Page(asked.rin, asked.exports), Page(asked.rin, None)
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            look(browser, full, asked.axe, asked.shots)
            work(browser, full)
            keys(browser, full)
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
