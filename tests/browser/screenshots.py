"""Take the pictures of reports/consistency.html that the README shows: run by `make screenshots`."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "reports" / "consistency.html"
WIDE, PHONE = (1280, 800), (390, 780)


def take(browser: Browser, name: str, size: tuple[int, int], scheme: str = "light", keys: tuple[str, ...] = ()) -> None:
    """Open the page at a size, press keys, and keep what is seen."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(PAGE.as_uri())
    for key in keys:
        page.keyboard.press(key)
    page.evaluate("document.activeElement.blur()")
    path = PAGE.with_name(f"{name}.png")
    page.screenshot(path=path)
    page.close()
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def main() -> None:
    """Write one picture of each kind beside the page."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        take(browser, "page-wide", WIDE)
        take(browser, "page-wide-dark", WIDE, "dark", ("j", "j"))
        take(browser, "page-phone", PHONE)
        take(browser, "page-phone-articles", PHONE, "light", ("j", "j", "Enter"))
        browser.close()


if __name__ == "__main__":
    main()
