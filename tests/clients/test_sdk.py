"""The four passthru calls of openstacksdk, which names the method in the query."""

import pytest
from openstack import connection, exceptions


@pytest.fixture(scope="module")
def baremetal(conductor):
    return connection.Connection(
        auth_type="none", baremetal_endpoint_override=conductor.url
    ).baremetal


def test_call_node_vendor_passthru_runs_asynchronous_methods(baremetal, example):
    answer = baremetal.call_node_vendor_passthru(example, "POST", "send_raw", {"raw_bytes": "0x01"})
    assert (answer.status_code, answer.content) == (202, b"")


def test_call_node_vendor_passthru_answers_with_json(baremetal, fake):
    answer = baremetal.call_node_vendor_passthru(fake, "POST", "echo", {"a": {"b": [1]}})
    assert answer.json() == {"a": {"b": [1]}}


def test_call_node_vendor_passthru_answers_with_bytes(baremetal, fake):
    answer = baremetal.call_node_vendor_passthru(fake, "GET", "attach")
    assert answer.content == b"\0fake firmware log\n"
    assert answer.headers["content-type"] == "text/plain"


def test_call_driver_vendor_passthru_answers_with_json(baremetal):
    answer = baremetal.call_driver_vendor_passthru("example", "GET", "authentication_types")
    assert answer.json() == {"types": ["NONE", "MD5", "MD2"]}


def test_list_node_vendor_passthru_lists_the_methods(baremetal, example):
    assert baremetal.list_node_vendor_passthru(example) == {
        "send_raw": {
            "http_methods": ["POST"],
            "async": True,
            "description": "Send raw bytes to the BMC.",
            "attach": False,
            "require_exclusive_lock": True,
        }
    }


def test_list_driver_vendor_passthru_lists_the_methods(baremetal):
    assert baremetal.list_driver_vendor_passthru("example") == {
        "authentication_types": {
            "http_methods": ["GET"],
            "async": False,
            "description": "Authentication types the BMC supports.",
            "attach": False,
        }
    }


def test_errors_arrive_as_the_sdk_knows_them(baremetal, example):
    with pytest.raises(exceptions.BadRequestException, match="raw_bytes` is missing"):
        baremetal.call_node_vendor_passthru(example, "POST", "send_raw", {})
    with pytest.raises(exceptions.BadRequestException, match="no vendor method `nothing`"):
        baremetal.call_node_vendor_passthru(example, "POST", "nothing")
    with pytest.raises(exceptions.NotFoundException):
        baremetal.call_node_vendor_passthru("no-such-node", "POST", "send_raw")
    with pytest.raises(exceptions.NotFoundException):
        baremetal.list_driver_vendor_passthru("no-such-driver")
