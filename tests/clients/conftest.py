"""A running conductor, and Ironic's command line and SDK to call it with.

Asked for by name: python3 -m pytest tests/clients
"""

import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import urllib.request

import pytest

WORKSPACE = pathlib.Path(__file__).parents[2]
BAREMETAL = pathlib.Path(sys.executable).with_name("baremetal")
START_LIMIT = 600  # seconds, with a build from nothing


def pytest_configure(config):
    missing = [name for name in ("ironicclient", "openstack") if not importlib.util.find_spec(name)]
    if missing or not BAREMETAL.exists():
        pytest.exit(
            "Ironic's clients are missing here. Install them beside this Python:\n"
            f"    {sys.executable} -m pip install -r tests/clients/requirements.txt",
            returncode=2,
        )


class Conductor:
    """The address of a conductor, and its demo nodes."""

    def __init__(self, url):
        self.url = url
        self.nodes = self.get("/v1/nodes/detail")["nodes"]

    def nodes_of(self, driver):
        """The UUIDs of a driver's nodes."""
        return [node["uuid"] for node in self.nodes if node["driver"] == driver]

    def get(self, path):
        return json.load(urllib.request.urlopen(self.url + path))

    def post(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), method="POST")
        return urllib.request.urlopen(request).status

    def baremetal(self, *arguments):
        """Runs the command line client; its exit code and what it printed."""
        command = [BAREMETAL, "--os-auth-type", "none", "--os-endpoint", self.url, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def example(conductor):
    """A node of the driver `example`."""
    return conductor.nodes_of("example")[0]


@pytest.fixture
def fake(conductor):
    """A node of the driver `fake-hardware` that no test locks for long."""
    return conductor.nodes_of("fake-hardware")[0]


@pytest.fixture(scope="session")
def conductor():
    subprocess.run(
        ["cargo", "build", "--quiet", "--package", "conductor"],
        cwd=WORKSPACE, check=True, timeout=START_LIMIT,
    )
    process = subprocess.Popen(
        ["cargo", "run", "--quiet", "--package", "conductor", "--", "--listen", "127.0.0.1:0"],
        cwd=WORKSPACE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        yield Conductor(address(process))
    finally:
        process.terminate()
        process.wait(timeout=90)


def address(process):
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    raise RuntimeError(f"the conductor ended with {process.wait()} before it said its address")
