"""A JupyterLab server on this host alone, and notebooks opened and run in it as its user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser_support import Watch
    from playwright.sync_api import Locator, Page

READY_WITHIN = 120.0

# Every cell in the page whether in view or not, no question about news, no kernel left behind.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none", "kernelShutdown": True},
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false", "doNotDisturbMode": True},
}

# The manager of widgets asks for the kernel of a notebook that is opened without one.
NOISE = (("TypeError: Cannot read properties of null (reading 'kernel')", "@jupyter-widgets/jupyterlab-manager"),)

OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--expose-app-in-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=",
    "--LabApp.extension_manager=readonly",
)

OPEN = """async ([path, kernel]) => {
  const app = window.jupyterapp;
  const preference = kernel ? {name: 'python3', shouldStart: true} : {shouldStart: false, canStart: false};
  const panel = await app.commands.execute('docmanager:open',
    {path, factory: 'Notebook', kernelPreference: preference});
  await panel.context.ready;
  await panel.revealed;
  if (kernel) {
    await panel.sessionContext.ready;
    const connection = panel.sessionContext.session.kernel;
    await connection.info;
    await connection.requestKernelInfo();
  }
  app.shell.activateById(panel.id);
  return panel.id;
}"""

FIND = "const panel = [...window.jupyterapp.shell.widgets('main')].find(each => each.id === id);"

PYTHON = f"""async ([id, code]) => {{
  {FIND}
  const future = panel.sessionContext.session.kernel.requestExecute({{code, store_history: false}});
  let said = '';
  future.onIOPub = message => {{
    if (message.header.msg_type === 'stream') said += message.content.text;
    if (message.header.msg_type === 'error') said += message.content.evalue;
  }};
  await future.done;
  return said;
}}"""


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: its address with the token, and the folder it shows."""

    url: str
    root: Path


@contextmanager
def serving(root: Path, scratch: Path) -> Iterator[Server]:
    """Run JupyterLab over a folder, with settings and kernels of its own under ``scratch``."""
    environment = _environment(scratch)
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.root_dir={root}"]
    with (scratch / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=root)
        try:
            yield Server(_address(process, scratch), root)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _environment(scratch: Path) -> dict[str, str]:
    folders = {f"JUPYTER_{name}_DIR": scratch / name.lower() for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = {"argv": command, "display_name": "Python 3", "language": "python"}
    _write(folders["JUPYTER_DATA_DIR"] / "kernels" / "python3" / "kernel.json", kernel)
    for name, values in SETTINGS.items():
        _write(scratch / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings", values)
    places = {
        **folders,
        "JUPYTERLAB_SETTINGS_DIR": scratch / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": scratch / "workspaces",
        "IPYTHONDIR": scratch / "ipython",
    }
    return os.environ | {name: str(path) for name, path in places.items()} | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _write(path: Path, values: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values), encoding="utf-8")


def _address(process: subprocess.Popen[bytes], scratch: Path) -> str:
    """Wait until the server answers, and return its address."""
    until = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < until:
        for path in (scratch / "runtime").glob("jpserver-*.json"):
            told = json.loads(path.read_text(encoding="utf-8"))
            if _answers(f"{told['url']}api?token={told['token']}"):
                return f"{told['url']}lab?token={told['token']}"
        time.sleep(0.2)
    log = (scratch / "log").read_text(encoding="utf-8")[-2000:]
    raise RuntimeError(f"JupyterLab did not answer within {READY_WITHIN:.0f} s:\n{log}")


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@dataclass(frozen=True)
class Notebook:
    """A notebook opened in JupyterLab."""

    page: Page
    identity: str

    @property
    def outputs(self) -> Locator:
        """Where its outputs are shown."""
        return self.page.locator(f"#{self.identity} .jp-OutputArea-output")

    def cell(self, number: int) -> Locator:
        """Return a cell by its position."""
        return self.page.locator(f"#{self.identity} .jp-Notebook-cell").nth(number)

    def run(self) -> None:
        """Run all cells and wait until the kernel has told all that it had to tell."""
        self._do("notebook:run-all-cells")
        self.python("None")

    def save(self) -> None:
        self._do("docmanager:save")

    def close(self) -> None:
        self.page.evaluate(f"id => {{ {FIND} panel.context.model.dirty = false; panel.close(); }}", self.identity)

    def content(self) -> dict[str, Any]:
        """Return what the notebook holds now, in the form of its file."""
        held: dict[str, Any] = self.page.evaluate(f"id => {{ {FIND} return panel.model.toJSON(); }}", self.identity)
        return held

    def trusted(self) -> bool:
        """Tell whether every code cell is trusted."""
        script = f"id => {{ {FIND} return [...panel.model.cells].every(c => c.type !== 'code' || c.trusted); }}"
        return bool(self.page.evaluate(script, self.identity))

    def python(self, code: str) -> str:
        """Run code in the notebook's kernel and return what it prints, or its error."""
        said: str = self.page.evaluate(PYTHON, [self.identity, code])
        return said.strip()

    def errors(self) -> list[str]:
        """Return the errors that its cells ended with."""
        cells = self.content()["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        return [f"{each['ename']}: {each['evalue']}" for each in outputs if each["output_type"] == "error"]

    def show(self) -> None:
        """Bring it to the front."""
        self.page.evaluate("id => window.jupyterapp.shell.activateById(id)", self.identity)

    def _do(self, command: str) -> None:
        self.show()
        self.page.evaluate("command => window.jupyterapp.commands.execute(command).then(() => null)", command)


class Lab:
    """JupyterLab in a page of a browser, with the notebooks that are open in it."""

    def __init__(self, page: Page, server: Server, watch: Watch, *, path: str | None = None) -> None:
        self.page, self.root, self.watch = page, server.root, watch
        self._ran: dict[str, Notebook] = {}
        page.goto(server.url.replace("/lab?", f"/lab/tree/{path}?") if path else server.url)
        page.wait_for_function("window.jupyterapp && window.jupyterapp.restored.then(() => true)")

    def open(self, path: str, *, kernel: bool = True) -> Notebook:
        """Open a notebook of the server's folder and wait until its kernel answers.

        Without a kernel none is started, as for a reader who only looks.
        """
        return Notebook(self.page, self.page.evaluate(OPEN, [path, kernel]))

    def set_theme(self, name: str) -> None:
        """Change to ``Light`` or ``Dark``, and wait until it is shown."""
        script = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme}).then(() => null)"
        self.page.evaluate(script, f"JupyterLab {name}")
        self.page.wait_for_selector(f"body[data-jp-theme-light='{str(name == 'Light').lower()}']", state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    @contextmanager
    def all_in_sight(self) -> Iterator[None]:
        """Make the window so tall that a whole notebook is seen: axe reads no colours of what is out of sight."""
        size = self.page.viewport_size
        assert size
        self.page.set_viewport_size({**size, "height": 9000})
        # To axe all of a body without height is hidden, and so is what is scrolled out of sight.
        self.page.evaluate(
            "document.body.style.height = '100vh';"
            "document.querySelectorAll('.jp-WindowedPanel-outer').forEach(each => { each.scrollTop = 0; })"
        )
        try:
            yield
        finally:
            self.page.evaluate("document.body.style.height = ''")
            self.page.set_viewport_size(size)

    def ran(self, path: str) -> Notebook:
        """Return a notebook with all its cells run, which happens once for all tests."""
        if path not in self._ran:
            self._ran[path] = self.open(path)
            self._ran[path].run()
        self._ran[path].show()
        return self._ran[path]
